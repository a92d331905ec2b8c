"""A report of an error shows no password, also not one that stands inside an address."""

from __future__ import annotations

import secrets
import sys

from django.test import RequestFactory, override_settings
from django.views.debug import ExceptionReporter

from config.reports import without_passwords

WORD = secrets.token_hex(12)


def fails(address: str) -> None:
    raise ValueError("no")


def report(rf: RequestFactory) -> str:
    with override_settings(
        DEBUG=True,
        SEARCH_URL=f"https://user:{WORD}@es:9200, https://user:{WORD}@es2:9200",
        CACHES={"default": {"BACKEND": "x", "LOCATION": [f"redis://:{WORD}@redis:6379/0"]}},
        SEARCH_API_KEY=WORD,
    ):
        try:
            fails(f"https://user:{WORD}@es:9200")
        except ValueError:
            reporter = ExceptionReporter(rf.get("/"), *sys.exc_info())
            return reporter.get_traceback_html() + reporter.get_traceback_text()
    raise AssertionError("nothing was raised")


def test_neither_settings_nor_variables_show_a_password(rf: RequestFactory):
    told = report(rf)
    assert "https://***@es2:9200" in told
    assert WORD not in told


def test_an_address_without_a_password_stays_as_it_is():
    assert without_passwords("https://a.cn/@b see x@y.cn") == "https://a.cn/@b see x@y.cn"
