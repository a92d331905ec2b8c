"""`manage.py search_rebuild`: builds a second index beside the one that is read, then changes over."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.engines import get_engine
from search.models import IndexState, SearchIndex
from search.sync.drain import drain_once
from search.sync.indexes import indexes_ensure, rebuild_finish, rebuild_start, unsent_count
from search.sync.leader import Leadership


class Command(BaseCommand):
    help = "重建索引：新旧索引同时保持最新，建完再切换；中断后再运行会接着建"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-wait", action="store_true", help="只开始，由常驻的 search_drain 建完并切换")

    def handle(self, *args: Any, **options: Any) -> None:
        engine = get_engine()
        indexes_ensure(engine)
        index = rebuild_start(engine)
        self.stdout.write(f"正在建 {index.name}，待送 {unsent_count(index)}")
        if options["no_wait"]:
            return
        leadership = Leadership()
        told = time.monotonic()
        # Another one is begun where a node took the only copy with it.
        while building := SearchIndex.objects.filter(engine=engine.name, state=IndexState.BUILDING).first():
            index = building
            # Where a drain runs already it does the work; we look on, and take over if it ends.
            if not leadership.take():
                time.sleep(0.5)
            elif drain_once(engine=engine).idle and rebuild_finish(engine) is None:
                time.sleep(0.2)
            if time.monotonic() - told > 5:
                told = time.monotonic()
                self.stdout.write(f"还剩 {unsent_count(index)}")
        leadership.leave()
        self.stdout.write(f"已切换到 {index.name}")
