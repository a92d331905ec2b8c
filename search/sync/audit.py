"""Compares index and database both ways, and mends what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from wagtail.models import Page

from people.audience.pages import subtree_clauses
from people.audience.rules import canonical
from people.models import PageAudience
from search import registry
from search.batches import batches
from search.dictionary import live
from search.engines import get_engine
from search.engines.contract import Engine, Stored
from search.models import IndexState, SearchIndex, SearchObject
from search.registry import Piece
from search.selectors import failed_changes, waiting_objects
from search.services.objects import objects_changed
from search.services.pages import subtree_changed
from search.suggest import audit as suggest_audit
from search.suggest.backlog import backlog_objects
from search.suggest.pruning import Census
from search.sync import indexes as index_rows
from search.sync.drain import build_safely, drain_all
from search.sync.rules import content_hash

CHUNK = 200
Name = tuple[str, str]


@dataclass(slots=True)
class AuditReport:
    """What differs. Names are (kind, key); `audiences` are ids of pages whose stored audience is not the true one.

    `suggestions`: what the index has right, and the suggestions while typing have not.
    """

    index: str = ""
    checked: int = 0
    missing: list[Name] = field(default_factory=list)
    stale: list[Name] = field(default_factory=list)
    orphaned: list[Name] = field(default_factory=list)
    suggestions: list[Name] = field(default_factory=list)
    audiences: list[int] = field(default_factory=list)
    waiting: int = 0
    failed: int = 0
    unknown_indexes: list[str] = field(default_factory=list)
    versions: dict[Name, int] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Index and database say the same."""
        return not (self.damaged() or self.audiences)

    def damaged(self) -> list[Name]:
        """Everything to be sent again."""
        return sorted({*self.missing, *self.stale, *self.orphaned, *self.suggestions})


def audit(engine: Engine | None = None, seen: Callable[[Piece], None] | None = None) -> AuditReport:
    """Reads the whole index and builds everything that should be in it; each piece is told to `seen`.

    What waits for the drain, or changes while we look, is counted as waiting and is no difference. What the engine
    or a page's own fault refused is listed with the failures.
    """
    engine = engine or get_engine()
    rows = index_rows.indexes_ensure(engine)
    index = next(row for row in rows if row.state == IndexState.LIVE)
    report = AuditReport(index=index.name, audiences=list(_wrong_audiences()))
    quiet = _quiet_versions()
    stored = {(item.kind, item.key): item for item in engine.stored(index.name)}
    # Read before what is stored: what is written meanwhile is no difference.
    to_be_suggested = _to_be_suggested()
    suggested = suggest_audit.stored_digests()
    doubts: dict[Name, str] = {}
    expected: set[Name] = set()
    for searchable in registry.kinds().values():
        for name, piece in _pieces(searchable):
            expected.add(name)
            if piece is not None and seen is not None:
                seen(piece)
            verdict = _verdict(engine, piece, stored.get(name), quiet.get(name))
            if piece is not None and not verdict and name not in to_be_suggested:
                same = suggest_audit.piece_digest(piece) == suggested.get(name, "")
                verdict = "" if same else "suggestions"
            if verdict:
                doubts[name] = verdict
    doubts.update(dict.fromkeys(suggested.keys() - expected, "suggestions"))
    doubts.update(dict.fromkeys(stored.keys() - expected, "orphaned"))
    for name in _confirmed(doubts, quiet):
        getattr(report, doubts[name]).append(name)
        report.versions[name] = stored[name].version if name in stored else 0
    report.checked = len(expected)
    report.failed = failed_changes().filter(index=index).count()
    report.waiting = waiting_objects().count()
    report.unknown_indexes = sorted(set(engine.index_names()) - set(SearchIndex.objects.values_list("name", flat=True)))
    return report


