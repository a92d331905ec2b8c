"""Searches and openings are counted without a person, cheaply, and forgotten in time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from search.insight import buffer, services
from search.insight.models import AskedCount, OpenedCount
from search.insight.selectors import asked_rows, opened_rows, own_trade
from search.insight.services import asked_record, counts_prune, flush, opened_token
from search.sync.drain import drain_all
from tests.factories.kb import make_method
from tests.factories.people import TradeFactory, UnitFactory, UserFactory, day, posting
from tests.factories.studios import make_studio

pytestmark = pytest.mark.django_db


def since():
    return day(-30)


def test_counting_a_search_asks_the_database_nothing_until_it_is_written_down(django_assert_num_queries):
    with django_assert_num_queries(0):
        asked_record(text="快堵靈", total=0)
        asked_record(text="快堵灵", total=0, filtered=True)
        asked_record(text="138 0000 1234", total=0)
    assert flush() == 2
    row = AskedCount.objects.get()
    assert (row.text, row.count, row.none, row.trade) == ("快堵灵", 2, 1, None)
    assert flush() == 0


def test_no_row_has_anything_of_a_person(master):
    names = {field.name for model in (AskedCount, OpenedCount) for field in model._meta.get_fields()}
    assert names == {"id", "date", "text", "trade", "count", "none", "total", "wanted", "kind", "key", "studio", "rank"}


def test_a_trade_is_counted_only_where_five_people_have_it():
    unit, large, small = UnitFactory(), TradeFactory(), TradeFactory()
    people = [UserFactory() for _number in range(5)]
    for person in people:
        posting(person, unit, trade=large)
    loner = UserFactory()
    posting(loner, unit, trade=small)
    for person in (people[0], loner):
        asked_record(text="快堵灵", total=0, user=person)
    flush()
    assert set(AskedCount.objects.values_list("trade", flat=True)) == {large.pk, None}
    assert own_trade(people[0]) == large


def test_what_cannot_be_written_waits(monkeypatch):
    asked_record(text="快堵灵", total=0)
    asked_record(text="粘补胶", total=1)

    def busy(_events):
        raise DatabaseError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(services, "_asked_write", busy)
        assert flush() == 0
    assert flush() == 2
    assert [row.text for row in AskedCount.objects.order_by("pk")] == ["快堵灵", "粘补胶"]


def test_a_process_that_cannot_write_for_long_forgets_the_oldest():
    for number in range(buffer.MOST + 10):
        asked_record(text=f"词{number}", total=0)
    events = buffer.take()
    assert len(events) == buffer.MOST
    assert events[0].text == "词10"


def test_masters_see_what_was_asked_often_enough_and_editors_every_gap(master, editor):
    for text, times in (("赵一鸣", 1), ("快堵灵", 3), ("安全阀", 3)):
        for _number in range(times):
            asked_record(text=text, total=0 if text != "安全阀" else 4)
    flush()
    AskedCount.objects.create(date=day(-1), text="粘补胶", count=1, none=1)
    AskedCount.objects.create(date=day(0), text="粘补胶", count=1, none=1)

    def texts(user, **more):
        return {row["text"] for row in asked_rows(user=user, since=since(), **more)}

    assert texts(master, none_only=True) == {"快堵灵", "粘补胶"}
    assert texts(editor, none_only=True) == {"快堵灵", "粘补胶", "赵一鸣"}
    assert texts(editor, none_only=False) == {"快堵灵", "粘补胶", "安全阀"}
    assert texts(editor, none_only=True, text="快堵靈") == {"快堵灵"}
    assert texts(editor, none_only=True, trade=1) == set()
    assert [row["text"] for row in asked_rows(user=editor, since=since(), none_only=True)][0] == "快堵灵"


def opened(page, text="堵漏", rank=2, studio=None):
    return opened_token(text=text, kind="method", key=str(page.page_key), studio=studio, rank=rank)


def test_an_opening_is_counted_once_a_token_and_only_with_one_of_ours(client):
    page = make_method(title="木塞堵漏法", published=True)
    address = reverse("search:opened")
    token = opened(page)
    assert client.post(address, {"token": token}).status_code == 204
    assert client.post(address, {"token": token}).status_code == 204
    for bad in ("", token[:-1] + "x", "x" * 700):
        assert client.post(address, {"token": bad}).status_code == 400
    unknown = opened_token(text="堵漏", kind="nothing", key="1", studio=None, rank=1)
    assert client.post(address, {"token": unknown}).status_code == 400
    assert client.get(address).status_code == 405
    assert flush() == 1
    assert OpenedCount.objects.get().rank == 2
    assert opened_token(text="13800001234", kind="method", key="1", studio=None, rank=1) == ""


def test_too_many_openings_from_one_address_are_refused(client, monkeypatch):
    monkeypatch.setattr("search.insight.views.MOST_A_MINUTE", 1)
    assert client.post(reverse("search:opened")).status_code == 400
    assert client.post(reverse("search:opened")).status_code == 429


def test_a_master_sees_the_openings_of_his_studio_and_nobody_what_he_may_not_see(editor, engine):
    studio = make_studio()
    own = make_method(title="木塞堵漏法", published=True, studio=studio)
    other = make_method(title="别处的做法", published=True)
    shut = make_method(title="不公开的做法", published=True, own_audience=["role:auditor"])
    drain_all(engine)
    for page, rank, place in ((own, 1, studio.pk), (own, 4, studio.pk), (other, 1, 99_999), (shut, 1, 99_999)):
        services.opened_record(token=opened(page, rank=rank, studio=place))
    for _number in range(3):
        asked_record(text="堵漏", total=3)
    flush()
    head = studio.memberships.get().person
    assert [(row.title, row.times, row.rank, row.queries) for row in opened_rows(user=head, since=since())] == [
        ("木塞堵漏法", 2, 2.5, ("堵漏",))
    ]
    assert {row.title for row in opened_rows(user=editor, since=since())} == {"木塞堵漏法", "别处的做法"}
    assert opened_rows(user=editor, since=since(), text="没有") == []


def test_a_rare_query_does_not_show_beside_what_it_opened(editor):
    page = make_method(title="木塞堵漏法", published=True)
    services.opened_record(token=opened(page, text="赵一鸣"))
    flush()
    assert opened_rows(user=editor, since=since())[0].queries == ()


def test_old_counts_go_and_those_of_a_day_become_one_row(capsys):
    today = timezone.localdate()
    old = today - dt.timedelta(days=401)
    trade = TradeFactory()
    AskedCount.objects.create(date=old, text="旧", count=1)
    for total in (3, 5):
        AskedCount.objects.create(date=today, text="新", count=2, none=1, total=total)
        AskedCount.objects.create(date=today, text="新", count=1, trade=trade)
        OpenedCount.objects.create(date=today, text="新", kind="method", key="a", rank=1, count=2)
    OpenedCount.objects.create(date=today, text="新", kind="method", key="a", rank=2, count=1)
    assert counts_prune() == 4
    assert set(AskedCount.objects.values_list("text", "trade", "count", "none", "total")) == {
        ("新", None, 4, 2, 5),
        ("新", trade.pk, 2, 0, 0),
    }
    assert set(OpenedCount.objects.values_list("rank", "count")) == {(1, 4), (2, 1)}
    call_command("search_insight_prune")
    assert "清理 0 行" in capsys.readouterr().out
