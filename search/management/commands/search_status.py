"""`manage.py search_status`: indexes, what waits, what failed, whether the engine answers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.selectors import COMFORTABLE_PASSAGES, health, index_states


class Command(BaseCommand):
    help = "检索状态：索引、等待的变更、失败的变更、引擎"

    def handle(self, *args: Any, **options: Any) -> None:
        for index in index_states():
            self.stdout.write(
                f"{index.name}  {index.engine}  {index.get_state_display()}  分词 {index.analysis_version}"
            )
        told = health()
        for name, value in told.items():
            self.stdout.write(f"{name}: {value}")
        if told["crowded"]:
            self.stdout.write(
                f"内置检索适合 {COMFORTABLE_PASSAGES} 段以内，现在有 {told['passages']} 段：请换用 Elasticsearch，"
                "做法见 docs/operations/scale-out.md"
            )
