"""The table of readings says what pypinyin says."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from scripts import readings as written
from search.analysis.normal import norm
from search.analysis.runs import HAN
from search.suggest.readings import char_readings, syllables_of

pypinyin = pytest.importorskip("pypinyin")


def test_the_table_is_what_the_script_writes():
    assert written.TARGET.read_text(encoding="utf-8").splitlines() == list(written.lines())


def test_any_run_is_read_as_pypinyin_reads_it():
    from pypinyin.constants import PHRASES_DICT

    chance, words = random.Random(5), sorted(PHRASES_DICT)
    for _number in range(2000):
        parts = [
            chance.choice(words) if chance.random() < 0.8 else chr(chance.randrange(0x4E00, 0x9FFF)) for _part in "1234"
        ]
        for run in HAN.findall(norm("".join(parts))):
            read = [sound.replace("ü", "v") for sound in pypinyin.lazy_pinyin(run, errors=list)]
            assert syllables_of(run) == read, run


def test_words_are_read_otherwise_than_their_characters():
    assert syllables_of("重庆人行道") == ["chong", "qing", "ren", "xing", "dao"]
    assert syllables_of("银行行长") == ["yin", "hang", "hang", "zhang"]
    assert syllables_of("女工绿化") == ["nv", "gong", "lv", "hua"]


def test_a_character_has_every_reading_the_usual_first():
    assert char_readings("行")[0] == "xing" and "hang" in char_readings("行")
    assert char_readings("\U0003fff0") == ("\U0003fff0",)


def test_reading_needs_no_pypinyin():
    said = "import sys; from search.suggest.readings import syllables_of; syllables_of('重庆'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True).stdout
    assert "pypinyin" not in loaded
