"""`manage.py files_worker`: reads uploaded files in the background."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """The worker of the task backend `files`, under a name of its own among the processes."""

    help = "读取上传的文件（常驻）：取出文字、画出每页，供搜索和在线查看"

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("db_worker", "--no-reload", "--backend", "files", "--queue-name", "*")
