"""Writes anew which pages show which pictures."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from studios.pictures.services import picture_uses_refresh_all


class Command(BaseCommand):
    """Heals whatever a path past the signals left behind; running it again does no harm."""

    help = "重新登记全部图片用在哪些页面（决定谁能看到图片）。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{picture_uses_refresh_all()} uses changed")
