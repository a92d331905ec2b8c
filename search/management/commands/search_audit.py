"""`manage.py search_audit [--heal]`: compares index and database; ends with 1 where they differ."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.engines.contract import EngineUnavailable
from search.sync.audit import AuditReport, audit, audit_and_heal

SHOWN = 20


class Command(BaseCommand):
    help = "核对索引与数据库：缺、旧、多各有多少；--heal 把差的重新送一遍"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--heal", action="store_true", help="把有差别的重新送一遍，再核对一次")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["heal"]:
                before, report = audit_and_heal()
                if not before.clean:
                    self._tell(before, "修复前")
            else:
                report = audit()
        except EngineUnavailable as reason:
            self.stderr.write(f"检索引擎连不上：{reason}")
            raise SystemExit(2) from reason
        self._tell(report, "核对")
        if not report.clean:
            raise SystemExit(1)

    def _tell(self, report: AuditReport, head: str) -> None:
        self.stdout.write(
            f"{head} {report.index}：应有 {report.checked}，missing {len(report.missing)}，stale {len(report.stale)}，"
            f"orphaned {len(report.orphaned)}，audiences {len(report.audiences)}，suggestions {len(report.suggestions)}，"
            f"等待 {report.waiting}，失败 {report.failed}"
        )
        for word in ("missing", "stale", "orphaned", "suggestions"):
            names = getattr(report, word)
            for kind, key in names[:SHOWN]:
                self.stdout.write(f"  {word} {kind} {key}")
        for name in report.unknown_indexes:
            self.stdout.write(f"  不认识的索引 {name}（可能是中断的重建留下的，确认后可删）")
