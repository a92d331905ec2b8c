"""Rows of `people`: who is here, where they belong, what they may do and what they may see."""

from people.models.audiences import Audience, AudienceFieldMixin, PageAudience
from people.models.audit import AuditEntry
from people.models.codes import OneTimeCode
from people.models.guards import SignInGuard
from people.models.imports import ImportDraft
from people.models.roles import Role, RoleGrant
from people.models.tokens import AccessToken, ApiCount
from people.models.units import Post, Posting, Trade, Unit
from people.models.users import User

__all__ = [
    "ApiCount",
    "AccessToken",
    "Audience",
    "AudienceFieldMixin",
    "AuditEntry",
    "ImportDraft",
    "OneTimeCode",
    "PageAudience",
    "Post",
    "Posting",
    "Role",
    "RoleGrant",
    "SignInGuard",
    "Trade",
    "Unit",
    "User",
]
