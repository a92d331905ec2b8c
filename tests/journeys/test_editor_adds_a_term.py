"""An editor adds a word to the dictionary; the next searches cut by it, in every web process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import DESKTOP
from tests.processes import ROOT, Site, wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.journey, pytest.mark.processes]

QUESTION = "按顺序做动作的时候怎样才算手不离阀"
MARKED = "<mark>手不离阀</mark>"
AT_ONCE = 12


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Two web processes and the drain."""
    with Site(tmp_path) as made:
        yield made


def results(site: Site) -> str:
    """The results page, over a connection of its own, so that either process may answer."""
    asked = urllib.parse.urlencode({"q": QUESTION})
    with urllib.request.urlopen(f"{site.url}/search/?{asked}", timeout=10) as answer:
        return answer.read().decode()


def test_the_next_search_cuts_by_an_editors_word_in_every_process(site: Site, browser: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.fault_work", "seed"],
        cwd=ROOT, env=site.environment, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    seeded = json.loads(done.stdout.strip().splitlines()[-1])
    site.start("--workers", "2")
    wait_until(lambda: "号堵漏法" in results(site), seconds=60, what="the methods are found")
    assert MARKED not in results(site)

    context = browser.new_context(base_url=site.url, locale="zh-CN", **DESKTOP)
    context.add_cookies([{"name": "sessionid", "value": seeded["session"], "url": site.url}])
    page = context.new_page()
    page.goto("/admin/dictionary/cut/?term=手不离阀")
    assert "40" in page.get_by_text("加入后会在后台重新切分").inner_text()
    page.get_by_role("link", name="把“手不离阀”加入词典").click()
    assert page.locator("[name=text]").input_value() == "手不离阀"
    page.get_by_role("button", name="创建").click()
    page.get_by_text("已加入词典").wait_for()

    added = time.monotonic()
    wait_until(
        lambda: all(MARKED in results(site) for _time in range(AT_ONCE)), seconds=8, what="every process cuts by it"
    )
    print(f"in every process after {time.monotonic() - added:.1f} s")

    def touched() -> bool:
        page.goto("/admin/dictionary/changes/")
        return "40 篇" in page.content()

    wait_until(touched, seconds=20, what="the pieces that contain it are cut anew")
    page.get_by_role("button", name="撤销").click()
    page.get_by_text("已撤销，几秒内").wait_for()
    wait_until(lambda: not any(MARKED in results(site) for _time in range(AT_ONCE)), seconds=8, what="it is taken back")
    context.close()
