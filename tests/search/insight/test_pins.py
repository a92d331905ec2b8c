"""Results that editors put first."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from people.errors import NotAllowed
from search.insight.errors import NothingToPin, PinTaken, TooManyPins
from search.insight.models import Pin
from search.insight.selectors import dead_pins, pinned
from search.insight.services import pin_delete, pin_save
from search.sync.drain import drain_all
from tests.factories.kb import make_method
from tests.factories.people import day

pytestmark = pytest.mark.django_db
PUBLIC = AnonymousUser()


@pytest.fixture
def page():
    return make_method(title="台账填写要点", published=True)


def names(user, text):
    return [piece.title for piece in pinned(user, text)]


def pin(editor, page, text="台账", **more):
    return pin_save(actor=editor, text=text, kind="method", key=str(page.page_key), **more)


def test_a_pinned_result_is_given_in_every_spelling_of_the_query(editor, page, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert names(PUBLIC, "台账") == []
    pin(editor, page)
    for text in ("台账", " 臺帳 ", "台帐"):
        assert names(PUBLIC, text) == ["台账填写要点"]
    assert names(PUBLIC, "台账填写") == []


def test_a_pin_ends_with_its_last_day(editor, page):
    pin(editor, page, until_date=day(0))
    assert names(PUBLIC, "台账") == ["台账填写要点"]
    Pin.objects.update(until_date=day(-1))
    assert names(PUBLIC, "台账") == []
    assert Pin.objects.get().over


def test_only_those_who_may_see_the_page_get_it(editor):
    page = make_method(title="台账内部要点", published=True, own_audience=["role:editor"])
    pin(editor, page)
    assert names(editor, "台账") == ["台账内部要点"]
    assert names(PUBLIC, "台账") == []


def test_what_cannot_be_pinned_is_refused_with_a_reason(editor, master, page):
    pin(editor, page)
    with pytest.raises(PinTaken):
        pin(editor, page, text="臺賬")
    with pytest.raises(NothingToPin):
        pin_save(actor=editor, text="台账", kind="method", key="gone")
    with pytest.raises(NothingToPin):
        pin_save(actor=editor, text=" ", kind="method", key=str(page.page_key))
    with pytest.raises(NotAllowed):
        pin(master, page, text="别的")
    with pytest.raises(NotAllowed):
        pin_delete(actor=master, pin=Pin.objects.get())
    for number in range(2):
        pin(editor, make_method(title=f"要点{number}", published=True))
    with pytest.raises(TooManyPins):
        pin(editor, make_method(title="第四篇", published=True))


def test_a_pin_whose_page_is_gone_is_dead_and_shown_to_nobody(editor, page, client):
    row = pin(editor, page)
    assert dead_pins() == set()
    page.unpublish()
    assert dead_pins() == {row.pk}
    assert names(PUBLIC, "台账") == []
    client.force_login(editor)
    assert "失效：内容已删除或未公开" in client.get(reverse("pins:index")).content.decode()


def test_an_editor_picks_a_result_changes_its_day_and_takes_it_back(editor, page, engine, client):
    drain_all(engine)
    client.force_login(editor)
    shown = client.get(reverse("pins:add"), {"text": "表格", "find": "台账"}).content.decode()
    assert "推荐这一篇" in shown
    key = str(page.page_key)
    told = client.post(reverse("pins:add"), {"text": "表格", "result": f"method:{key}"}, follow=True)
    assert "会排在最前" in told.content.decode()
    row = Pin.objects.get()
    assert (row.text, row.title, row.created_by) == ("表格", "台账填写要点", editor)
    client.post(reverse("pins:edit", args=[row.pk]), {"until_date": "2030-01-01", "note": "检查季"})
    assert Pin.objects.get().note == "检查季"
    for data in ({"until_date": "昨天"}, {"text": "表格", "result": "method:gone"}):
        assert Pin.objects.count() == 1
        client.post(reverse("pins:add"), data)
    assert "要取消这条推荐吗" in client.get(reverse("pins:delete", args=[row.pk])).content.decode()
    client.post(reverse("pins:delete", args=[row.pk]))
    assert not Pin.objects.exists()
    assert client.get(reverse("pins:add")).status_code == 200
