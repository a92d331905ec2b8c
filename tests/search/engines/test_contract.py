"""What both engines promise: what is sent can be found, and nothing else ever."""

from __future__ import annotations

import datetime as dt

import pytest

from search.engines.contract import Engine, IndexMissing
from tests.search.engines.conftest import fresh_name
from tests.search.engines.pieces import change, find, gone, keys, piece, put

PLUG = piece("plug", "木塞堵漏法", "先关阀门。", "木塞浸油后打入漏点。", studio=1, trades=(1, 2))


def test_a_hit_carries_all_that_is_needed_to_show_it(engine: Engine, index: str) -> None:
    shown = piece(
        "shown", "木塞堵漏法", "木塞浸油。", studio=4, language="zh-Hant", summary="怎样堵漏",
        date=dt.date(2026, 5, 1), facts={"authors": "周立新"},
    )  # fmt: skip
    put(engine, index, shown)
    (hit,) = find(engine, "堵漏").hits
    assert (hit.kind, hit.key, hit.title, hit.url) == ("method", "shown", "木塞堵漏法", "/shown/")
    assert (hit.studio, hit.language, hit.summary) == (4, "zh-Hant", "怎样堵漏")
    assert (hit.date, hit.facts, hit.exact) == (dt.date(2026, 5, 1), {"authors": "周立新"}, True)


def test_a_piece_without_studio_date_or_passages_is_found_by_its_title(engine: Engine, index: str) -> None:
    put(engine, index, piece("bare", "安全阀"))
    (hit,) = find(engine, "安全阀").hits
    assert (hit.studio, hit.date) == (None, None)


def test_a_later_version_replaces_text_and_passages(engine: Engine, index: str) -> None:
    put(engine, index, PLUG)
    put(engine, index, piece("plug", "铅塞堵漏法", "铅塞敲入漏点。"), version=2)
    assert keys(find(engine, "木塞")) == []
    assert keys(find(engine, "铅塞")) == ["plug"]
    places = engine.passages("铅塞 木塞", [("method", "plug")])[("method", "plug")]
    assert [place.locator for place in places] == ["step:1"]
    (stored,) = engine.stored(index)
    assert (stored.version, stored.content_hash, stored.passages) == (2, "hash-plug-2", 1)


def test_a_late_send_brings_no_old_text_back(engine: Engine, index: str) -> None:
    put(engine, index, piece("plug", "铅塞堵漏法", "铅塞敲入漏点。"), version=5)
    (outcome,) = engine.apply(index, [change(PLUG, 4)])
    engine.refresh(index)
    assert outcome.state == "stale"
    assert keys(find(engine, "木塞")) == []
    (stored,) = engine.stored(index)
    assert (stored.version, stored.passages) == (5, 1)


def test_a_repeated_send_changes_nothing(engine: Engine, index: str) -> None:
    put(engine, index, PLUG, version=3)
    put(engine, index, PLUG, version=3)
    assert find(engine, "木塞").total == 1
    (stored,) = engine.stored(index)
    assert (stored.version, stored.passages) == (3, 2)


def test_what_was_removed_stays_away_from_late_sends(engine: Engine, index: str) -> None:
    put(engine, index, PLUG, version=1)
    (removed,) = engine.apply(index, [gone(PLUG, 3)])
    (late,) = engine.apply(index, [change(PLUG, 2)])
    engine.refresh(index)
    assert (removed.state, late.state) == ("done", "stale")
    assert find(engine, "木塞").total == 0
    assert list(engine.stored(index)) == []
    assert engine.passages("木塞", [("method", "plug")])[("method", "plug")] == []


def test_what_was_removed_can_come_back_with_a_higher_version(engine: Engine, index: str) -> None:
    put(engine, index, PLUG, version=1)
    engine.apply(index, [gone(PLUG, 2)])
    put(engine, index, PLUG, version=3)
    assert find(engine, "木塞").total == 1


def test_removing_what_never_was_is_done_and_remembered(engine: Engine, index: str) -> None:
    (removed,) = engine.apply(index, [gone(PLUG, 3)])
    (late,) = engine.apply(index, [change(PLUG, 2)])
    engine.refresh(index)
    assert (removed.state, late.state) == ("done", "stale")
    assert list(engine.stored(index)) == []


def test_one_broken_piece_holds_the_others_of_its_batch_not_up(engine: Engine, index: str) -> None:
    broken = piece("broken", "木塞", "木塞", studio=2**70)
    outcomes = engine.apply(index, [change(broken), change(PLUG)])
    engine.refresh(index)
    assert [outcome.state for outcome in outcomes] == ["failed", "done"]
    assert outcomes[0].error
    assert keys(find(engine, "木塞")) == ["plug"]


