"""Content in the other script: the words that stand in it, and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.script.rules import HANS, HANT, Page, converted, page_converted, script_guess
from scripts import script_characters


def hant(html: str) -> str:
    return page_converted(html, HANT).html


def article(inner: str, lang: str = "zh-Hans") -> str:
    return (
        f'<html lang="zh-Hans"><body><nav>头发</nav><article lang="{lang}">{inner}</article><p>发展</p></body></html>'
    )


def content(html: str) -> str:
    found = re.search(r"<article[^>]*>(.*)</article>", html, re.DOTALL)
    assert found
    return found[1]


def test_only_content_is_converted_and_says_its_new_script():
    page = hant(article("<p>设备维护</p>"))
    assert '<article lang="zh-Hant"><p>設備維護</p></article>' in page
    assert page.startswith('<html lang="zh-Hans"><body><nav>头发</nav>') and "<p>发展</p>" in page


def test_the_other_way_round():
    page = page_converted(article("<p>裡面寫著設備維護</p>", "zh-Hant"), HANS).html
    assert '<article lang="zh-Hans"><p>里面写着设备维护</p>' in page


@pytest.mark.parametrize(("lang", "target"), [("zh-Hans", HANS), ("zh-Hant", HANT), ("en", HANT)])
def test_what_is_in_the_script_already_stays(lang, target):
    text = article("<p>设备與設備</p>", lang)
    assert page_converted(text, target).html == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<img src="/头发.png" alt="头发">', '<img src="/头发.png" alt="頭髮">'),
        ('<a href="/设备/" title="设备" id="设备">设备</a>', '<a href="/设备/" title="設備" id="设备">設備</a>'),
        ('<button value="设备" aria-label="设备">设备</button>', '<button value="设备" aria-label="設備">設備</button>'),
        ('<td data-label="设备" class="设备">x</td>', '<td data-label="設備" class="设备">x</td>'),
        ("<p>执行 <code>设备</code> 设备</p>", "<p>執行 <code>设备</code> 設備</p>"),
        ('<script type="application/json">{"a": "<p>设备"}</script>设备', '<script type="application/json">{"a": "<p>设备"}</script>設備'),
        ("<textarea>设备</textarea>设备", "<textarea>设备</textarea>設備"),
        ("<!-- 设备 > -->设备", "<!-- 设备 > -->設備"),
        ('<p title="a > b">设备</p>', '<p title="a > b">設備</p>'),
        ('<input value="设备" placeholder="设备">设备', '<input value="设备" placeholder="設備">設備'),
        ('<span translate="no">范伟后</span>设备', '<span translate="no">范伟后</span>設備'),
        ('<div translate="no"><p lang="zh-Hans">设备</p>备</div>设备', '<div translate="no"><p lang="zh-Hans">设备</p>备</div>設備'),
        ('<div lang="en"><div>设备</div></div>设备', '<div lang="en"><div>设备</div></div>設備'),
        ('<div lang="zh-Hant">設備</div>设备', '<div lang="zh-Hant">設備</div>設備'),
        ("&lt;设备&gt; &amp; &#x27;", "&lt;設備&gt; &amp; &#x27;"),
        ('<track srclang="zh-Hans" label="字幕"><br/>设备', '<track srclang="zh-Hans" label="字幕"><br/>設備'),
    ],
)  # fmt: skip
def test_text_and_what_is_read_out_but_no_address_value_or_code(before, after):
    assert content(hant(article(before))) == after


def test_a_word_cut_by_a_mark_is_read_as_one_word():
    assert content(hant(article("<p>头<mark>发</mark>，<b>发</b>展</p>"))) == "<p>頭<mark>髮</mark>，<b>發</b>展</p>"
    assert content(hant(article("<p>头</p><p>发</p>"))) == "<p>頭</p><p>發</p>"


def test_nested_elements_of_one_name_end_where_they_end():
    page = hant('<div lang="zh-Hans"><div>设备<div></div></div>设备</div>设备')
    assert page == '<div lang="zh-Hant"><div>設備<div></div></div>設備</div>设备'


def test_the_words_to_mark_are_given_as_the_page_writes_them_now():
    page = page_converted(article("<p>头发和发展，皇后之后 &amp; A&amp;B阀</p>"), HANT)
    assert page.words(["发", "后", "A&B阀", "没有"]) == ["髮", "發", "后", "後", "A&B閥", "没有"]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("设备维护规程", HANS),
        ("設備維護規程", HANT),
        ("操作法", HANS),
        ("", HANS),
        ("里面有台风", HANS),
        ("<mark>設備</mark> PDF 12", HANT),
    ],
)
def test_the_script_of_a_file_is_told_by_its_characters(text, script):
    assert script_guess(text) == script


def test_an_empty_page_and_one_without_content_stay():
    assert hant("") == ""
    assert hant("<p>设备") == "<p>设备"


def test_a_text_of_separators_only_breaks_nothing():
    assert content(hant(article("<p>设\n\x1e\n备</p><p>设备</p>"))) == "<p>設\n\x1e\n備</p><p>設備</p>"


HAN = st.text(alphabet="头发展后里面复杂干燥 A1，<>&\"'阀設備", max_size=12)
TAGS = st.sampled_from(["p", "b", "div", "mark", "code", "span", "li"])
SAID = st.sampled_from(["", ' lang="zh-Hant"', ' lang="en"', ' translate="no"'])
TREES = st.recursive(
    HAN.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4), SAID).map(
        lambda told: f"<{told[0]}{told[2]}>{''.join(told[1])}</{told[0]}>"
    ),
    max_leaves=12,
)  # fmt: skip


class _Shape(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _value in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)


@given(tree=TREES)
def test_whatever_the_page_its_elements_stay_and_again_changes_nothing(tree):
    page = article(tree)
    once = hant(page)
    assert _Shape(once).found == _Shape(page).found
    assert hant(once) == once


@given(text=HAN)
def test_a_text_is_converted_alike_with_and_without_a_page(text):
    plain = text.replace("&", "").replace("<", "").replace(">", "")
    assert content(hant(article(plain))) == (converted(plain, HANT) if not plain.isspace() else plain)


def test_a_text_that_changed_its_length_lends_no_spelling():
    page = Page("", (("头发", "頭髮們"), ("发动机", "發動機")))
    assert page.words(["发"]) == ["發"]


def test_the_characters_of_one_script_alone_are_what_the_script_writes():
    assert script_characters.TARGET.read_text(encoding="utf-8").splitlines() == list(script_characters.lines())
