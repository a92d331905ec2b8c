"""What browsers are told about scripts, frames and cookies."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client


def policy(client: Client, url: str) -> dict[str, str]:
    header = client.get(url).headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.django_db
def test_public_pages_allow_nothing_inline_and_nobody_else(client: Client):
    told = policy(client, "/account/login/")
    assert told["default-src"] == told["script-src"] == told["style-src"] == "'self'"
    assert told["object-src"] == "'none'"
    assert not any("unsafe" in sources or "http" in sources for sources in told.values())


@pytest.mark.django_db
def test_only_the_admin_may_run_its_widgets_own_scripts(client: Client):
    told = policy(client, "/admin/")
    assert "'unsafe-inline'" in told["script-src"]
    assert "'unsafe-eval'" not in told["script-src"]
    assert told["frame-ancestors"] == "'self'"


@pytest.mark.django_db
def test_headers_of_every_answer(client: Client):
    headers = client.get("/account/login/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "microphone=()" in headers["Permissions-Policy"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
