"""`manage.py search_insight_prune`: removes old counts of searches, joins those of a day; has suggestions know what is opened."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.insight.services import counts_prune
from search.suggest.openings import openings_take


class Command(BaseCommand):
    help = "清理 400 天以前的搜索计数，并把同一天的合并成一行，再按打开次数排输入提示（每夜由定时任务运行）"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"清理 {counts_prune()} 行；{openings_take()} 条输入提示换了名次")
