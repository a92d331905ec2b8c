"""Rows and pages of `studios`."""

from studios.models.equipment import Equipment
from studios.models.pages import HomePage, StudioIndexPage, StudioPage
from studios.models.people import Leader, Membership, MembershipRole
from studios.models.pictures import Picture, PictureRendition, PictureUse
from studios.models.rulesets import RuleSet, StudioType
from studios.models.studio import Studio, StudioEquipment, StudioHonour, StudioLevel, StudioState

__all__ = [
    "Equipment",
    "HomePage",
    "Leader",
    "Membership",
    "MembershipRole",
    "Picture",
    "PictureRendition",
    "PictureUse",
    "RuleSet",
    "Studio",
    "StudioEquipment",
    "StudioHonour",
    "StudioIndexPage",
    "StudioLevel",
    "StudioPage",
    "StudioState",
    "StudioType",
]
