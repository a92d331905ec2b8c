"""The address that the box asks."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from search.sync.drain import drain_all
from tests.factories.kb import make_method
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/search/suggest/"


@pytest.fixture
def method(engine):
    page = make_method(title="<b>带压</b>堵漏操作法", authors_text="郑大<i>")
    drain_all(engine)
    return page


def test_answers_rows_with_kind_label_address_and_marks(client, method):
    answer = client.get(ADDRESS, {"q": "dulou"})
    row = answer.json()["rows"][0]
    assert (row["kind"], row["label"], row["url"]) == ("操作法", "<b>带压</b>堵漏操作法", method.get_url())
    start, end = row["marks"][0]
    assert row["label"][start:end] == "堵漏"
    assert answer["Content-Type"] == "application/json"


def test_a_name_leads_to_a_search_for_it(client, method):
    row = client.get(ADDRESS, {"q": "zhengda"}).json()["rows"][0]
    assert row["url"] == f"/search/?q={quote('郑大<i>')}"


def test_is_for_this_reader_alone(client, method):
    make_method(title="内部的操作法", own_audience=["signed-in"])
    answer = client.get(ADDRESS, {"q": "neibu"})
    assert answer.json() == {"rows": []}
    assert "private" in answer["Cache-Control"] and "Cookie" in answer["Vary"]
    client.force_login(UserFactory())
    drain_all()
    assert [row["label"] for row in client.get(ADDRESS, {"q": "neibu"}).json()["rows"]] == ["内部的操作法"]


def test_hostile_questions_are_answered(client, method):
    for asked in (
        "'",
        '"; DROP TABLE',
        "%",
        "_",
        "\\",
        "a" * 10_000,
        "\x00",
        "\udcff".encode("utf-8", "replace"),
        "😀",
        "操" * 300,
    ):
        assert client.get(ADDRESS, {"q": asked}).status_code == 200
    assert client.get(ADDRESS).json() == {"rows": []}
    assert client.post(ADDRESS).status_code == 405
