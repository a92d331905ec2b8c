"""Puts the demo into the site, once."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from portal.demo.loader.organisation import PASSWORD
from portal.demo.loader.run import counts, demo_load, loaded

IMMEDIATE = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
SIGN_INS = (
    ("T0001", "学员 丁小满"),
    ("M0002", "师傅 阮青禾"),
    ("M0001", "工作室负责人 柏长河"),
    ("H0001", "人力资源 邬晓岚"),
    ("U0001", "公司工会 闵长庚"),
    ("A0001", "管理员 桂以宁"),
)


class Command(BaseCommand):
    """Running it again changes nothing."""

    help = "装载演示内容（三个工作室、操作法、案例、课程）；已装载则不动。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("演示内容不装入正式环境：演示账号的密码是公开的。")
        if loaded():
            self.stdout.write("演示内容已经在站内，没有改动。")
        else:
            self._load()
        self.stdout.write(f"演示登录（密码都是 {PASSWORD}）：")
        for staff, who in SIGN_INS:
            self.stdout.write(f"  {staff}  {who}")

    def _load(self) -> None:
        self.stdout.write("正在装载演示内容……")
        start = time.monotonic()
        # Nothing waits for a worker that may not run yet, but the reading of files: it is long, and the site starts.
        with override_settings(TASKS=settings.TASKS | {"default": IMMEDIATE}):
            demo_load()
        now, seconds = counts(), time.monotonic() - start
        self.stdout.write(
            f"演示内容已装载：{now.people} 人、{now.studios} 个工作室、{now.pages} 篇知识、"
            f"{now.releases} 个发布版本、{now.courses} 门课程，用时 {seconds:.0f} 秒。"
        )
