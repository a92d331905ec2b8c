"""WCAG 3.1.2: words of content say their language, words of the interface speak the reader's.

Content of these pages is Chinese and the interface English, so that one look at a text tells which of them it is.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from kb.files.reading.services import file_read
from search.services import drain_once
from search.suggest.services import owner_suggestions_set, term_entries
from tests.factories.courses import make_course, make_enrolment, make_quiz, make_reading, make_video
from tests.factories.documents import pdf_bytes, sheets_bytes
from tests.factories.kb import (
    make_answer,
    make_case,
    make_courseware,
    make_file,
    make_method,
    make_textbook,
    step_block,
)
from tests.factories.people import TradeFactory, UserFactory
from tests.factories.studios import make_person, make_studio
from tests.search.conftest import engine  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "use"}
HAN, LATIN = re.compile("[一-鿿]"), re.compile("[A-Za-z]")
# What the interface's own words may be in either language: formats, units, names of the brand.
NEUTRAL = re.compile(r"^(PDF|XLSX|VTT|KB|MB|bytes|OK|[\W\d])*$", re.IGNORECASE)


class Texts(HTMLParser):
    """Texts of a page with the language that holds for them; what is hidden from all, or from those who hear it, aside."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, bool]] = [("", "en", False)]
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        _tag, language, aside = self.open[-1]
        language = told.get("lang") or language
        aside = aside or tag in ("script", "style", "template", "title") or told.get("aria-hidden") == "true"
        for name in ("aria-label", "alt", "title"):
            self._text(told.get(name) or "", language, aside)
        if tag not in VOID:
            self.open.append((tag, language, aside))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._text(data, *self.open[-1][1:])

    def _text(self, text: str, language: str, aside: bool) -> None:
        text = " ".join(text.split())
        if text and not aside:
            self.texts.append((language, text))


def wrong(html: str) -> list[tuple[str, str]]:
    """Texts of the page's own part whose language is not the one that is said of them.

    A sentence of the interface may quote a title.
    """
    parser = Texts()
    parser.feed(html.split('<div class="page">', 1)[1].split("</main>")[0])
    return [text for text in parser.texts if _is_wrong(*text)]


def _is_wrong(language: str, text: str) -> bool:
    if language.startswith("zh"):
        return not HAN.search(text) and not NEUTRAL.match(text)
    return bool(HAN.search(text)) and not LATIN.search(text)


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(UserFactory(language="en", is_superuser=True))
    return client


def shown(reader: Client, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def knowledge(kind: str):
    studio = make_studio(name="赵师傅工作室")
    if kind == "method":
        return make_method(title="堵漏操作法", studio=studio, steps=[step_block(1, action="先关闭阀门。")])
    make = {"case": make_case, "textbook": make_textbook, "courseware": make_courseware, "answer": make_answer}[kind]
    return make(title="堵漏", studio=studio)


@pytest.mark.parametrize("kind", ["method", "case", "textbook", "courseware", "answer"])
def test_knowledge_pages_say_the_language_of_their_parts(reader, kind):
    page = knowledge(kind)
    assert wrong(shown(reader, page.get_url())) == []
    assert wrong(shown(reader, page.get_parent().get_url())) == []


def test_courses_and_lessons_say_the_language_of_their_parts(client):
    course = make_course(studio=make_studio(), title="堵漏课")
    person = UserFactory(language="en")
    lessons = [make_quiz(course), make_reading(course), make_video(course)]
    client.force_login(person)
    assert wrong(shown(client, course.get_url())) == []
    make_enrolment(course, person)
    for lesson in lessons:
        assert wrong(shown(client, reverse("courses:lesson", args=[course.page_key, lesson.page_key]))) == []
    for address in (course.get_url(), "/courses/", "/learn/", "/studios/", "/"):
        assert wrong(shown(client, address)) == []


def test_files_say_the_language_of_their_parts(reader):
    files = [
        make_file(title="堵漏图册", name="a.pdf", content=pdf_bytes(["<h1>木塞</h1><p>缠两层麻丝。</p>"] * 10)),
        make_file(title="点检表", name="b.xlsx", content=sheets_bytes([["部位", "结果"], ["木塞", "麻丝松了"]])),
        make_file(title="说明", name="c.txt", content="先挂牌。\n\n再上锁。".encode()),
        make_file(
            title="字幕", name="d.vtt", content="WEBVTT\n\n00:00:02.000 --> 00:00:04.000\n先挂牌再上锁。\n".encode()
        ),
    ]
    for file in files:
        file_read(file_id=file.pk)
        assert wrong(shown(reader, reverse("kb:read", args=[file.pk]))) == []


def test_results_say_the_language_of_their_parts(reader, engine):  # noqa: F811
    studio = make_studio(name="赵师傅工作室")
    make_method(title="堵漏操作法", studio=studio, steps=[step_block(1, action="缠两层麻丝。")] * 1)
    for name in ("a.pdf", "b.pdf"):
        content = pdf_bytes(["<p>缠两层麻丝。</p>", "<p>麻丝要干。</p>"])
        file_read(file_id=make_file(title="堵漏图册", name=name, content=content, studio=studio).pk)
    drain_once()
    assert wrong(shown(reader, "/search/?q=麻丝")) == []


@pytest.mark.parametrize("asked", ["麻丝", "麻丝 天平", "天平", "堵楼", "堵漏&studio={studio}", "專案", ""])
def test_whatever_a_search_finds_says_the_language_of_its_parts(reader, engine, asked):  # noqa: F811
    trades = [TradeFactory(name="管阀检修工")]
    people = [make_person("赵长河")]
    studio = make_studio(name="赵师傅工作室", leader=people[0])
    for title in ("堵漏操作法", "堵漏项目"):
        make_method(title=title, studio=studio, trades=trades, authors=people, steps=[step_block(1, action="缠麻丝。")])
    make_case(title="麻丝堵漏案例", studio=make_studio(name="钱师傅工作室"))
    owner_suggestions_set(kind="term", key="1", entries=term_entries(["埋弧焊"]))
    drain_once()
    page = shown(reader, f"/search/?q={asked.format(studio=studio.pk)}")
    assert wrong(page) == []
    assert page.count('lang="zh-Hans"') > 1
