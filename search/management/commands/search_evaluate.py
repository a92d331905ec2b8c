"""Measures relevance on any corpus: how the product's search is compared with other systems."""

from __future__ import annotations

import json
import signal
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search import evaluation
from search.engines.contract import EngineUnavailable

_ENGINES = ("embedded", "elasticsearch")


class Command(BaseCommand):
    """`search_evaluate --engine … --corpus C.jsonl --queries Q.jsonl --out R.jsonl [--limit 10]`."""

    help = _(
        "用本系统检索页的同一条路（分词、引擎、排序、错字纠正）检索任意语料，把结果写成 JSONL，用于与别的系统比较。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--engine", choices=_ENGINES, default="elasticsearch" if settings.SEARCH_URL else "embedded"
        )
        parser.add_argument("--corpus", type=Path, required=True, help='{"id", "title", "text"}')
        parser.add_argument("--queries", type=Path, required=True, help='{"id", "text"}')
        parser.add_argument("--out", type=Path, required=True, help='{"qid", "ids", "ms"}')
        parser.add_argument("--limit", type=int, default=10)

    def handle(self, *args: Any, **options: Any) -> None:
        """Indexes, asks, writes, cleans up; also when it is ended half-way."""
        if options["engine"] == "elasticsearch" and not settings.SEARCH_URL:
            raise CommandError(_("没有设置 SEARCH_URL，不知道 Elasticsearch 在哪里。请设置后再运行。"))
        if not 1 <= options["limit"] <= 1_000:
            raise CommandError(_("--limit 须在 1 到 1000 之间。"))
        signal.signal(signal.SIGTERM, _ended)
        try:
            with evaluation.throwaway(options["engine"]) as corpus:
                begun = time.perf_counter()
                sent = corpus.send(text.piece for text in _texts(options["corpus"]))
                self.stdout.write(_("已索引 %(count)s 篇，用时 %(seconds).1f 秒。") % {
                    "count": sent, "seconds": time.perf_counter() - begun,
                })  # fmt: skip
                count = _answers_write(corpus, options["queries"], options["out"], options["limit"])
        except (EngineUnavailable, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("已检索 %(count)s 条，结果写入 %(path)s。") % {"count": count, "path": options["out"]})


def _answers_write(corpus: evaluation.Corpus, queries: Path, out: Path, limit: int) -> int:
    count = 0
    with out.open("w", encoding="utf-8") as file:
        for line in _lines(queries, "id", "text"):
            answer = corpus.ask(line["text"], limit)
            ids = [json.loads(key) for key in answer.ids]
            told = {"qid": line["id"], "ids": ids, "ms": round(answer.ms, 3)}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
            count += 1
    return count


def _texts(path: Path) -> Iterator[evaluation.Text]:
    for line in _lines(path, "id", "text"):
        # As JSON, so that an id that is a number comes back as a number.
        yield evaluation.Text(
            json.dumps(line["id"], ensure_ascii=False), str(line.get("title") or ""), str(line["text"] or "")
        )


def _lines(path: Path, *fields: str) -> Iterator[dict[str, Any]]:
    """One object a line; a broken line is named."""
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                told = json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from error
            if not isinstance(told, dict) or any(field not in told for field in fields):
                raise ValueError(f"{path}:{number}: {', '.join(fields)}?")
            yield told


def _ended(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(1)
