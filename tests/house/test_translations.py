"""Every sentence of the interface is Chinese in the source and English in its catalogue."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import opencc
import polib
import pytest
from django.conf import settings
from django.utils import translation

from scripts import messages

ROOT = Path(settings.BASE_DIR)
PLACES = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")


@pytest.fixture(scope="module")
def english():
    return polib.pofile(str(messages.ENGLISH))


def test_no_english_sentence_is_empty_or_a_guess(english):
    assert [entry.msgid for entry in english if not entry.msgstr or entry.fuzzy] == []


def test_a_translation_keeps_what_is_filled_in(english):
    wrong = [e.msgid for e in english if sorted(PLACES.findall(e.msgid)) != sorted(PLACES.findall(e.msgstr))]
    assert wrong == []


def test_traditional_is_converted_from_the_source():
    convert = opencc.OpenCC("s2tw").convert
    assert [e.msgid for e in polib.pofile(str(messages.TRADITIONAL)) if e.msgstr != convert(e.msgid)] == []


@pytest.mark.parametrize("path", [messages.ENGLISH, messages.TRADITIONAL], ids=["en", "zh_Hant"])
def test_what_is_compiled_is_what_is_written(path):
    written = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    assert {entry.msgid: entry.msgstr for entry in polib.mofile(str(path.with_suffix(".mo")))} == written


def test_no_sentence_of_code_or_templates_is_missing(tmp_path, english):
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is missing: apt-get install -y gettext")
    copy = tmp_path / "copy"
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    for name in names:
        if name.endswith((".py", ".html", ".txt", ".po")) and (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    messages.collect(copy)
    collected = {e.msgid for e in polib.pofile(str(copy / messages.ENGLISH.relative_to(ROOT)))}
    known = {entry.msgid for entry in english}
    assert collected - known == set(), "run: make messages, translate, and compile"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Operating method"), ("zh-hant", "操作法"), ("zh-hans", "操作法")]
)
def test_the_interface_speaks_each_language(language, words):
    with translation.override(language):
        assert translation.gettext("操作法") == words
