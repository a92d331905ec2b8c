"""Single characters help a question that shares hardly a word with the text; alike on both engines."""

from __future__ import annotations

import pytest

from bench.relevance import asked
from search.engines import telling
from search.engines.contract import Engine
from tests.search.engines.pieces import find, keys, piece, put

POND = piece("pond", "", "割漆要在天亮以前，太阳一出漆就凝住。")
OTHERS = [piece(f"other{number}", "", f"叉车第{number}次检查轮胎与链条。") for number in range(5)]


def test_two_rare_characters_find_what_has_no_word_of_the_question(engine: Engine, index: str) -> None:
    put(engine, index, POND, *OTHERS)
    found = find(engine, "漆树应该什么时辰去割才好呢")
    assert (keys(found), found.total) == (["pond"], 1)


def test_one_rare_character_is_too_little(engine: Engine, index: str) -> None:
    put(engine, index, POND, *OTHERS)
    assert find(engine, "漆器博物馆怎样买门票比较便宜呢").total == 0


def test_characters_of_a_short_query_follow_the_exact_hits_and_are_not_counted(engine: Engine, index: str) -> None:
    exact = piece("exact", "", "割漆刀要每天磨。")
    put(engine, index, exact, piece("near", "", "漆树一季只能割四刀。"), *OTHERS)
    found = find(engine, "割漆刀")
    assert (keys(found), keys(found, exact=False), found.total, found.beyond) == (["exact"], ["near"], 1, 1)
    assert sum(found.facets["kind"].values()) == 1


def test_what_is_left_out_is_not_found_by_characters(engine: Engine, index: str) -> None:
    put(engine, index, POND, *OTHERS)
    assert find(engine, "漆树应该什么时辰去割才好呢 -太阳").total == 0


def test_a_large_index_is_not_asked_for_characters(engine: Engine, index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "PRUNE_ABOVE", 0)
    put(engine, index, POND, *OTHERS)
    assert find(engine, "漆树应该什么时辰去割才好呢").total == 0


def test_the_pages_of_a_question_fit_together_and_hold_every_hit_once(engine: Engine, index: str) -> None:
    words = [piece(f"word{number:03d}", "", f"生漆第{number}桶") for number in range(130)]
    pairs = [piece(f"pair{number:03d}", "", f"漆{'面' * (number % 3 + 1)}用生铁刮") for number in range(9)]
    put(engine, index, *words, *pairs)
    pages = [find(engine, "请问各位老师傅生漆一般用什么来刮", offset=start, limit=50) for start in range(0, 150, 50)]
    found = [hit.key for page in pages for hit in page.hits]
    assert len(found) == len(set(found)) == pages[0].total == 139


def test_kinds_keep_their_weight_beyond_the_first_hundred(engine: Engine, index: str) -> None:
    lessons = [piece(f"a{number:03d}", "", f"安全阀校验第{number}回", kind="lesson") for number in range(120)]
    methods = [piece(f"z{number:03d}", "", f"安全阀校验第{number}回", kind="method") for number in range(20)]
    put(engine, index, *lessons, *methods)
    found = find(engine, "安全阀校验", limit=140, priors=(("method", 2.0), ("lesson", 0.4)))
    assert {hit.kind for hit in found.hits[:20]} == {"method"}
    assert {hit.kind for hit in found.hits[20:]} == {"lesson"}


def test_most_questions_in_peoples_own_words_lead_to_their_paragraph(engine: Engine, index: str) -> None:
    put(engine, index, *asked.paragraphs())
    questions = asked.questions()
    assert len(questions) >= 500
    assert len({one.text for one in questions}) == len(questions)
    held = [one for one in questions if one.held]
    found = [[f"{hit.kind}/{hit.key}" for hit in find(engine, one.text, facets=False).hits] for one in held]
    first = sum(ids[:1] == list(one.expect) for one, ids in zip(held, found, strict=True))
    ten = sum(one.expect[0] in ids for one, ids in zip(held, found, strict=True))
    assert first >= 0.78 * len(held)
    assert ten >= 0.93 * len(held)
