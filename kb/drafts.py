"""Drafts made out of what was searched and not found."""

from __future__ import annotations

import uuid
from functools import partial

from django.urls import reverse
from wagtail.models import Page

from kb.models import OperatingMethodPage, QuestionAnswerPage
from people.access import has_role
from people.models import Role, User
from search.insight.errors import NoDraftPlace
from search.insight.registry import DraftKind, register_drafts
from studios.models import MembershipRole, Studio
from studios.selectors import studios_of

WRITERS = (MembershipRole.HEAD, MembershipRole.MASTER)


def places(actor: User) -> list[tuple[int, str]]:
    """Studios with a page under which the person may write: a master's own, an editor's all."""
    all_of_them = has_role(actor, Role.EDITOR, Role.ADMINISTRATOR)
    studios = Studio.objects.all() if all_of_them else studios_of(actor, WRITERS)
    return list(studios.filter(page__isnull=False).order_by("name").values_list("pk", "name"))


def draft_make(model: type[Page], fields: tuple[str, ...], actor: User, title: str, place: int) -> str:
    """A draft page below the studio's page; gives the address of its editor. Raises NoDraftPlace."""
    parent = Studio.objects.select_related("page").get(pk=place).page
    if not parent.permissions_for_user(actor).can_add_subpage():
        raise NoDraftPlace
    page = model(title=title, slug=f"draft-{uuid.uuid4().hex[:10]}", live=False, owner=actor)
    for name in fields:
        setattr(page, name, title)
    parent.add_child(instance=page)
    # A draft may lack what only a published page must have.
    page.save_revision(user=actor, log_action=True, clean=False)
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def register_all() -> None:
    """Called once when the apps are ready."""
    kinds = [(QuestionAnswerPage, ("question",)), (OperatingMethodPage, ())]
    register_drafts(
        [
            DraftKind(model.search_kind, model._meta.verbose_name, partial(draft_make, model, fields))
            for model, fields in kinds
        ],
        places,
    )
