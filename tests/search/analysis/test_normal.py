"""One spelling of a text, with the way back to the original."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import normal
from search.analysis.normal import Normal, norm, normalised, simplified

MIXED = st.text(
    st.one_of(
        st.characters(), st.sampled_from("操作法專案臺灣後面ＡＢ１２㎜ﬁ①é\u0301\u200b\ufeff\u00ad\x00\n İΣς㈱가\ufe0f😀\ud800乾著"),
    ),
    max_size=40,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("木塞堵漏", "木塞堵漏"),
        ("ＹＪＶ－２２", "yjv-22"),
        ("師帶徒", "师带徒"),
        ("後來的皇后", "后来的皇后"),
        ("㎜ ① ﬁ", "mm 1 fi"),
        ("Café", "café"),
        ("CAFE\u0301", "café"),
        ("零\u200b宽\ufeff字\u00ad符", "零宽字符"),
        ("表\t格\x00线\u3000宽", "表 格 线 宽"),
        ("一行\n二行", "一行\n二行"),
        ("葛\U000e0100城", "葛城"),
        ("☺\ufe0f", "☺"),
        ("ΟΔΟΣ ς", "οδοσ σ"),
        ("İ", "i\u0307"),
        ("\ud800", "\ufffd"),
        ("", ""),
    ],
)
def test_spellings_of_the_same_become_the_same(text: str, expected: str) -> None:
    assert norm(text) == expected


def test_offsets_lead_back_to_the_original() -> None:
    text = "重㎏ＹＪＶ，專案e\u0301完"
    folded = normalised(text)
    assert folded.text == "重kgyjv,专案é完"
    at = folded.text.index("kg")
    assert text[slice(*folded.span(at, at + 2))] == "㎏"
    assert text[slice(*folded.span(at, at + 1))] == "㎏"
    at = folded.text.index("专案")
    assert text[slice(*folded.span(at, at + 2))] == "專案"
    at = folded.text.index("é")
    assert text[slice(*folded.span(at, at + 1))] == "e\u0301"


def test_a_plain_text_keeps_its_offsets() -> None:
    assert normalised("專案管理").span(1, 3) == (1, 3)
    assert normalised("專案管理").starts is None


@given(MIXED)
def test_every_span_lies_in_the_original_in_order(text: str) -> None:
    folded = normalised(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(MIXED)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = norm(text)
    assert norm(once) == once


def test_many_odd_characters_are_folded_as_each_alone() -> None:
    odd = "".join(map(chr, range(0xFF01, 0xFF5F))) + "，。ΣΩ"
    assert norm(odd * 2) == "".join(map(norm, odd)) * 2
    assert norm(odd[:5] * 2) == "".join(map(norm, odd[:5])) * 2


@given(MIXED, MIXED)
def test_what_stands_apart_is_folded_apart(one: str, other: str) -> None:
    assert norm(f"{one}\n{other}") == f"{norm(one)}\n{norm(other)}"


def test_simplified_keeps_the_length_of_every_character() -> None:
    for code in range(0x3400, sys.maxunicode, 97):
        if not 0xD800 <= code <= 0xDFFF:
            assert len(simplified(chr(code))) == 1


class _Lengthening:
    """A converter as no known table makes it: one character becomes two."""

    def convert(self, text: str) -> str:
        return text.replace("甲", "乙丙").replace("丁", "戊")


def test_offsets_hold_even_if_a_conversion_changed_the_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(normal, "_t2s", lambda: _Lengthening())
    assert simplified("甲丁己") == "甲戊己"


def test_a_normal_text_says_what_it_is() -> None:
    assert Normal("a", (0,), (2,)).span(0, 1) == (0, 2)
