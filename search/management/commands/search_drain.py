"""`manage.py search_drain`: sends search changes to the engine, for as long as it runs."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.engines import get_engine
from search.engines.contract import EngineUnavailable
from search.sync.drain import drain_all
from search.sync.indexes import indexes_ensure
from search.sync.loop import DrainLoop


class Command(BaseCommand):
    help = "把检索变更送进索引（常驻进程；--once 送完就结束）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="送完现有变更就结束")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self._once()
            return
        stop = threading.Event()
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, lambda *_: stop.set())
        DrainLoop(stop).run()

    def _once(self) -> None:
        try:
            engine = get_engine()
            indexes_ensure(engine)
            report = drain_all(engine)
        except EngineUnavailable as reason:
            self.stderr.write(f"检索引擎连不上，变更留着等它回来：{reason}")
            raise SystemExit(2) from reason
        self.stdout.write(f"送出 {report.sent}，移除 {report.removed}，失败 {report.failed}")
