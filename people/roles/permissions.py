"""What the roles may do in Wagtail's admin: rights of the role groups, written after every migration.

Administrators get explicit rights, not the superuser flag: a superuser is the account for emergencies. HR and unions
have no business in the admin; their pages are on the site.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.snippets.models import get_snippet_models

from people.models import Role
from people.roles.services import role_groups_make

PAGE_RIGHTS = ("add", "bulk_delete", "change", "lock", "publish", "unlock")
# Wagtail asks for these rights on its own models, whatever model the site uses in their place.
FILE_RIGHTS = ("add", "change", "delete", "choose")


@transaction.atomic
def role_permissions_write() -> None:
    """Makes the rights of the role groups what this module says; can be run any number of times."""
    groups = role_groups_make()
    editor, auditor, administrator = (groups[r.value] for r in (Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR))
    # People are made and changed on our own pages, by dated roles: in the admin they are only listed.
    kept_elsewhere = [f"{verb}_user" for verb in ("add", "change", "delete")]
    administrator.permissions.set(
        Permission.objects.exclude(content_type__app_label="people", codename__in=kept_elsewhere)
    )
    auditor.permissions.set(Permission.objects.filter(codename__startswith="view_") | _enter())
    editor.permissions.set([*_enter(), *_of_models(get_snippet_models(), ("add", "change", "delete", "view"))])
    for group in (editor, administrator):
        _page_rights(group)
        _collection_rights(group)


def _enter() -> Permission:
    return Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")


def _of_models(models: Iterable[type], verbs: Iterable[str]) -> list[Permission]:
    wanted = {(m._meta.app_label, f"{verb}_{m._meta.model_name}") for m in models for verb in verbs}
    rows = Permission.objects.filter(codename__in={codename for _app, codename in wanted}).select_related(
        "content_type"
    )
    return [row for row in rows if (row.content_type.app_label, row.codename) in wanted]


def _page_rights(group: Group) -> None:
    root = Page.get_first_root_node()
    if root is None:
        return
    model = Page._meta.model_name
    rights = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{right}_{model}" for right in PAGE_RIGHTS]
    )
    for right in rights:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)


def _collection_rights(group: Group) -> None:
    root = Collection.get_first_root_node()
    if root is None:
        return
    rights = [*_of_models([Image, Document], FILE_RIGHTS)]
    rights += _of_models([Collection], ("add", "change", "delete"))
    for right in rights:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=right)
