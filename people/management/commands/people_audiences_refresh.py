"""Writes the stored audience of every page from where it is set."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from people.audience import page_audiences_refresh_all


class Command(BaseCommand):
    """Heals whatever a path past the signals left behind; running it again does no harm."""

    help = "重新计算全部页面的可见范围。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{page_audiences_refresh_all()} pages changed")
