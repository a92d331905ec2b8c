"""Only scaled pictures are served without asking who asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def stored() -> Path:
    root = Path(settings.MEDIA_ROOT)
    for name in ("images/valve.abc123.webp", "documents/secret.pdf", "original_images/valve.jpg"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"content")
    return root


@pytest.mark.django_db
def test_a_rendition_is_served_and_kept_by_browsers(client: Client, stored: Path):
    answer = client.get("/media/images/valve.abc123.webp")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "documents/secret.pdf",
        "original_images/valve.jpg",
        "images/../documents/secret.pdf",
        "images//../documents/secret.pdf",
        "",
    ],
)
def test_files_and_originals_never_go_this_way(client: Client, stored: Path, path: str):
    assert client.get(f"/media/{path}").status_code == 404
