"""`manage.py clock`: scheduled publishing, roles of the day, the night's tidying."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.serving.clock import JOBS, job_run, run


class Command(BaseCommand):
    """Ends with 1 where `--once` met a job that failed."""

    help = "定时任务：每分钟按时发布，每天更新角色，夜里清理并核对索引（常驻；--once 全部做一遍）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="全部做一遍就结束")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            failed = [job.command for job in JOBS if not job_run(job)]
            if failed:
                self.stderr.write(f"失败：{'、'.join(failed)}")
                raise SystemExit(1)
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        run(stop)
