"""A studio's two groups: a projection of its memberships that Wagtail's permissions read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from people.roles.services import groups_sync as people_groups_sync
from studios.models import Studio

MEMBER_PAGE_RIGHTS = ("add", "change")
HEAD_PAGE_RIGHTS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
FILE_RIGHTS = ("add", "change", "choose")


def groups_make(studio: Studio) -> None:
    """Makes the studio's groups and gives them the right to enter the admin. Saves the studio."""
    studio.members_group = Group.objects.create(name=f"studio:{studio.pk}:members")
    studio.heads_group = Group.objects.create(name=f"studio:{studio.pk}:heads")
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for group in (studio.members_group, studio.heads_group):
        group.permissions.add(enter)


def page_rights_grant(studio: Studio, page: Page) -> None:
    """Members draft below the studio's page; heads publish there too."""
    for group, rights in ((studio.members_group, MEMBER_PAGE_RIGHTS), (studio.heads_group, HEAD_PAGE_RIGHTS)):
        for right in rights:
            GroupPagePermission.objects.create(group=group, page=page, permission_type=right)


def collection_rights_grant(studio: Studio, collection: Collection) -> None:
    """Both groups add, change and choose pictures and files of the studio's collection."""
    rights: list[Permission] = []
    # Wagtail asks for these rights on its own models, whatever model the site uses in their place.
    for model in (Image, Document):
        names = [f"{right}_{model._meta.model_name}" for right in FILE_RIGHTS]
        rights += Permission.objects.filter(content_type__app_label=model._meta.app_label, codename__in=names)
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=right)
        for group in (studio.members_group, studio.heads_group)
        for right in rights
    )


def studio_groups_sync(*, studio: Studio, person_ids: Iterable[int] = (), day: dt.date | None = None) -> None:
    """Makes the groups of everybody who is or was in the studio equal to the memberships of the day.

    `person_ids` adds people whose rows are gone. The groups themselves are written by `people`.
    """
    known = studio.memberships.values_list("person_id", flat=True)
    people_groups_sync(person_ids={*known, *person_ids}, day=day)
