"""What the drain sends, what it keeps, what it tries again."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.utils import timezone

from search import registry
from search.engines.contract import Change, EngineUnavailable, Outcome
from search.models import IndexState, SearchIndex, SearchObject, SearchSent
from search.selectors import failed_changes, health, late_changes
from search.services.objects import objects_changed, objects_retry
from search.sync import indexes
from search.sync.audit import audit, audit_and_heal
from search.sync.drain import Due, drain_all, drain_once, due_objects
from search.sync.indexes import rebuild_start
from search.sync.record import Result, results_record
from tests.factories.kb import make_method

pytestmark = pytest.mark.django_db


def stored(engine) -> dict[tuple[str, str], int]:
    """Versions in the index that is read, by kind and key."""
    return {(item.kind, item.key): item.version for item in engine.stored(engine.alias_index())}


def name(page) -> tuple[str, str]:
    return page.search_kind, str(page.page_key)


def wanted(page) -> int:
    return SearchObject.objects.get(kind=page.search_kind, key=page.page_key).wanted_version


@pytest.fixture
def method():
    return make_method(title="木塞堵漏法", published=True)


def test_a_published_page_is_sent_with_its_wanted_version(engine, method):
    report = drain_all(engine)
    assert report.sent == 2  # the method and its studio's page
    assert stored(engine)[name(method)] == wanted(method)
    sent = SearchSent.objects.get(object__key=method.page_key)
    assert (sent.version, sent.passages > 0, sent.error) == (wanted(method), True, "")
    assert not SearchObject.objects.filter(due_at__isnull=False).exists()
    assert drain_once(engine=engine).idle


def test_an_unpublished_page_is_removed_and_kept_as_a_tombstone(engine, method):
    drain_all(engine)
    method.unpublish()
    assert drain_all(engine).removed == 1
    assert name(method) not in stored(engine)
    assert SearchObject.objects.get(key=method.page_key).deleted


def test_a_deleted_page_is_removed(engine, method):
    drain_all(engine)
    method.delete()
    drain_all(engine)
    assert name(method) not in stored(engine)


def test_a_draft_is_never_sent(engine):
    draft = make_method(title="还没发布", published=False)
    drain_all(engine)
    assert name(draft) not in stored(engine)


def test_many_changes_are_sent_once(engine, method):
    for _time in range(5):
        method.save_revision().publish()
    assert drain_all(engine).sent == 2


def test_a_late_drain_cannot_bring_back_old_text(engine, method):
    drain_all(engine)
    old = registry.get("method").build(str(method.page_key))
    version = wanted(method)
    method.unpublish()
    drain_all(engine)
    late = engine.apply(engine.alias_index(), [Change("method", str(method.page_key), version, old, "old")])
    assert [outcome.state for outcome in late] == ["stale"]
    assert name(method) not in stored(engine)


def test_a_late_record_does_not_hide_a_newer_one(engine, method):
    drain_all(engine)
    row = SearchObject.objects.get(key=method.page_key)
    index = SearchIndex.objects.get()
    late = Due(row.pk, row.kind, row.key, row.wanted_version - 1)
    results_record([late], [Result(late, index.pk, "done", content_hash="old")], gone=[], pieces={})
    assert SearchSent.objects.get(object=row).version == row.wanted_version


def test_a_change_during_the_send_stays_due(engine, method):
    drain_all(engine)
    row = SearchObject.objects.get(key=method.page_key)
    objects_changed("method", [row.key])
    index = SearchIndex.objects.get()
    before = Due(row.pk, row.kind, row.key, row.wanted_version)
    results_record([before], [Result(before, index.pk, "done")], gone=[], pieces={})
    assert SearchObject.objects.get(pk=row.pk).due_at is not None


def test_while_the_engine_is_away_changes_wait_and_then_heal(engine, method, monkeypatch):
    drain_all(engine)
    method.title = "带压堵漏法"
    method.save_revision().publish()

    def away(*_args):
        raise EngineUnavailable("connection refused")

    with monkeypatch.context() as patched:
        patched.setattr(type(engine), "apply", away)
        with pytest.raises(EngineUnavailable):
            drain_once(engine=engine)
    assert SearchSent.objects.get(object__key=method.page_key).attempts == 0
    assert health_pending() == 1
    drain_all(engine)
    assert stored(engine)[name(method)] == wanted(method)


def health_pending() -> int:
    return SearchObject.objects.filter(due_at__isnull=False).count()


def test_a_page_that_cannot_be_built_fails_alone_and_is_tried_again(engine, method, monkeypatch):
    other = make_method(title="叉车作业法", published=True)

    def broken(self):
        if self.pk == method.pk:
            raise ValueError("no such step")
        return {}

    with monkeypatch.context() as patched:
        patched.setattr(type(method), "search_facts", broken)
        report = drain_all(engine)
    assert report.failed == 1
    assert name(other) in stored(engine)
    failed = failed_changes().get()
    assert (failed.object.key, failed.attempts, failed.error) == (
        str(method.page_key),
        1,
        "ValueError: no such step",
    )
    assert failed.next_try > timezone.now()
    assert drain_once(engine=engine).idle
    objects_retry([failed.object_id])
    drain_all(engine)
    assert name(method) in stored(engine)
    assert not failed_changes().exists()


def test_a_refused_change_waits_longer_each_time(engine, method, monkeypatch):
    indexes.indexes_ensure(engine)
    monkeypatch.setattr(type(method), "search_facts", lambda self: {"unheard": 1})
    waits = []
    for _time in range(3):
        SearchObject.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
        before = timezone.now()
        drain_once(engine=engine)
        waits.append(failed_changes().get().next_try - before)
    # The round itself takes a moment, more where an index has to be made first.
    assert all(least <= wait.total_seconds() < 2 * least for wait, least in zip(waits, (5, 10, 20), strict=True))


def test_a_new_change_of_a_refused_page_is_tried_at_once(engine, method, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(type(method), "search_facts", lambda self: {"unheard": 1})
        drain_all(engine)
    method.save_revision().publish()
    drain_all(engine)
    assert name(method) in stored(engine)


def test_a_rebuild_fills_a_second_index_while_the_first_stays_current(engine, method):
    drain_all(engine)
    first = engine.alias_index()
    second = indexes.rebuild_start(engine)
    assert indexes.rebuild_start(engine) == second
    method.title = "发布在重建当中"
    method.save_revision().publish()
    assert engine.alias_index() == first
    drain_once(engine=engine)
    assert stored(engine)[name(method)] == wanted(method)
    drain_all(engine)
    assert engine.alias_index() == second.name
    assert engine.index_names() == [second.name]
    assert stored(engine)[name(method)] == wanted(method)
    assert list(SearchIndex.objects.values_list("name", "state")) == [(second.name, IndexState.LIVE)]
    assert audit(engine).clean


def test_a_rebuild_that_died_after_the_swap_is_finished(engine, method):
    drain_all(engine)
    second = indexes.rebuild_start(engine)
    for _round in range(3):
        if not indexes.unsent_count(second):
            break
        drain_once(engine=engine)
    engine.alias_point(second.name)
    rows = indexes.indexes_ensure(engine)
    assert [row.name for row in rows] == [second.name]
    assert engine.index_names() == [second.name]


def test_a_new_analysis_is_answered_by_a_rebuild(engine, method):
    drain_all(engine)
    SearchIndex.objects.update(analysis_version="older")
    indexes.indexes_ensure(engine)
    drain_all(engine)
    assert list(SearchIndex.objects.values_list("analysis_version", "state")) == [
        (engine.analysis_version, IndexState.LIVE)
    ]


def test_an_index_that_vanished_is_made_again(engine, method):
    drain_all(engine)
    engine.index_delete(engine.alias_index())
    method.save_revision().publish()
    drain_all(engine)
    assert len(stored(engine)) == 2


def test_the_audit_finds_and_heals_planted_damage(engine, method):
    others = [make_method(published=True) for _number in range(3)]
    drain_all(engine)
    assert audit(engine).clean
    index = engine.alias_index()
    kind, key = name(method)
    engine.apply(index, [Change(kind, key, wanted(method), None, "")])
    stale = registry.get("method").build(str(others[0].page_key))
    engine.apply(index, [Change("method", stale.key, wanted(others[0]), stale, "another hash")])
    engine.apply(index, [Change("method", "no-such-page", 7, stale, "x")])
    # A page that left by a way without signals.
    type(method).objects.filter(pk=others[1].pk).update(live=False)
    before, after = audit_and_heal(engine)
    assert before.missing == [name(method)]
    assert before.stale == [name(others[0])]
    assert sorted(before.orphaned) == sorted([("method", "no-such-page"), name(others[1])])
    assert after.clean
    assert stored(engine).keys() == {name(method), name(others[0]), name(others[2])} | {
        name(page.get_parent().specific) for page in [method, *others]
    }


def test_the_audit_counts_what_waits_as_waiting(engine, method):
    drain_all(engine)
    method.title = "改过"
    method.save_revision().publish()
    report = audit(engine)
    assert report.clean
    assert report.waiting == 1


def test_the_audit_finds_audiences_that_were_written_past_the_signals(engine, method):
    drain_all(engine)
    type(method).objects.filter(pk=method.pk).update(own_audience=["signed-in"])
    before, after = audit_and_heal(engine)
    assert before.audiences == [method.pk]
    assert after.clean
    assert registry.get("method").build(str(method.page_key)).audience == method.page_audience.audience_id


def test_an_index_ahead_of_a_restored_database_is_overtaken(engine, method):
    drain_all(engine)
    SearchObject.objects.filter(key=method.page_key).update(wanted_version=1)
    SearchSent.objects.filter(object__key=method.page_key).update(version=1)
    piece = registry.get("method").build(str(method.page_key))
    engine.apply(engine.alias_index(), [Change("method", piece.key, 90, piece, "from the future")])
    before, after = audit_and_heal(engine)
    assert before.stale == [name(method)]
    assert after.clean
    assert wanted(method) > 90


def test_health_tells_what_waits_and_for_how_long(engine, method, monkeypatch):
    monkeypatch.setattr("search.selectors.get_engine", lambda: engine)
    drain_all(engine)
    assert (health()["pending"], health()["failed"], health()["reachable"]) == (0, 0, True)
    method.save_revision().publish()
    SearchObject.objects.filter(key=method.page_key).update(changed_at=timezone.now() - dt.timedelta(minutes=3))
    assert health()["pending"] == 1
    assert 180 <= health()["oldest_seconds"] < 200


def test_what_was_being_sent_when_a_rebuild_began_is_sent_to_the_new_index_too(engine, method):
    drain_all(engine)
    building = indexes.rebuild_start(engine)
    SearchObject.objects.filter(key=method.page_key).update(due_at=None)  # the drain settled it for the index it knew
    drain_all(engine)
    assert engine.alias_index() == building.name
    assert name(method) in stored(engine)


def test_what_is_published_during_a_rebuild_does_not_wait_for_all_of_it(engine, method):
    others = [make_method(published=True) for _number in range(3)]
    drain_all(engine)
    rebuild_start(engine)
    others[1].save_revision().publish()
    assert due_objects(1)[0].key == str(others[1].page_key)
    drain_all(engine)
    assert due_objects(1) == []


def test_what_was_published_before_a_rebuild_began_does_not_wait_for_it_either(engine, method):
    others = [make_method(published=True) for _number in range(3)]
    drain_all(engine)
    others[1].save_revision().publish()
    rebuild_start(engine)
    assert due_objects(1)[0].key == str(others[1].page_key)


@pytest.mark.parametrize(("name", "crowded"), [("embedded", True), ("elasticsearch", False)])
def test_the_embedded_engine_says_when_it_holds_more_than_it_is_good_for(engine, method, monkeypatch, name, crowded):
    drain_all(engine)
    assert (health()["passages"] > 0, health()["crowded"]) == (True, False)
    monkeypatch.setattr("search.selectors.COMFORTABLE_PASSAGES", 1)
    SearchIndex.objects.update(engine=name)
    monkeypatch.setattr(type(engine), "name", name)
    assert health()["crowded"] is crowded


def test_a_rebuild_makes_nothing_late_for_readers(engine, method):
    drain_all(engine)
    hour = dt.timedelta(hours=1)
    indexes.rebuild_start(engine)
    SearchObject.objects.update(due_at=timezone.now() - hour, changed_at=timezone.now() - hour)
    assert not late_changes(timezone.now()).exists()
    objects_changed("method", [str(method.page_key)])
    SearchObject.objects.update(due_at=timezone.now() - hour, changed_at=timezone.now() - hour)
    assert [row.key for row in late_changes(timezone.now())] == [str(method.page_key)]


def test_a_backlog_is_refreshed_at_its_end(engine, monkeypatch):
    refreshed: list[str] = []
    drain_all(engine)
    for _number in range(3):
        make_method(published=True)
    monkeypatch.setattr(type(engine), "refresh", lambda self, index: refreshed.append(index))
    rounds = [drain_once(1, engine)]
    while not rounds[-1].idle:
        rounds.append(drain_once(1, engine))
    assert [report.more for report in rounds if report.sent][-2:] == [True, False]
    assert len(refreshed) == 1


def test_a_round_ends_between_two_parts_when_it_is_told(engine, monkeypatch):
    monkeypatch.setattr("search.sync.drain.PART", 1)
    drain_all(engine)
    for _number in range(3):
        make_method(published=True)
    stop = threading.Event()
    stop.set()
    report = drain_once(engine=engine, stop=stop)
    assert report.sent == 1 and report.more
    drain_all(engine)
    assert not SearchObject.objects.filter(due_at__isnull=False).exists()


def test_a_rebuild_leaves_the_suggestions_of_what_did_not_change_alone(engine, method, monkeypatch):
    written: list[object] = []
    drain_all(engine)
    monkeypatch.setattr("search.sync.record.pieces_record", lambda *, sent: written.extend(sent))
    other = make_method(published=True)
    rebuild_start(engine)
    drain_all(engine)
    assert name(other) in written
    assert name(method) not in written
    method.save_revision().publish()
    drain_all(engine)
    assert name(method) in written


def test_suggestions_follow_where_an_index_refused_at_first(engine, method, monkeypatch):
    written: list[object] = []
    drain_all(engine)
    building = rebuild_start(engine)
    apply = type(engine).apply

    def refusing(self, index, changes):
        if index != building.name:
            return apply(self, index, changes)
        return [Outcome(one.kind, one.key, "failed", "refused") for one in changes]

    method.save_revision().publish()
    with monkeypatch.context() as patched:
        patched.setattr(type(engine), "apply", refusing)
        drain_all(engine)
    monkeypatch.setattr("search.sync.record.pieces_record", lambda *, sent: written.extend(sent))
    SearchObject.objects.filter(key=method.page_key).update(due_at=timezone.now())
    drain_all(engine)
    assert name(method) in written


def test_a_backlog_goes_in_larger_parts(engine, monkeypatch):
    sizes: list[int] = []
    apply = type(engine).apply

    def told(self, index, changes):
        sizes.append(len(changes))
        return apply(self, index, changes)

    for name_, number in (("BACKLOG", 2), ("PART", 1), ("BACKLOG_PART", 4)):
        monkeypatch.setattr(f"search.sync.drain.{name_}", number)
    drain_all(engine)
    for _number in range(5):
        make_method(published=True)
    waiting = SearchObject.objects.filter(due_at__isnull=False).count()
    monkeypatch.setattr(type(engine), "apply", told)
    drain_all(engine)
    assert sizes[0] == 4 and sum(sizes) == waiting
    sizes.clear()
    rebuild_start(engine)
    drain_all(engine)
    assert set(sizes) == {1}


def test_a_change_in_a_rebuild_goes_out_alone(engine, method, monkeypatch):
    for _number in range(3):
        make_method(published=True)
    drain_all(engine)
    rebuild_start(engine)
    method.save_revision().publish()
    sent: list[list[str]] = []
    apply = type(engine).apply

    def told(self, index, changes):
        sent.append([one.key for one in changes])
        return apply(self, index, changes)

    monkeypatch.setattr(type(engine), "apply", told)
    assert drain_once(engine=engine).more
    assert {key for keys in sent for key in keys} == {str(method.page_key)}
