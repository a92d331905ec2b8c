"""`learning_recompute`: progress computed again from the learning events."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.tracking.recompute import recompute


class Command(BaseCommand):
    help = "从学习事件重新计算进度。加 --check 只比较、不改写，有出入则以错误结束。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只比较，不改写")
        parser.add_argument("--enrolment", type=int, help="只算这一条学习记录")

    def handle(self, *args: Any, **options: Any) -> None:
        report = recompute(write=not options["check"], enrolment_id=options["enrolment"])
        self.stdout.write(
            f"学习记录 {report.enrolments} 条，事件 {report.events} 条，与事件不符 {len(report.differing)} 条"
        )
        if report.differing and options["check"]:
            raise CommandError("进度与事件不符的学习记录：" + "、".join(map(str, report.differing[:20])))
