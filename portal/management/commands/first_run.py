"""`manage.py first_run`: an empty site with its first administrator, no demo content."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.errors import Refusal
from portal.first_run import site_set_up

QUESTIONS = {
    "staff_number": "管理员工号",
    "name": "管理员姓名",
    "company_code": "公司代码（例如 C01）",
    "company": "公司名称",
}


class Command(BaseCommand):
    """Asks for what was not given; without a terminal everything must be given."""

    help = "初始化空站点：建立数据库、公司、第一位管理员（不装演示内容）"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        for name, label in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help=label)

    def handle(self, *args: Any, **options: Any) -> None:
        answers = {name: options[name] or self._ask(name) for name in QUESTIONS}
        self.stdout.write("正在建立或升级数据库（第一次约一分钟）……")
        self.stdout.flush()
        call_command("migrate", interactive=False, verbosity=0)
        try:
            made = site_set_up(**answers)
        except Refusal as reason:
            raise CommandError(str(reason.message)) from reason
        except ValidationError as reason:
            raise CommandError("；".join(reason.messages)) from reason
        self.stdout.write(
            f"\n站点已就绪。管理员工号： {made.administrator.username}\n一次性密码： {made.code}（只显示这一次）\n"
            f"启动： .venv/bin/python manage.py serve\n"
            f"然后打开 {settings.WAGTAILADMIN_BASE_URL} ，登录页选“用一次性密码”，设置自己的密码。"
        )

    def _ask(self, name: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"没有终端可以提问，请用参数写明： --{name.replace('_', '-')} （{QUESTIONS[name]}）")
        while not (given := input(f"{QUESTIONS[name]}： ").strip()):
            pass
        return given
