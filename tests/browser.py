"""A real browser for journeys: pages of a phone and of a desktop, no foreign request, accessibility by axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
]  # fmt: skip
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the session."""
    if not os.path.exists(CHROMIUM):
        pytest.skip("chromium is missing: apt-get install -y chromium fonts-noto-cjk")
    # Playwright's synchronous interface runs an event loop in this thread; Django would refuse the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`open_page(kind="phone"|"desktop", **context options)` → a page whose base address is the live server.

    The test fails where a page asks another host, raises a script error or breaks the content security policy.
    """
    contexts: list[Any] = []
    wrong: list[str] = []
    ours = urlsplit(live_server.url).netloc

    def watch(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != ours:
            wrong.append(f"request to a foreign host: {request.url}")

    def listen(message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            wrong.append(message.text)

    def new_page(kind: str = "desktop", **options: Any) -> Any:
        shape = PHONE if kind == "phone" else DESKTOP
        context = browser.new_context(
            base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", **shape, **options
        )
        context.set_default_timeout(60_000)
        context.on("request", watch)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.on("console", listen)
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def phone_page(open_page: Callable[..., Any]) -> Any:
    """A page of 390 × 844 with touch."""
    return open_page("phone")


@pytest.fixture
def desktop_page(open_page: Callable[..., Any]) -> Any:
    """A page of 1280 × 900."""
    return open_page("desktop")


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)`: fails on serious and critical violations of WCAG 2.2 A and AA."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}

    def check(page: Any) -> None:
        found = Axe().run(page, options=options).response["violations"]
        heavy = [
            f"{item['impact']}: {item['id']}: {item['help']}: {node['html'][:200]}"
            for item in found
            if item["impact"] in {"serious", "critical"}
            for node in item["nodes"]
        ]
        assert not heavy, f"{page.url}\n" + "\n".join(heavy)

    return check
