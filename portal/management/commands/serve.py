"""`manage.py serve`: web server, task worker, search drain and clock as children of one process that end together."""

from __future__ import annotations

import io
import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from portal.serving.children import Child
from portal.serving.supervisor import CannotStart, Supervisor

# How `demo_load` begins to tell them.
SIGN_INS = "演示登录"


class Command(BaseCommand):
    """Ends with 0 after SIGTERM or Ctrl-C, with 1 where the web server cannot start."""

    help = "启动整个站点：网页、后台任务、检索同步、定时任务；一起启动，一起结束"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认 127.0.0.1）")
        parser.add_argument("--port", type=int, default=8000, help="监听端口（默认 8000）")
        parser.add_argument("--workers", type=int, default=2, help="网页进程数（默认 2）")
        parser.add_argument("--threads", type=int, default=4, help="每个网页进程的线程数（默认 4）")
        parser.add_argument("--prepare", action="store_true", help="先建立或升级数据库")
        parser.add_argument("--demo", action="store_true", help="站点为空时装载演示内容")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self._refuse_taken_port(host, port)
        self._database(prepare=options["prepare"])
        notice = self._demo() if options["demo"] else ""
        connections.close_all()

        def ready() -> None:
            self.stdout.write(f"\n{notice}\n传承已启动： http://{host}:{port}/\n按 Ctrl-C 结束。\n")
            self.stdout.flush()

        supervisor = Supervisor(
            self._web(host, port, options), self._others(), host=host, port=port, tell=self.stderr.write, ready=ready
        )
        try:
            supervisor.run()
        except CannotStart as reason:
            raise CommandError("网页服务启动不了，原因见上面的输出；改正后再运行。") from reason
        self.stdout.write("传承已停止。")

    def _refuse_taken_port(self, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as reason:
                raise CommandError(
                    f"{host}:{port} 已被别的程序占用或不可用（{reason.strerror}）。换一个端口，例如： make run PORT={port + 1}"
                ) from reason

    def _database(self, *, prepare: bool) -> None:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        if not prepare:
            raise CommandError("数据库还没有升级到当前版本，请先运行： manage.py migrate")
        self.stdout.write("正在建立或升级数据库（第一次约一分钟）……")
        self.stdout.flush()
        call_command("migrate", interactive=False, verbosity=0)

    def _demo(self) -> str:
        """Loads the demo where the site is empty; gives the sign-ins, which are shown once, at the end."""
        if "demo_load" not in get_commands():
            return ""
        told = _UntilSignIns(self.stdout)
        call_command("demo_load", stdout=told)
        return told.kept.getvalue()

    def _environment(self) -> dict[str, str]:
        return os.environ | {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, "PYTHONUNBUFFERED": "1"}

    def _child(self, name: str, *command: str) -> Child:
        return Child(
            name, [sys.executable, "-m", *command], place=Path(settings.BASE_DIR), environment=self._environment()
        )

    def _web(self, host: str, port: int, options: dict[str, Any]) -> Child:
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        return self._child(
            "网页", "gunicorn", "config.wsgi:application", "--bind", address, "--worker-class", "gthread",
            "--workers", str(options["workers"]), "--threads", str(options["threads"]), "--timeout", "60",
            "--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket",
            "--worker-tmp-dir", "/dev/shm" if os.access("/dev/shm", os.W_OK) else str(settings.VAR_DIR),  # noqa: S108
        )  # fmt: skip

    def _others(self) -> list[Child]:
        return [
            self._child("后台任务", "django", "db_worker", "--no-reload", "--queue-name", "*"),
            self._child("文件读取", "django", "files_worker"),
            self._child("检索同步", "django", "search_drain"),
            self._child("定时任务", "django", "clock"),
        ]


class _UntilSignIns:
    """Shows what a command tells, up to its sign-ins: these are kept."""

    def __init__(self, shown: Any) -> None:
        self.kept = io.StringIO()
        self._shown = shown

    def write(self, text: str) -> None:
        if self.kept.tell() or text.startswith(SIGN_INS):
            self.kept.write(text)
        else:
            self._shown.write(text, ending="")

    def flush(self) -> None:
        self._shown.flush()

    def isatty(self) -> bool:
        return False