def test_text_that_no_encoding_knows_is_taken_all_the_same(engine: Engine, index: str) -> None:
    put(engine, index, piece("odd", "木塞\ud800堵漏\x00", "漏点\udfff😀"))
    assert keys(find(engine, "堵漏")) == ["odd"]


def test_passages_come_best_first_with_their_original_text(engine: Engine, index: str) -> None:
    put(engine, index, piece("plug", "堵漏", "关阀门，找漏点。", "木塞浸油，木塞打入。", "擦净，收工。"))
    places = engine.passages("木塞打入", [("method", "plug")])[("method", "plug")]
    assert places[0].locator == "step:2"
    assert (places[0].label, places[0].text) == ("第2步", "木塞浸油，木塞打入。")
    assert "step:3" not in [place.locator for place in places]


def test_no_more_passages_come_than_were_asked_for(engine: Engine, index: str) -> None:
    put(engine, index, piece("plug", "堵漏", *(f"木塞{number}" for number in range(30))))
    assert len(engine.passages("木塞", [("method", "plug")], 3)[("method", "plug")]) == 3


def test_a_very_long_piece_leaves_room_for_the_places_of_others(engine: Engine, index: str) -> None:
    put(
        engine,
        index,
        piece("long", "手册", *(f"木塞木塞{number}" for number in range(400))),
        piece("short", "交接", "有一个木塞，其余正常。"),
    )
    places = engine.passages("木塞", [("method", "long"), ("method", "short")])
    assert len(places[("method", "long")]) == 4
    assert [place.locator for place in places[("method", "short")]] == ["step:1"]


def test_passages_of_what_is_not_there_are_none(engine: Engine, index: str) -> None:
    assert engine.passages("木塞", [("method", "nowhere")]) == {("method", "nowhere"): []}
    assert engine.passages("木塞", []) == {}


@pytest.mark.parametrize("word", ["锅", "锅炉", "高压锅炉", "yjv-22", "YJV", "22", "Ｋｖ", "10kV电缆"])
def test_the_place_of_a_short_word_is_found(engine: Engine, index: str, word: str) -> None:
    put(engine, index, piece("x", "设备", "没有什么。", "高压锅炉用YJV-22的10kV电缆。", "也没有什么。"))
    places = engine.passages(word, [("method", "x")])[("method", "x")]
    assert [place.locator for place in places] == ["step:2"]


def test_an_index_that_is_not_there_is_told(engine: Engine, index: str) -> None:
    missing = fresh_name(engine)
    assert not engine.index_exists(missing)
    with pytest.raises(IndexMissing):
        engine.apply(missing, [change(PLUG)])
    with pytest.raises(IndexMissing):
        list(engine.stored(missing))
    with pytest.raises(IndexMissing):
        engine.alias_point(missing)
    assert not engine.index_exists(missing)


def test_creating_and_deleting_twice_does_no_harm(engine: Engine, index: str) -> None:
    put(engine, index, PLUG)
    engine.index_create(index)
    assert find(engine, "木塞").total == 1
    other = fresh_name(engine)
    engine.index_create(other)
    assert {index, other} <= set(engine.index_names())
    engine.index_delete(other)
    engine.index_delete(other)
    assert other not in engine.index_names()


def test_searches_change_to_another_index_at_once(engine: Engine, index: str) -> None:
    put(engine, index, PLUG)
    other = fresh_name(engine)
    engine.index_create(other)
    put(engine, other, piece("lead", "铅塞堵漏法", "铅塞敲入。"))
    assert (keys(find(engine, "堵漏")), engine.alias_index()) == (["plug"], index)
    engine.alias_point(other)
    assert (keys(find(engine, "堵漏")), engine.alias_index()) == (["lead"], other)
    assert engine.passages("铅塞", [("method", "lead")])[("method", "lead")]
    engine.index_delete(index)
    assert keys(find(engine, "堵漏")) == ["lead"]
    engine.index_delete(other)
    assert engine.alias_index() is None
    with pytest.raises(IndexMissing):
        find(engine, "堵漏")


def test_the_state_can_be_asked(engine: Engine, index: str) -> None:
    put(engine, index, PLUG)
    told = engine.status()
    assert told["index"] == index
    assert told["pieces"] == 1
    assert int(told["bytes"]) > 0
    assert engine.name.casefold() in str(told["engine"]).casefold() or "SQLite" in str(told["engine"])
