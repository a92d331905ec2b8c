"""Writes the promised schema of the API anew: `python -m tests.search.openapi`, when the contract is meant to change."""

from __future__ import annotations

import json
import os
from pathlib import Path

import django

SNAPSHOT = Path(__file__).with_name("openapi.json")


def main() -> None:
    """Writes `openapi.json` beside this file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from config.api import api

    text = json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1)
    SNAPSHOT.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
