"""Keeps the catalogues of the interface: Chinese is written in the source, English and Traditional are catalogues.

python scripts/messages.py collect          gathers the sentences of code and templates, drops what is gone
python scripts/messages.py missing OUT      writes what English lacks as JSON, {sentence: ""}; with a context {"many|sentence": ""}
python scripts/messages.py apply FILE …     takes translations from such JSON files
python scripts/messages.py compile          converts Traditional (OpenCC s2tw) and writes the .mo files

Simplified (zh_Hans) holds no sentence of ours, only English ones that Wagtail's own catalogue lacks: written by hand.
What Django, Wagtail and allauth say in Simplified alone is converted too, into the Traditional .mo files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import django
import opencc
import polib

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = ROOT / "locale/en/LC_MESSAGES/django.po"
TRADITIONAL = ROOT / "locale/zh_Hant/LC_MESSAGES/django.po"
SIMPLIFIED = [ROOT / "locale/zh_Hans/LC_MESSAGES" / name for name in ("django.po", "djangojs.po")]
IGNORED = (".venv", "var", "tests", "bench", "scripts", "node_modules", ".cache", "docs")


def collect(root: Path = ROOT) -> None:
    """Runs makemessages for both catalogues in `root`."""
    (root / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "-l", "en", "-l", "zh_Hant", "--no-obsolete"]
    command += ["--add-location", "file", "-v", "0"]
    for name in IGNORED:
        command += ["-i", f"{name}/*"]
    subprocess.run(command, cwd=root, check=True)
    for path in (ENGLISH, TRADITIONAL):
        _steady(root / path.relative_to(ROOT))


def _steady(path: Path) -> None:
    """Drops what changes at every run (dates) and guesses (fuzzy): a guess is no translation."""
    catalogue = polib.pofile(str(path))
    for key in ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To"):
        catalogue.metadata.pop(key, None)
    catalogue.metadata_is_fuzzy = False
    catalogue.header = ""
    for entry in catalogue:
        if entry.fuzzy:
            entry.msgstr = ""
            entry.flags.remove("fuzzy")
            entry.previous_msgid = None
    catalogue.save()


def _key(entry: polib.POEntry) -> str:
    """A sentence with its context: `many` heads a list, `do` stands on a button; Chinese needs neither."""
    return f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else entry.msgid


def missing(out: Path) -> int:
    """Writes the sentences that English lacks; gives how many."""
    wanted = {_key(entry): "" for entry in polib.pofile(str(ENGLISH)) if not entry.msgstr}
    out.write_text(json.dumps(wanted, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(wanted)


def apply(files: list[Path]) -> int:
    """Takes translations over into English; gives how many."""
    known: dict[str, str] = {}
    for file in files:
        known |= json.loads(file.read_text(encoding="utf-8"))
    catalogue = polib.pofile(str(ENGLISH))
    taken = 0
    for entry in catalogue:
        words = known.get(_key(entry), "")
        if words and words != entry.msgstr:
            entry.msgstr = words
            taken += 1
    catalogue.save()
    return taken


def installed() -> list[Path]:
    """Where the packages that the site uses keep their catalogues, in Django's order: the last one is heard.

    Others in the same wheels say nothing here.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    sys.path.insert(0, str(ROOT))
    django.setup()
    from django.apps import apps

    places = [Path(app.path) for app in reversed(list(apps.get_app_configs()))]
    return [Path(django.__file__).parent / "conf", *(place for place in places if "site-packages" in place.parts)]


def borrowed(domain: str) -> list[polib.POEntry]:
    """What the packages we use (and our Simplified catalogue for them) say in Simplified and nobody in Traditional.

    Also what a package's own Traditional catalogue writes with a Simplified character.
    """
    places = installed()

    def said(script: str) -> dict[tuple[str | None, str], polib.POEntry]:
        files = [place / "locale" / script / "LC_MESSAGES" / f"{domain}.mo" for place in places]
        return {(e.msgctxt, e.msgid): e for file in files if file.exists() for e in polib.mofile(str(file)) if e.msgid}

    ours = {(e.msgctxt, e.msgid): e for path in SIMPLIFIED if path.stem == domain for e in polib.pofile(str(path))}
    theirs = said("zh_Hant")
    own = {(e.msgctxt, e.msgid) for e in polib.pofile(str(TRADITIONAL))} if domain == "django" else set()
    missing_ones = {key: entry for key, entry in (said("zh_Hans") | ours).items() if key not in theirs}
    convert = opencc.OpenCC("s2tw").convert
    mixed = {key: entry for key, entry in theirs.items() if convert(entry.msgstr) != entry.msgstr}
    return [
        polib.POEntry(
            msgctxt=entry.msgctxt,
            msgid=entry.msgid,
            msgid_plural=entry.msgid_plural,
            msgstr=convert(entry.msgstr),
            msgstr_plural={number: convert(words) for number, words in entry.msgstr_plural.items()},
        )
        for key, entry in (missing_ones | mixed).items()
        if key not in own
    ]


def write() -> None:
    """Converts Traditional and compiles all."""
    convert = opencc.OpenCC("s2tw").convert
    catalogue = polib.pofile(str(TRADITIONAL))
    for entry in catalogue:
        entry.msgstr = convert(entry.msgid)
    catalogue.save()
    for path in (ENGLISH, *SIMPLIFIED):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    for path in SIMPLIFIED:
        traditional = polib.pofile(str(TRADITIONAL)) if path.stem == "django" else polib.POFile()
        traditional.metadata = {**polib.pofile(str(TRADITIONAL)).metadata}
        traditional.extend(borrowed(path.stem))
        traditional.save_as_mofile(str(TRADITIONAL.with_name(f"{path.stem}.mo")))


def main(arguments: list[str]) -> None:
    """Does what the first word says."""
    match arguments:
        case ["collect"]:
            collect()
        case ["missing", out]:
            print(missing(Path(out)))
        case ["apply", *files]:
            print(apply([Path(file) for file in files]))
        case ["compile"]:
            write()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
