"""Suggestions and corrections: how fast pieces are taken in, and how long a reader's keystroke and misspelling take.

    python -m bench.suggest [--pieces 10000] [--database sqlite|postgresql]

Through the services that the page calls, as a reader who may see four fifths of it; processor time beside the clock.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench import figures
from bench.place import place

WHAT = (
    "带压", "高压", "母液", "尾气", "冷凝", "蒸汽", "碳化", "结晶", "离心", "轴承", "阀门", "管道", "焊缝", "电缆", "叉车", "锅炉",
    "水泵", "风机", "仪表", "变频", "皮带", "齿轮", "法兰", "垫片", "油封",
)  # fmt: skip
DONE = (
    "堵漏", "净化", "回收", "检修", "校准", "更换", "清洗", "防腐", "降噪", "找正", "测温", "润滑", "拆装", "巡检", "调试", "吊装",
    "打磨", "补焊", "排空", "试压",
)  # fmt: skip
AS = ("操作法", "先进操作法", "案例", "教材", "课件", "快速法", "口诀", "要点", "作业指导", "攻关记录")
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单曾", "建国志强秀英海燕文斌立新春梅卫东大为"
TYPED = {
    "one letter": "c d s z",
    "two letters": "cz dy qj zs",
    "initials": "czf dydl mywq zbxj lxbz",
    "full pinyin": "caozuofa daiyadulou weiqi zhoucheng lizhijing",
    "mixed": "caozf dyadulou weiqjh zhangjg",
    "characters": "操作 带压 尾气净化 轴 张建",
    "as many say it": "chaozuofa zoucheng dianlan falan daiyaduno",
    "mistyped": "caozofa daiyaduolou zhuocheng weiqijignhua dainlan",
    "nothing": "xqzvk 龙门吊 wwww qwrtpsdg xianxianxianxian",
}
MISSPELT = ["堵楼", "轴成", "操做法", "duolou", "caozuofa", "czf", "尾汽静化", "龙门吊", "xqzvk", "yjw-22"]
ROUNDS = 40
BATCH = 200
LOOKUP_MS, CORRECTION_MS = 15.0, 15.0


def main() -> int:
    """Measures each database in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", type=int, default=10_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--url", default="")
    arguments = parser.parse_args()
    if arguments.url or arguments.database == "sqlite":
        return _measure(arguments.pieces, arguments.url)
    failed = 0 if arguments.database else _child(arguments.pieces, "--database", "sqlite")
    from scripts.postgres import Missing, Postgres

    try:
        with Postgres() as server:
            failed += _child(arguments.pieces, "--url", server.url)
    except Missing as reason:
        print(reason)
        failed += 1
    return failed


def _child(pieces: int, *options: str) -> int:
    command = [sys.executable, "-m", "bench.suggest", "--pieces", str(pieces), *options]
    return int(subprocess.run(command, check=False).returncode != 0)


def _pieces(count: int, audiences: list[int]) -> Iterator[Any]:
    from search.registry import Passage, Piece

    chance = random.Random(7)
    people = [
        "".join((chance.choice(FAMILY), *chance.choices(GIVEN, k=chance.choice((1, 2))))) for _number in range(400)
    ]
    for number in range(count):
        title = "".join((chance.choice(WHAT), chance.choice(DONE), chance.choice(AS)))
        yield Piece(
            kind=chance.choice(("method", "case", "file")), key=f"{number:07d}", title=f"{title}之{number}",
            passages=(Passage("", "", "，".join(chance.choices([*WHAT, *DONE, "YJV-22"], k=60))),),
            audience=audiences[number % 5 == 0], url=f"/{number}/", studio=number % 9,
            facts={"authors": "、".join(chance.sample(people, k=chance.choice((1, 1, 2))))},
        )  # fmt: skip


def _measure(count: int, url: str) -> int:
    with place(database_url=url):
        from django.contrib.auth.models import AnonymousUser
        from django.db import connection

        from people.audience import audience_for
        from search.engines import get_engine
        from search.engines.contract import Change
        from search.models import SuggestionEntry, SuggestionKey, VocabularyWord
        from search.suggest.correction import offers
        from search.suggest.services import pieces_record, suggestions

        made = list(_pieces(count, [audience_for(()).pk, audience_for((("unit:1",),)).pk]))
        engine = get_engine()
        engine.index_create("chuancheng-bench")
        engine.alias_point("chuancheng-bench")
        spent = {"new": 0.0, "again": 0.0, "index": 0.0}
        for start in range(0, count, BATCH):
            batch = made[start : start + BATCH]
            named = {(one.kind, one.key): one for one in batch}
            spent["index"] += _timed(
                lambda batch=batch: engine.apply(
                    "chuancheng-bench", [Change(one.kind, one.key, 1, one, "") for one in batch]
                )
            )[0]
            spent["new"] += _timed(lambda named=named: pieces_record(sent=named))[0]
            spent["again"] += _timed(lambda named=named: pieces_record(sent=named))[0]
        engine.refresh("chuancheng-bench")
        rows = [[what, f"{count / seconds:.0f}"] for what, seconds in spent.items()]
        print(
            figures.table(
                f"{connection.vendor}: taken in, pieces/s (index: the embedded engine alone)", ["", "pieces/s"], rows
            )
        )
        print(
            f"\n{SuggestionEntry.objects.count()} entries, {SuggestionKey.objects.count()} keys, {VocabularyWord.objects.count()} words"
        )
        reader = AnonymousUser()
        asked = {
            name: [lambda text=text: suggestions(user=reader, text=text) for text in typed.split()]
            for name, typed in TYPED.items()
        }
        worst = _report("a keystroke", asked, LOOKUP_MS)
        meant = {text: [lambda text=text: offers(user=reader, text=text, total=0)] for text in MISSPELT}
        return int(max(worst, _report("a misspelt query", meant, CORRECTION_MS)))


def _report(title: str, asked: dict[str, list[Callable[[], Any]]], target: float) -> bool:
    rows, over = [], False
    for name, calls in asked.items():
        times = [_timed(call) for _round in range(ROUNDS) for call in calls]
        clock, processor = sorted(one for one, _other in times), sorted(other for _one, other in times)
        p95 = processor[int(len(times) * 0.95)] * 1000
        over |= p95 > target
        rows.append(
            [
                name,
                f"{clock[len(times) // 2] * 1000:.1f}",
                f"{clock[int(len(times) * 0.95)] * 1000:.1f}",
                f"{p95:.1f}",
                figures.verdict(p95, target),
            ]
        )
    print(
        figures.table(
            f"{title}: ms (target {target:g} ms of processor)", ["typed", "p50", "p95", "p95 processor", ""], rows
        )
    )
    return over


def _timed(call: Callable[[], Any]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - clock, time.process_time() - processor


if __name__ == "__main__":
    sys.exit(main())
