"""What is pinned on the results page, and what the page tells of what is counted."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from search.analysis import dictionary
from search.dictionary import live
from search.dictionary.services import term_save
from search.insight.models import AskedCount, OpenedCount
from search.insight.services import flush, pin_save
from search.query import search
from search.sync.drain import drain_all
from tests.factories.kb import make_case, make_method
from tests.factories.people import TradeFactory
from tests.texts import sentences

pytestmark = pytest.mark.django_db
PUBLIC = AnonymousUser()


@pytest.fixture
def pages(engine):
    found = [make_method(title=f"第{number}号堵漏法", published=True) for number in range(12)]
    drain_all(engine)
    return found


def pin(editor, page, text="堵漏"):
    pin_save(actor=editor, text=text, kind=page.search_kind, key=str(page.page_key))


def keys(results):
    return [hit.key for hit in results.hits]


def test_a_pinned_result_stands_first_once_and_the_total_stays(editor, pages):
    before = search(user=PUBLIC, text="堵漏", per_page=5)
    last = search(user=PUBLIC, text="堵漏", per_page=5, page=3).hits[-1]
    pinned = next(page for page in pages if str(page.page_key) == last.key)
    pin(editor, pinned)
    first = search(user=PUBLIC, text="堵漏", per_page=5)
    assert (first.hits[0].key, first.hits[0].pinned, first.hits[0].exact) == (last.key, True, True)
    assert first.total == before.total == 12
    every = [key for page in (1, 2, 3) for key in keys(search(user=PUBLIC, text="堵漏", per_page=5, page=page))]
    assert sorted(every) == sorted(str(page.page_key) for page in pages)
    assert not any(hit.pinned for hit in search(user=PUBLIC, text="堵漏", per_page=20, sort="date").hits)


def test_a_pinned_result_that_has_not_the_words_is_shown_and_not_counted(editor, pages, engine):
    other = make_case(title="夹具选型一览", published=True)
    drain_all(engine)
    pin(editor, other)
    found = search(user=PUBLIC, text="堵漏")
    assert (found.hits[0].key, found.hits[0].exact, found.total) == (str(other.page_key), False, 12)
    assert str(other.page_key) not in keys(search(user=PUBLIC, text="堵漏", kind="method"))
    assert keys(search(user=PUBLIC, text="堵漏", kind="case")) == [str(other.page_key)]


def test_a_pinned_result_is_seen_by_those_alone_who_may_see_the_page(editor, pages, engine):
    shut = make_method(title="内部夹具", published=True, own_audience=["role:editor"])
    drain_all(engine)
    pin(editor, shut)
    assert search(user=editor, text="堵漏").hits[0].key == str(shut.page_key)
    assert str(shut.page_key) not in keys(search(user=PUBLIC, text="堵漏", per_page=20))


def test_the_page_names_the_recommendation_and_counts_asking_and_opening(editor, pages, client):
    pin(editor, pages[3])
    answer = client.get(reverse("search:results"), {"q": "堵漏"})
    told = answer.content.decode()
    assert "编辑推荐" in told
    assert "不记是谁" in told
    row = answer.context["pinned"][0]
    assert row["opened"] in told
    assert client.post(reverse("search:opened"), {"token": row["opened"]}).status_code == 204
    client.get(reverse("search:results"), {"q": "堵漏", "page": "2"})
    client.get(reverse("search:results"), {"q": "不存在的词儿", "kind": "case"})
    flush()
    assert set(AskedCount.objects.values_list("text", "count", "none", "total")) == {
        ("堵漏", 1, 0, 12),
        ("不存在的词儿", 1, 0, 0),
    }
    assert OpenedCount.objects.get().key == str(pages[3].page_key)


def test_what_is_found_by_a_synonym_stands_below_and_says_so(editor, engine, client):
    before = dictionary.current()
    make_method(title="桥式起重机点检法", published=True)
    trade = TradeFactory(name="起重工")
    term_save(actor=editor, kind="synonyms", text="天车", meaning="桥式起重机", trade=trade)
    try:
        live.follow()
        drain_all(engine)
        answer = client.get(reverse("search:results"), {"q": "天车"})
        assert answer.context["found"].total == 0
        assert [row["hit"].title.text for row in answer.context["beyond"]] == ["桥式起重机点检法"]
        told = sentences(answer.content.decode())
        assert "同义词：“天车”在这里写作“桥式起重机”" in told
        assert "（起重工）" in told
        make_method(title="堵漏胶棒用法", published=True)
        term_save(actor=editor, kind="abbreviation", text="快堵", meaning="堵漏胶棒")
        live.follow()
        drain_all(engine)
        beyond = client.get(reverse("search:results"), {"q": "快堵"}).context["beyond"]
        assert [row["hit"].title.text for row in beyond] == ["堵漏胶棒用法"]
        assert client.get(reverse("search:results"), {"q": "堵漏胶棒"}).context["found"].total == 1
    finally:
        dictionary.use(before)
