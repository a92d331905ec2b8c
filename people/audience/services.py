"""Writes audiences: the rows themselves, the audience of each page, and that somebody's access changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from wagtail.models import Page

from people.audience import memo, rules
from people.audience.pages import subtree_clauses
from people.models import Audience, PageAudience, User
from people.models.audiences import random_stamp

BATCH = 500


def audience_for(clauses: Iterable[Iterable[str]]) -> Audience:
    """The row of an audience, made where it is new."""
    wanted = rules.canonical(clauses)
    row, made = Audience.objects.get_or_create(
        digest=rules.digest(wanted), defaults={"clauses": [list(clause) for clause in wanted]}
    )
    if made:
        memo.forget()
    return row


def access_changed(person_ids: Collection[int] | None = None) -> None:
    """Makes what is cached of these people's access void (None: of everybody), in the caller's transaction.

    Their projected groups are written anew at their next request, or by the daily task.
    """
    people = User.objects.all() if person_ids is None else User.objects.filter(pk__in=list(person_ids))
    people.update(access_stamp=random_stamp(), groups_date=None)
    memo.forget()


@transaction.atomic
def page_audience_refresh(*, page: Page, below: bool = True) -> int:
    """Writes the audience in force for a page and everything below it; gives the number of rows that changed.

    `below=False`: the page alone, where only its own field can have changed (that is not inherited).
    The pages are locked first, so that of two changes at once the later one sees both.
    """
    pages = Page.objects.filter(path__startswith=page.path) if below else Page.objects.filter(pk=page.pk)
    return _rows_write(
        list(pages.order_by("path").only("pk", "path", "content_type_id", "alias_of_id").select_for_update())
    )


def page_audiences_refresh_all() -> int:
    """The same for the whole tree; gives the number of rows that changed."""
    return sum(page_audience_refresh(page=root) for root in Page.get_root_nodes())


def _rows_write(pages: list[Page]) -> int:
    clauses = subtree_clauses(pages)
    ids = _audience_ids({value for value in clauses.values() if value is not None})
    wanted = {pk: None if value is None else ids[value] for pk, value in clauses.items()}
    present: dict[int, int | None] = {}
    keys = list(wanted)
    for start in range(0, len(keys), BATCH):
        chunk = keys[start : start + BATCH]
        present.update(PageAudience.objects.filter(page_id__in=chunk).values_list("page_id", "audience_id"))
    changed = [
        PageAudience(page_id=pk, audience_id=audience)
        for pk, audience in wanted.items()
        if pk not in present or present[pk] != audience
    ]
    PageAudience.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["page"], update_fields=["audience"], batch_size=BATCH
    )
    return len(changed)


def _audience_ids(wanted: Collection[rules.Clauses]) -> dict[rules.Clauses, int]:
    by_digest = {rules.digest(clauses): clauses for clauses in wanted}
    found = dict(Audience.objects.filter(digest__in=list(by_digest)).values_list("digest", "pk"))
    for digest, clauses in by_digest.items():
        if digest not in found:
            found[digest] = audience_for(clauses).pk
    return {clauses: found[digest] for digest, clauses in by_digest.items()}
