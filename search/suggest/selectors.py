"""What is offered while somebody types: a beginning looked up among the keys, of what the reader may see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from people.audience import reads_all, visible_audience_ids
from people.audience.selectors import AnyUser
from search import registry
from search.analysis.normal import norm, normalised
from search.analysis.runs import runs
from search.rules import Spans, query_text
from search.suggest.entries import FOLD_MARK, PERSON, TERM, key_bytes
from search.suggest.models import SuggestionEntry, SuggestionKey
from search.suggest.sounds import folded_letters, initials_typed, is_spelt, span_of
from search.suggest.typos import mistyped

SHOWN = 8
LOOKED_AT = 64
MIXED_LOOKED_AT = 120
LONGEST_TYPED = 40
SHORTEST_FOLDED = 3
_LATIN = re.compile("[a-z]")
_LETTERS = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row below the box: it leads to `url`, or asks `query`. `marks` are spans of the label that match what was typed.

    `kind` is the code of a kind, `person` or `term`; `detail` says more (the studio).
    """

    kind: str
    kind_label: str
    label: str
    detail: str
    url: str | None
    query: str | None
    marks: Spans


def suggestions(*, user: AnyUser, text: str, limit: int = SHOWN) -> list[Suggestion]:
    """The best `limit` suggestions for what is in the box; nothing for nothing. At most eight queries of the database.

    Where nothing begins so, pinyin as many speakers say it (zuangxie for 装卸), then pinyin with one letter wrong.

    What the reader may not see is not suggested: neither its title nor whoever made it.
    """
    typed = squeezed(text)
    if not typed or limit < 1:
        return []
    audiences = None if reads_all(user) else visible_audience_ids(user)
    entries = entries_beginning(typed, audiences, limit, near=True)
    studios = {entry.studio for entry in entries if entry.studio is not None}
    names = registry.facet_labels("studio", studios) if studios else {}
    return [_suggestion(entry, typed, names) for entry in entries]


def squeezed(text: str) -> str:
    """What was typed as keys are written: normalised, without blanks and signs."""
    return "".join(match.group() for match in runs(norm(query_text(text))))[:LONGEST_TYPED]


def entries_beginning(
    typed: str, audiences: frozenset[int] | None, limit: int, *, near: bool = False
) -> list[SuggestionEntry]:
    """Entries that a squeezed text begins, the best first, each label once a kind; `near`: else those it nearly begins."""
    best = _entries(_keys(_range(typed), audiences), LOOKED_AT)
    found = _distinct(best, typed)
    # Whole syllables are keys as they stand: only what is cut short among them may be a mixture.
    if len(found) < limit and len(typed) > 2 and _LATIN.search(typed) and not is_spelt(typed):
        more = _entries(_keys(_ranges(initials_typed(typed)), audiences), MIXED_LOOKED_AT)
        found = _distinct([*best, *(entry for entry in more if _sounds(entry, typed))], typed)
    if near and not found and len(typed) >= SHORTEST_FOLDED and _LETTERS.fullmatch(typed):
        more = _beginning_any([folded_letters(typed)], audiences) or _beginning_any(mistyped(typed), audiences)
        found = _distinct(more, typed)
    return found[:limit]


def kind_label(kind: str) -> str:
    """The word for a kind of suggestion."""
    known = registry.kinds().get(kind)
    if known is not None:
        return str(known.label)
    return {PERSON: _("人员"), TERM: _("词语")}.get(kind, kind)


def _keys(where: Q, audiences: frozenset[int] | None) -> QuerySet[SuggestionKey]:
    rows = SuggestionKey.objects.filter(where)
    if audiences is not None:
        rows = rows.filter(entry__audience__in=audiences)
    return rows.order_by("rank", "entry_id")


def _range(typed: str) -> Q:
    """Keys that begin so: from the text itself to the text and the highest byte. One letter: by its own index, in order."""
    key = key_bytes(typed)
    if len(key) == 1:
        return Q(head=key[0])
    return Q(key__gte=key, key__lt=key + b"\xff")


def _ranges(beginnings: Iterable[str]) -> Q:
    where = Q(pk__in=[])
    for beginning in beginnings:
        where |= _range(beginning)
    return where


def _entries(rows: QuerySet[SuggestionKey], most: int) -> list[SuggestionEntry]:
    """The entries of the best keys, each once."""
    found: dict[int, SuggestionEntry] = {}
    for row in rows.select_related("entry")[:most]:
        found.setdefault(row.entry_id, row.entry)
    return list(found.values())


def _beginning_any(folded: Sequence[str], audiences: frozenset[int] | None) -> list[SuggestionEntry]:
    """The entries of the best keys that begin with one of these folded spellings: one walk of the index for each."""
    if not folded or audiences == frozenset():
        return []
    keys = [key_bytes(FOLD_MARK + one) for one in folded]
    ranges = ", ".join(["(%s, %s)"] * len(keys))
    seen = f"AND entry.audience IN ({', '.join(['%s'] * len(audiences))})" if audiences is not None else ""
    # The ORM has no join with values, and a condition for each of a hundred beginnings takes it as long as the answer.
    # CROSS JOIN: SQLite keeps the order in which it is written, which walks the index of keys.
    statement = (
        f"WITH wanted (low, high) AS (VALUES {ranges}) SELECT entry.id FROM wanted CROSS JOIN search_suggestionkey spelt"  # noqa: S608 - marks alone
        " CROSS JOIN search_suggestionentry entry"
        f" WHERE entry.id = spelt.entry_id AND spelt.key >= wanted.low AND spelt.key < wanted.high {seen}"
        f" GROUP BY entry.id ORDER BY MIN(spelt.rank), entry.id LIMIT {LOOKED_AT}"
    )
    values = [end for key in keys for end in (key, key + b"\xff")]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *sorted(audiences or ())])
        ids = [row[0] for row in cursor.fetchall()]
    rows = SuggestionEntry.objects.in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _distinct(entries: Iterable[SuggestionEntry], typed: str) -> list[SuggestionEntry]:
    """One of those that look and lead alike (a person under several audiences); the very words typed come first."""
    first: dict[tuple[str, str, str], SuggestionEntry] = {}
    for entry in entries:
        first.setdefault((entry.kind, entry.label, entry.url), entry)
    return sorted(first.values(), key=lambda entry: squeezed(entry.label) != typed)


def _sounds(entry: SuggestionEntry, typed: str) -> bool:
    return span_of(entry.label, typed, surname=entry.kind == PERSON) is not None


def _suggestion(entry: SuggestionEntry, typed: str, studios: dict[int, str]) -> Suggestion:
    studio = studios.get(entry.studio, "") if entry.studio is not None else ""
    return Suggestion(
        kind=entry.kind,
        kind_label=kind_label(entry.kind),
        label=entry.label,
        detail="" if studio == entry.label else studio,
        url=entry.url or None,
        query=None if entry.url else entry.label,
        marks=tuple(filter(None, [label_span(entry, typed)])),
    )


def label_span(entry: SuggestionEntry, typed: str) -> tuple[int, int] | None:
    """Where the label has what was typed: as written, else by sound."""
    normal = normalised(entry.label)
    at = normal.text.find(typed)
    if at >= 0:
        return normal.span(at, at + len(typed))
    found = span_of(entry.label, typed)
    if found is None and entry.kind == PERSON:
        found = span_of(entry.label, typed, surname=True)
    return found
