"""`search_evaluate` asks any corpus by the product's own path, and leaves nothing behind."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from search.engines.elastic import ElasticEngine

ENGINES = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
CORPUS = [
    {"id": "plug", "title": "木塞堵漏法", "text": "木塞打入前应当在机油里浸泡四小时以上。"},
    {"id": 7, "title": "", "text": "叉車作業前檢查胎壓。"},
    {"id": "empty", "title": "只有题目", "text": ""},
]
QUERIES = [{"id": 1, "text": "木塞要在机油里泡多久？"}, {"id": "b", "text": "叉车"}, {"id": "c", "text": ""}]


def _file(path: Path, lines: list[Any]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def _run(
    place: Path, engine: str, corpus: list[Any] = CORPUS, queries: list[Any] = QUERIES, **options: Any
) -> list[dict[str, Any]]:
    out = place / "r.jsonl"
    call_command(
        "search_evaluate", engine=engine, corpus=_file(place / "c.jsonl", corpus), queries=_file(place / "q.jsonl", queries),
        out=out, stdout=io.StringIO(), **options,
    )  # fmt: skip
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    """The name of an engine that can be reached."""
    url = request.getfixturevalue("elasticsearch_url") if request.param == "elasticsearch" else ""
    with override_settings(SEARCH_URL=url):
        yield request.param


def test_every_query_has_its_line_and_ids_keep_their_type(tmp_path: Path, engine: str) -> None:
    lines = _run(tmp_path, engine)
    assert [(line["qid"], line["ids"][:1]) for line in lines] == [(1, ["plug"]), ("b", [7]), ("c", [])]
    assert all(line["ms"] >= 0 for line in lines)


def test_queries_in_the_other_script_and_misspelt_ones_find_the_same(tmp_path: Path, engine: str) -> None:
    corpus = [
        {"id": "plug", "title": "木塞堵漏法", "text": "木塞打入前应当在机油里浸泡四小时以上。"},
        {"id": "cable", "title": "電纜接頭製作", "text": "絕緣層切剝以後用細砂紙打磨，再用清潔紙從絕緣往半導電層擦。"},
    ]
    asked = ["木塞要在機油裡泡多久", "绝缘层切剥以后怎么打磨", "木赛堵漏", "musaidulou", "電纜接投"]
    queries = [{"id": number, "text": text} for number, text in enumerate(asked)]
    lines = _run(tmp_path, engine, corpus, queries)
    assert [line["ids"][:1] for line in lines] == [["plug"], ["cable"], ["plug"], ["plug"], ["cable"]]


def test_the_same_corpus_gives_the_same_answers(tmp_path: Path, engine: str) -> None:
    corpus = [{"id": str(number), "title": "木塞", "text": f"木塞堵漏第{number}例"} for number in range(300)]
    answers = [[line["ids"] for line in _run(tmp_path, engine, corpus, limit=50)] for _time in range(2)]
    assert answers[0] == answers[1]
    assert len(answers[0][0]) == 50


def test_nothing_is_left_behind_even_after_a_fault(tmp_path: Path, engine: str) -> None:
    _run(tmp_path, engine)
    with pytest.raises(CommandError, match=r"c\.jsonl:2"):
        _run(tmp_path, engine, [CORPUS[0], {"id": "x"}])
    if engine == "elasticsearch":
        assert ElasticEngine("evaluate").index_names() == []


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"id": 1, "text": "甲"}\n\nnot json\n', encoding="utf-8")
    with pytest.raises(CommandError, match=r"c\.jsonl:3"):
        call_command(
            "search_evaluate", engine="embedded", corpus=tmp_path / "c.jsonl", queries=_file(tmp_path / "q.jsonl", QUERIES),
            out=tmp_path / "r.jsonl", stdout=io.StringIO(),
        )  # fmt: skip


@pytest.mark.parametrize("options", [{"engine": "elasticsearch"}, {"engine": "embedded", "limit": 0}])
def test_what_cannot_be_asked_is_refused(tmp_path: Path, options: dict[str, Any]) -> None:
    with override_settings(SEARCH_URL=""), pytest.raises(CommandError):
        _run(tmp_path, **options)