def audit_heal(report: AuditReport) -> int:
    """Has everything that differs sent again; gives how many objects. The drain does the rest."""
    for page in Page.objects.filter(pk__in=report.audiences):
        subtree_changed(page=page)
    suggest_audit.sources_heal()
    suggest_audit.unclaimed_remove()
    names = report.damaged()
    for kind in sorted({kind for kind, _key in names}):
        objects_changed(kind, [key for other, key in names if other == kind])
    for (kind, key), version in report.versions.items():
        # An index that is ahead of the database (restored from a backup) must be overtaken, not repeated.
        SearchObject.objects.filter(kind=kind, key=key, wanted_version__lte=version).update(wanted_version=version + 1)
    return len(names)


def audit_and_heal(engine: Engine | None = None) -> tuple[AuditReport, AuditReport]:
    """Audits, mends, sends and audits again: (before, after). The vocabulary is mended on the way."""
    live.follow()  # the words of texts are cut as the drain cuts them
    census = Census()
    before = after = audit(engine, census.take)
    if before.clean:
        suggest_audit.sources_heal()
    else:
        audit_heal(before)
        drain_all(engine)
        after = audit(engine)
    census.settle(_present(census.changed()))
    return before, after


def _present(names: list[Name]) -> Iterator[Piece]:
    """The pieces of these names as they are now."""
    for kind, searchable in registry.kinds().items():
        keys = [key for other, key in names if other == kind]
        for chunk in batches(keys, CHUNK):
            yield from (built for built in build_safely(searchable, chunk).values() if isinstance(built, Piece))


def _pieces(searchable: registry.Searchable) -> Iterator[tuple[Name, Piece | None]]:
    """Everything of a kind that should be in the index; None where it cannot be built."""
    for chunk in batches(searchable.keys(), CHUNK):
        for key, built in build_safely(searchable, chunk).items():
            yield (searchable.kind, key), built if isinstance(built, Piece) else None


def _quiet_versions() -> dict[Name, int]:
    """Wanted versions of the objects that wait for nothing."""
    rows = SearchObject.objects.filter(due_at__isnull=True).values_list("kind", "key", "wanted_version")
    return {(kind, key): version for kind, key, version in rows.iterator()}


def _to_be_suggested() -> set[Name]:
    """What was sent in a backlog and has its suggestions still to come."""
    return {
        name
        for chunk in batches(sorted(backlog_objects()), CHUNK)
        for name in SearchObject.objects.filter(pk__in=chunk).values_list("kind", "key")
    }


def _verdict(engine: Engine, piece: Piece | None, stored: Stored | None, wanted: int | None) -> str:
    """What is wrong with one thing that should be in the index; "" for nothing."""
    if piece is None:
        return ""
    if stored is None:
        return "missing"
    same = (
        stored.version == wanted
        and stored.content_hash == content_hash(piece, engine.analysis_version)
        and stored.passages == len(piece.passages)
    )
    return "" if same else "stale"


def _confirmed(doubts: dict[Name, str], quiet: dict[Name, int]) -> Iterator[Name]:
    """Those of the doubts that neither wait for the drain nor changed while we looked."""
    for chunk in batches(sorted(doubts), CHUNK):
        keys = [key for _kind, key in chunk]
        rows = SearchObject.objects.filter(key__in=keys).values_list("kind", "key", "wanted_version", "due_at")
        now = {(kind, key): (version, due_at) for kind, key, version, due_at in rows}
        for name in chunk:
            if name not in now or now[name] == (quiet.get(name), None):
                yield name


def _wrong_audiences() -> Iterator[int]:
    """Pages whose stored audience is not the one that follows from where it is set."""
    pages = Page.objects.filter(depth__gt=1).order_by("path").only("pk", "path", "content_type_id", "alias_of_id")
    for chunk in batches(pages.iterator(), CHUNK):
        true = subtree_clauses(chunk)
        held = dict(
            PageAudience.objects.filter(page_id__in=[page.pk for page in chunk]).values_list(
                "page_id", "audience__clauses"
            )
        )
        for pk, clauses in true.items():
            stored = held.get(pk)
            if (None if stored is None else canonical(stored)) != clauses:
                yield pk
