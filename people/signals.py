"""Where rows of `people` change somebody's access: each receiver calls one service."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.users.models import UserProfile

from people.audience.services import access_changed
from people.models import Posting, RoleGrant, User
from people.profile.services import language_follows_admin


@receiver([post_save, post_delete], sender=RoleGrant, dispatch_uid="people.grant_changes_access")
@receiver([post_save, post_delete], sender=Posting, dispatch_uid="people.posting_changes_access")
def row_changed(sender: type, instance: RoleGrant | Posting, raw: bool = False, **_kwargs: Any) -> None:
    """A grant or posting was written or removed."""
    access_changed([instance.person_id])


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="people.groups_change_access")
def groups_changed(sender: type, instance: User | Group, action: str, pk_set: set[int] | None, **_kwargs: Any) -> None:
    """People came into groups or left them, from either side."""
    if not action.startswith(("post_", "pre_clear")):
        return
    if isinstance(instance, User):
        access_changed([instance.pk])
    elif pk_set is not None:
        access_changed(pk_set)
    else:
        access_changed(list(instance.user_set.values_list("pk", flat=True)))


@receiver(pre_delete, sender=Group, dispatch_uid="people.group_deleted_changes_access")
def group_deleted(sender: type, instance: Group, **_kwargs: Any) -> None:
    """A group goes, and with it what it let its people see."""
    access_changed(list(instance.user_set.values_list("pk", flat=True)))


@receiver(post_save, sender=UserProfile, dispatch_uid="people.admin_language_follows")
def admin_settings_saved(sender: type, instance: UserProfile, raw: bool = False, **_kwargs: Any) -> None:
    """Somebody chose a language in Wagtail's settings."""
    if not raw and instance.preferred_language:
        language_follows_admin(person=instance.user, language=instance.preferred_language)
