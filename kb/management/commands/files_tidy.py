"""`manage.py files_tidy`: the night's tidying of what reading leaves behind."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from kb.files.reading.films import films_ensure
from kb.files.reading.sandbox import places_sweep
from kb.files.reading.upkeep import database_queue_is_used


class Command(BaseCommand):
    """Directories of workers that were killed, rows of tasks long done; films of pages saved before they were noted."""

    help = "清理读取文件留下的临时目录和旧任务记录（每夜由定时任务运行）"

    def handle(self, *args: Any, **options: Any) -> None:
        swept = places_sweep()
        films_ensure()
        if database_queue_is_used():
            call_command("prune_db_task_results", "--backend", "files", "--queue-name", "*", verbosity=0)
        if swept:
            self.stdout.write(f"清理了 {swept} 个临时目录。")
