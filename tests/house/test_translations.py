"""Every sentence of the interface is Chinese in the source and English in its catalogue."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import opencc
import polib
import pytest
import wagtail.admin
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real
from django.utils.translation.trans_real import DjangoTranslation

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


def sentences(entries):
    return {(e.msgctxt, e.msgid, e.msgid_plural): (e.msgstr, e.msgstr_plural) for e in entries}


def test_what_is_compiled_is_what_is_written(english):
    assert sentences(polib.mofile(str(messages.ENGLISH.with_suffix(".mo")))) == sentences(english)


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_traditional_holds_what_the_packages_say_in_simplified_alone(domain):
    ours = polib.pofile(str(messages.TRADITIONAL)) if domain == "django" else []
    compiled = polib.mofile(str(messages.TRADITIONAL.with_name(f"{domain}.mo")))
    assert sentences(compiled) == sentences([*ours, *messages.borrowed(domain)]), "run: make messages"


def spoken(language: str) -> dict[object, str]:
    """All that the interface can say in a language: ours and the packages', as Django finds it."""
    found: dict[object, str] = {}
    for catalogue in reversed(trans_real.translation(language)._catalog._catalogs):
        found |= {key: words for key, words in catalogue.items() if key and isinstance(words, str)}
    return found


def test_whatever_is_said_in_simplified_is_said_in_traditional_and_without_a_simplified_character():
    simplified, traditional = spoken("zh-hans"), spoken("zh-hant")
    assert sorted(map(str, simplified.keys() - traditional.keys())) == []
    convert = opencc.OpenCC("s2tw").convert
    assert {key: words for key, words in traditional.items() if convert(words) != words} == {}


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
    collected = {(e.msgctxt, e.msgid) for e in polib.pofile(str(copy / messages.ENGLISH.relative_to(ROOT)))}
    known = {(entry.msgctxt, entry.msgid) for entry in english}
    assert collected - known == set(), "run: make messages, translate, and compile"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Operating method"), ("zh-hant", "操作法"), ("zh-hans", "操作法")]
)
def test_the_interface_speaks_each_language(language, words):
    with translation.override(language):
        assert translation.gettext("操作法") == words


@pytest.mark.parametrize("path", messages.SIMPLIFIED, ids=lambda path: path.stem)
def test_what_wagtail_lacks_keeps_what_is_filled_in(path):
    def places(words):
        return sorted(re.findall(PLACES.pattern + "|<[^>]+>", words))

    wrong = []
    for entry in polib.pofile(str(path)):
        words = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
        if not words or entry.fuzzy or places(words) not in (places(entry.msgid), places(entry.msgid_plural)):
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("path", messages.SIMPLIFIED, ids=lambda path: path.stem)
def test_what_is_compiled_of_what_wagtail_lacks_is_what_is_written(path):
    def held(catalogue):
        return {(e.msgid, e.msgid_plural): (e.msgstr, e.msgstr_plural) for e in catalogue}

    assert held(polib.mofile(str(path.with_suffix(".mo")))) == held(polib.pofile(str(path)))


def test_the_admin_of_wagtail_speaks_chinese_where_wagtail_does_not():
    script = DjangoTranslation(
        "zh-hans", domain="djangojs", localedirs=[Path(wagtail.admin.__file__).parent / "locale"]
    )
    assert script.gettext("Insert a block") == "插入内容块"
    with translation.override("zh-hant"):
        assert translation.gettext("Autosave is paused") == "自動保存已暫停"
    with translation.override("zh-hans"):
        assert translation.gettext("Autosave is paused") == "自动保存已暂停"
        assert translation.ngettext("Moved up 1 place.", "Moved up %(counter)s places.", 1) == "已上移 %(counter)s 位。"
