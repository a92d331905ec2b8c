"""Wide tables of the admin scroll inside themselves on a phone, so that nothing of the page itself is out of reach."""

from __future__ import annotations

from typing import Any

import pytest

from kb.files.reading.services import file_read
from people.models import Role
from search.dictionary.models import TermChange, TermKind
from search.dictionary.services import term_save
from tests.factories.documents import pdf_bytes
from tests.factories.kb import make_file
from tests.factories.people import UserFactory, grant
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SHAPES = """tables => tables.filter(table => table.offsetParent).map(table => {
  const region = table.closest('[role=region]');
  return [region?.ariaLabel, region?.tabIndex, region ? Math.round(region.getBoundingClientRect().right) <= innerWidth : false];
})"""


def test_they_scroll_inside_a_region_with_a_name(phone_page: Any, live_server: Any, axe: Any) -> None:
    chief = UserFactory(is_superuser=True)
    grant(chief, Role.ADMINISTRATOR)
    term_save(actor=chief, text="带压堵漏", meaning="不停车堵漏、在线堵漏", kind=TermKind.SYNONYMS)
    file_read(file_id=make_file(name="a.pdf", content=pdf_bytes(["<p>缠两层麻丝。</p>"])).pk)
    assert TermChange.objects.exists()
    sign_in(phone_page, chief)
    for address, name in (
        ("/admin/dictionary/", "检索词典"),
        ("/admin/dictionary/changes/", "变更记录与撤销"),
        ("/admin/files-unread/?state=read", "文件读取情况"),
        ("/admin/search-state/", "索引"),
    ):
        phone_page.goto(address)
        shapes = phone_page.locator("table.listing").evaluate_all(SHAPES)
        assert shapes[0] == [name, 0, True], address
        assert phone_page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        axe(phone_page)


def test_the_list_of_files_sets_no_name_a_letter_a_line(phone_page: Any, live_server: Any, axe: Any) -> None:
    chief = UserFactory(is_superuser=True)
    grant(chief, Role.ADMINISTRATOR)
    make_file(name="guide-to-stopping-leaks-under-pressure.pdf", content=pdf_bytes(["<p>缠两层麻丝。</p>"]))
    sign_in(phone_page, chief)
    phone_page.goto("/admin/documents/")
    widths = phone_page.locator("tbody td.title, tbody td.wrap-anywhere").evaluate_all(
        "cells => cells.map(cell => cell.offsetWidth)"
    )
    assert len(widths) == 2
    assert min(widths) >= 140
    assert phone_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(phone_page)
