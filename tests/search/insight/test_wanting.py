"""A reader hands on what he did not find, with one tap, without his name, and can take it back."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search.insight import wanting
from search.insight.models import AskedCount
from search.insight.selectors import asked_rows
from search.insight.services import asked_record, counts_prune, flush
from search.insight.wanting import MOST_A_DAY, wanted_token
from search.sync.drain import drain_all
from tests.factories.kb import make_method
from tests.factories.people import UserFactory, day
from tests.factories.studios import make_studio
from tests.texts import sentences

pytestmark = pytest.mark.django_db
WANTED = "/search/wanted/"


@pytest.fixture
def reader(client, engine):
    cache.clear()
    make_method(title="带压堵漏操作法", studio=make_studio())
    drain_all(engine)
    person = UserFactory()
    client.force_login(person)
    return person


def shown(client, q: str = "龙门吊抱闸", **more) -> str:
    return sentences(unescape(client.get("/search/", {"q": q, **more}).content.decode()))


def hand_on(client, q: str = "龙门吊抱闸", **more):
    return client.post(WANTED, {"token": wanted_token(q), "q": q, **more}, follow=True)


def counted(text: str = "龙门吊抱闸") -> int:
    return sum(AskedCount.objects.filter(text=text).values_list("wanted", flat=True))


def rows(user, **more):
    return {row["text"]: row["wanted"] for row in asked_rows(user=user, since=day(-30), none_only=True, **more)}


def test_one_tap_hands_it_on_and_says_thanks_and_another_takes_it_back(client, reader):
    body = shown(client)
    assert "请师傅写一篇" in body and "看不到是谁" in body
    token = re.search(r'name="token" value="([^"]+)"', body).group(1)
    answer = client.post(WANTED, {"token": token, "q": "龙门吊抱闸"})
    assert answer["Location"] == "/search/?q=%E9%BE%99%E9%97%A8%E5%90%8A%E6%8A%B1%E9%97%B8#wanted"
    assert counted() == 1
    body = shown(client)
    assert "谢谢，已转告师傅和编辑。" in body and "撤回" in body
    hand_on(client, undo="1")
    assert counted() == 0 and not AskedCount.objects.filter(count=0).exists()
    assert "谢谢，已转告" not in shown(client)


def test_it_is_offered_below_what_is_only_near(client, reader):
    body = shown(client, "堵漏抱闸")
    assert "没有内容原样写着“堵漏抱闸”" in body and "带压" in body
    assert body.index("意思相近的内容") < body.index("看不到是谁")
    assert "请师傅写一篇" not in shown(client, "堵漏")


def test_the_same_person_counts_once_a_day_in_any_spelling(client, reader):
    for text in ("龙门吊抱闸", "龍門吊抱閘", " 龙门吊抱闸 "):
        hand_on(client, text)
    assert counted() == 1
    other = Client()
    other.force_login(UserFactory())
    hand_on(other)
    assert counted() == 2


def test_nothing_of_him_is_stored(client, reader):
    hand_on(client)
    assert "龙门" not in str(dict(client.session.items()))
    said = client.cookies["wanted"]
    assert said["httponly"] and said["samesite"] == "Lax" and said["path"] == "/search/"
    held = signing.loads(said.value, salt=f"{wanting.SALT}:{reader.pk}")
    assert list(held.values()) == [timezone.localdate().isoformat()] and "龙门吊抱闸" not in held


def test_who_signs_in_at_the_same_browser_next_starts_anew(client, reader):
    hand_on(client)
    client.force_login(UserFactory())
    assert "谢谢，已转告" not in shown(client)
    hand_on(client, undo="1")
    assert counted() == 1


def test_a_day_has_its_limit_with_and_without_the_cookie(client, reader):
    for number in range(MOST_A_DAY + 1):
        answer = hand_on(client, f"没有的词{number}")
    assert "今天已经转告了 10 条" in unescape(answer.content.decode())
    assert AskedCount.objects.filter(wanted=1).count() == MOST_A_DAY
    for number in range(MOST_A_DAY * 2):
        client.cookies.pop("wanted", None)
        hand_on(client, f"另外的词{number}")
    assert AskedCount.objects.filter(wanted=1).count() == MOST_A_DAY * 2


def test_only_who_is_signed_in_hands_on(client, engine):
    body = shown(client)
    assert "登录后，一点就能把" in body and WANTED not in body
    assert 'href="/account/login/?next=%2Fsearch%2F%3Fq' in body
    answer = client.post(WANTED, {"token": wanted_token("龙门吊抱闸"), "q": "龙门吊抱闸"})
    assert answer["Location"].startswith("/account/login/?next=/search/%3Fq")
    assert counted() == 0


def test_it_takes_the_forms_own_token_against_forgery(reader):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    assert strict.post(WANTED, {"token": wanted_token("龙门吊抱闸")}).status_code == 403


# Named: a signed token says its second, and two processes must collect the same tests.
TOKENS = ["", "x", "x" * 5000, signing.dumps("龙门吊抱闸", salt="other"), "\x00"]


@pytest.mark.parametrize("token", TOKENS, ids=["none", "no token", "long", "another's", "no text"])
def test_a_token_that_is_not_ours_is_refused_in_words(client, reader, token):
    for more in ({}, {"undo": "1"}):
        answer = client.post(WANTED, {"token": token, "q": "龙门吊抱闸", **more}, follow=True)
        assert "这句话过时了" in unescape(answer.content.decode())
    assert not AskedCount.objects.filter(wanted__gt=0).exists()


def test_what_was_found_or_filtered_or_is_private_is_not_handed_on(client, reader):
    for asked in (
        {"q": "堵漏"}, {"q": "堵楼"}, {"q": "龙门吊抱闸", "kind": "method"}, {"q": "-木塞"}, {"q": "13800001234"}, {"q": "字" * 61},
    ):  # fmt: skip
        assert "请师傅写一篇" not in shown(client, **asked), asked


def test_masters_see_it_at_once_and_first(client, reader, master):
    for _number in range(5):
        asked_record(text="搜得更多的词", total=0)
    asked_record(text="赵一鸣", total=0)
    flush()
    hand_on(client)
    assert list(rows(master).items()) == [("龙门吊抱闸", 1), ("搜得更多的词", 0)]
    often = asked_rows(user=master, since=day(-30), none_only=False)
    assert [row["text"] for row in often] == ["搜得更多的词"]
    client.force_login(make_studio().memberships.get().person)
    body = unescape(client.get(reverse("search_insight")).content.decode())
    assert "请师傅写的次数" in body and "龙门吊抱闸" in body
    assert client.get(reverse("search_insight"), {"export": "xlsx"}).status_code == 200


def test_the_night_keeps_the_sum_and_what_was_joined_can_be_taken_back(client, reader):
    other = Client()
    other.force_login(UserFactory())
    hand_on(client)
    hand_on(other)
    asked_record(text="龙门吊抱闸", total=0)
    flush()
    counts_prune()
    row = AskedCount.objects.get(text="龙门吊抱闸")
    assert row.wanted == 2 and row.count >= 1
    hand_on(other, undo="1")
    assert counted() == 1


def test_a_memory_of_another_day_counts_anew_and_nonsense_is_no_day(reader):
    token, name = wanted_token("龙门吊抱闸"), wanting.wanted_name("龙门吊抱闸")
    yesterday = (timezone.localdate() - dt.timedelta(days=1)).isoformat()
    _text, kept = wanting.question_want(actor=reader, token=token, before={name: yesterday})
    assert kept == {name: timezone.localdate().isoformat()} and counted() == 1
    wanting.question_unwant(token=token, before={name: "someday"})
    assert counted() == 1
