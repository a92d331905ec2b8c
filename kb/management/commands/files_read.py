"""`manage.py files_read`: has files read, again or for the first time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kb.files.reading.upkeep import files_request, readings_due, readings_now


class Command(BaseCommand):
    """Without an option: files that were never asked for. The worker does the reading unless `--now` is given."""

    help = "安排读取文件：默认只安排还没读过的；--all 全部重读；--failed 重读没读出的；--due 补上中断的（定时任务用）"

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="全部重新读取")
        which.add_argument("--failed", action="store_true", help="没有读出或只读出一部分的重新读取")
        which.add_argument("--due", action="store_true", help="到时间重试的、读到一半中断的重新排队")
        parser.add_argument("--now", action="store_true", help="不经后台任务，就在这里读完")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["due"]:
            count = readings_due()
        else:
            count = files_request(which="all" if options["all"] else "failed" if options["failed"] else "new")
        if count or not options["due"]:
            self.stdout.write(f"已安排读取：{count} 个文件。")
        if options["now"]:
            for reading in readings_now():
                self.stdout.write(f"{reading.file.title}：{reading.get_state_display()} {reading.reason}".rstrip())
