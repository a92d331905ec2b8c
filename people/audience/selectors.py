"""Who may see what, asked: one door for pages, files and lists."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Page

from people.audience import rules
from people.audience.pages import document_clauses, page_clauses
from people.audience.standing import audiences_of, standing_of
from people.models import PageAudience, User

AnyUser = User | AnonymousUser
SomePage = TypeVar("SomePage", bound=Page)


def tokens_of(user: AnyUser, today: dt.date | None = None) -> frozenset[str]:
    """The tokens that a person carries on a day (today, Asia/Shanghai, by default); anonymous: `public` alone."""
    return standing_of(user, today).tokens


def reads_all(user: AnyUser) -> bool:
    """True for administrators, auditors and superusers."""
    return standing_of(user).reads_all


def visible_audience_ids(user: AnyUser) -> frozenset[int]:
    """Ids of every audience that the person satisfies now, a new one at once. Costs one query in a request, two elsewhere."""
    return audiences_of(user)


def visible_pages(queryset: QuerySet[SomePage], user: AnyUser) -> QuerySet[SomePage]:
    """The live pages of a queryset that the person may see."""
    live = queryset.filter(live=True)
    if reads_all(user):
        return live
    return live.filter(page_audience__audience_id__in=visible_audience_ids(user))


def may_see_page(user: AnyUser, page: Page) -> bool:
    """Whether the person may see a page, by its stored audience."""
    if reads_all(user):
        return True
    audience = PageAudience.objects.filter(page_id=page.pk).values_list("audience_id", flat=True).first()
    return audience is not None and audience in visible_audience_ids(user)


def satisfies(user: AnyUser, clauses: rules.Clauses | None) -> bool:
    """Whether the person meets the clauses; None is met by nobody but those who read all."""
    tokens = tokens_of(user)
    return rules.READ_ALL in tokens if clauses is None else rules.satisfies(clauses, tokens)


def may_be_served_page(user: AnyUser, page: Page) -> bool:
    """Whether a page may be shown, computed from where its audience is set: what the door itself asks."""
    return satisfies(user, page_clauses(page))


def may_see_document(user: AnyUser, document: Any) -> bool:
    """Whether the person may have a file: its collection's restrictions AND its own audience."""
    return satisfies(user, document_clauses(document))
