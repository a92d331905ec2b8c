"""The indexes of the engine in use: the first one, the one being built, the change from one to the next."""

from __future__ import annotations

import logging
import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from search.engines.contract import Engine
from search.models import IndexState, SearchIndex, SearchObject, SearchSent
from search.services.objects import objects_ensure

log = logging.getLogger(__name__)


def current_indexes(engine: Engine) -> list[SearchIndex]:
    """The indexes that are kept current: during a rebuild the one being built (first: it never lags), then the live one."""
    states = [IndexState.LIVE, IndexState.BUILDING]
    return list(SearchIndex.objects.filter(engine=engine.name, state__in=states).order_by("state", "pk"))


def indexes_ensure(engine: Engine) -> list[SearchIndex]:
    """Makes sure that the engine has what our rows say; gives the current indexes.

    A first index is made where there is none; one that vanished (a wiped disk, another cluster) is made again empty
    and everything is sent to it; one cut by an older analysis gets a successor.
    """
    rows = current_indexes(engine)
    if not any(row.state == IndexState.LIVE for row in rows):
        rows.append(_index_open(engine, IndexState.LIVE))
    for row in rows:
        if not engine.index_exists(row.name):
            log.warning("search index %s is missing in %s: it is made again", row.name, engine.name)
            _index_refill(engine, row)
    live = next(row for row in rows if row.state == IndexState.LIVE)
    if engine.alias_index() != live.name:
        building = next((row for row in rows if row.state == IndexState.BUILDING), None)
        if building is not None and engine.alias_index() == building.name:
            index_promote(engine, building)  # the process died between the engine's swap and ours
            return current_indexes(engine)
        engine.alias_point(live.name)
    if live.analysis_version != engine.analysis_version:
        # Until its successor is full, the index of an earlier version is read, and written by this one.
        engine.index_create(live.name)
    if live.analysis_version != engine.analysis_version and len(rows) == 1:
        log.info("the analysis is now %s: a new index is built beside %s", engine.analysis_version, live.name)
        rows.append(rebuild_start(engine))
    return rows


def rebuild_start(engine: Engine) -> SearchIndex:
    """Opens a second index, or gives the one that is being built already. The drain fills both."""
    building = SearchIndex.objects.filter(engine=engine.name, state=IndexState.BUILDING).first()
    return building or _index_open(engine, IndexState.BUILDING)


def rebuild_finish(engine: Engine) -> SearchIndex | None:
    """Swaps when the index being built has everything that the live one has; gives it, else None."""
    building = SearchIndex.objects.filter(engine=engine.name, state=IndexState.BUILDING).first()
    if building is None:
        return None
    if unsent_objects(building).exists():
        # The drain was sending these to the index that is read when this one was opened, and took them for settled.
        unsent_objects(building).filter(due_at__isnull=True).update(due_at=timezone.now())
        return None
    if lost_replace(engine):
        return None
    engine.alias_point(building.name)
    index_promote(engine, building)
    return building


def lost_replace(engine: Engine) -> bool:
    """Begins another index in place of one being built of which a part is nowhere any more; gives whether it did.

    A node that goes in its first moments takes the only copy with it. Until it came back, nothing more would be sent,
    not to the index that is read either.
    """
    rows = {row.state: row for row in current_indexes(engine)}
    building, read = rows.get(IndexState.BUILDING), rows.get(IndexState.LIVE)
    if building is None or read is None or not engine.index_lost(building.name) or engine.index_lost(read.name):
        return False
    log.warning("search index %s lost a part with its node: another one is built", building.name)
    engine.index_delete(building.name)
    building.delete()
    rebuild_start(engine)
    return True


def unsent_count(index: SearchIndex) -> int:
    """How many objects were never tried on the index."""
    return unsent_objects(index).count()


def unsent_objects(index: SearchIndex) -> QuerySet[SearchObject]:
    """Objects that were never tried on the index (refused ones do not hold a rebuild up)."""
    tried = SearchSent.objects.filter(index=index).exclude(version=0, attempts=0)
    return SearchObject.objects.exclude(pk__in=tried.values("object_id"))


def index_promote(engine: Engine, building: SearchIndex) -> None:
    """The engine reads the new index already: our rows follow, the old index goes."""
    with transaction.atomic():
        old = list(SearchIndex.objects.filter(engine=engine.name, state=IndexState.LIVE).exclude(pk=building.pk))
        SearchIndex.objects.filter(pk__in=[row.pk for row in old]).update(state=IndexState.OLD)
        SearchIndex.objects.filter(pk=building.pk).update(state=IndexState.LIVE, live_at=timezone.now())
    old_indexes_delete(engine)


def old_indexes_delete(engine: Engine) -> int:
    """Removes replaced indexes, also those that an interrupted run left behind; gives how many."""
    rows = list(SearchIndex.objects.filter(engine=engine.name, state=IndexState.OLD))
    for row in rows:
        engine.index_delete(row.name)
        row.delete()
    return len(rows)


def _index_open(engine: Engine, state: IndexState) -> SearchIndex:
    name = f"{settings.SEARCH_INDEX_PREFIX}-{timezone.now():%Y%m%d%H%M%S}-{secrets.token_hex(2)}"
    engine.index_create(name)
    try:
        with transaction.atomic():
            row = SearchIndex.objects.create(
                name=name,
                engine=engine.name,
                state=state,
                analysis_version=engine.analysis_version,
                live_at=timezone.now() if state == IndexState.LIVE else None,
            )
            _all_due()
    except IntegrityError:
        # Another process opened one at the same moment: ours goes, theirs is used.
        engine.index_delete(name)
        return SearchIndex.objects.get(engine=engine.name, state=state)
    objects_ensure()
    return row


def _index_refill(engine: Engine, row: SearchIndex) -> None:
    engine.index_create(row.name)
    with transaction.atomic():
        SearchSent.objects.filter(index=row).delete()
        SearchIndex.objects.filter(pk=row.pk).update(analysis_version=engine.analysis_version)
        _all_due()


def _all_due() -> None:
    """Everything is to be sent again; what waits after a change keeps its place before all that."""
    SearchObject.objects.exclude(due_at=F("changed_at")).update(due_at=timezone.now())
