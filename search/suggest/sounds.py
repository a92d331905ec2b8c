"""How a text sounds: its characters with their syllables (重庆 chong qing, 行长 hang zhang), and what was typed as pinyin.

Plain Python over a table of readings of words and characters; a character alone gets its usual reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search.analysis.normal import normalised
from search.analysis.runs import is_han, runs
from search.suggest import readings
from search.suggest.readings import char_readings, syllables_of

LONGEST_SYLLABLE = 6
MOST_READINGS = 6
MOST_CUTS = 8
# An expression tries all cuts, whose number doubles with some letters: quicker for short runs, ruinous for long ones.
LONGEST_MATCHED = 16
# Family names that are read otherwise than the same character in a word.
_SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "盖": "ge", "朴": "piao", "翟": "zhai",
    "缪": "miao", "覃": "qin", "冼": "xian", "员": "yun", "种": "chong", "秘": "bi", "乐": "yue", "薄": "bo", "召": "shao",
    "折": "she", "尉": "yu", "燕": "yan", "华": "hua", "纪": "ji", "任": "ren", "宁": "ning", "葛": "ge", "洗": "xian",
}  # fmt: skip
_FOLDS = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?=[aeiouv])"), "l"),
    (re.compile(r"(?<=[aei])ng$"), "n"),
    (re.compile(r"v"), "u"),
)


# Letter by letter and the same from any beginning on, so that a beginning of a spelling folds to a beginning of its fold.
_LETTER_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("f", "h"), ("v", "u"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A Chinese character with its syllable, or a Latin run with itself; `start`, `end` are offsets in the original."""

    text: str
    sound: str
    start: int
    end: int
    han: bool

    @property
    def initial(self) -> str:
        """The first letter of a character's syllable; a Latin run whole."""
        return self.sound[0] if self.han else self.sound


@lru_cache(maxsize=4096)
def units(text: str, *, surname: bool = False) -> tuple[Unit, ...]:
    """The characters and Latin runs of a text in order, without what stands between them.

    `surname`: the text is a person's name, whose first character has its reading as a family name.
    """
    normal = normalised(text)
    found: list[Unit] = []
    for match in runs(normal.text):
        run, at = match.group(), match.start()
        if is_han(run):
            for number, sound in enumerate(syllables_of(run)):
                start, end = normal.span(at + number, at + number + 1)
                found.append(Unit(run[number], sound, start, end, han=True))
        else:
            start, end = normal.span(at, match.end())
            found.append(Unit(run, run, start, end, han=False))
    if surname and found and found[0].text in _SURNAMES:
        first = found[0]
        found[0] = Unit(first.text, _SURNAMES[first.text], first.start, first.end, han=True)
    return tuple(found)


def warm_up() -> None:
    """Reads the tables of this module, so that no reader waits for them."""
    readings.warm_up()
    _beginnings()


def sound_of(word: str) -> str:
    """The syllables of a word, run together: 操作法 → caozuofa."""
    return "".join(unit.sound for unit in units(word))


def fuzzy_sound_of(word: str) -> str:
    """As `sound_of`, with what many speakers do not tell apart folded: zh z, ch c, sh s, n l, ang an, eng en, ing in."""
    return "".join(folded(unit.sound) if unit.han else unit.sound for unit in units(word))


def folded(syllable: str) -> str:
    """A syllable as many speakers say it: zhang → zan, ning → lin."""
    for pattern, plain in _FOLDS:
        syllable = pattern.sub(plain, syllable)
    return syllable


def folded_letters(letters: str) -> str:
    """Letters of pinyin, whole or begun, as many speakers say them, f and h too: zhuangxie → zuanxie, duolou → duonou."""
    for said, plain in _LETTER_FOLDS:
        letters = letters.replace(said, plain)
    return letters


def readings_of(word: str) -> tuple[tuple[str, ...], ...]:
    """Every way a short word may be read, as syllables, the likeliest first: a misspelt one need not keep its reading."""
    read = tuple(unit.sound for unit in units(word))
    ways: list[tuple[str, ...]] = [()]
    for unit in units(word):
        options = char_readings(unit.text) if unit.han else (unit.text,)
        ways = [(*way, option) for way in ways for option in options][:MOST_READINGS]
    return tuple(dict.fromkeys([read, *ways]))[:MOST_READINGS]


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """Every syllable of Mandarin without its tone, ü written v."""
    return frozenset(Path(__file__).with_name("syllables.txt").read_text(encoding="ascii").split())


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(one[:length] for one in syllables() for length in range(1, len(one) + 1))


@lru_cache(maxsize=1)
def _spelling() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(syllables(), key=lambda one: (-len(one), one)))})+")


@lru_cache(maxsize=1024)
def spelt(letters: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which letters are whole syllables, fewest syllables first: xian → (xian,), (xi, an). Empty: no pinyin."""
    ways = sorted(_ways(letters), key=lambda way: (len(way), way))
    return tuple(ways[:MOST_CUTS])


def is_spelt(letters: str) -> bool:
    """Whether letters are whole syllables, however cut."""
    if len(letters) <= LONGEST_MATCHED:
        return _spelling().fullmatch(letters) is not None
    known, reached = syllables(), [True] + [False] * len(letters)
    for end in range(1, len(reached)):
        starts = range(max(0, end - LONGEST_SYLLABLE), end)
        reached[end] = any(reached[start] and letters[start:end] in known for start in starts)
    return bool(letters) and reached[-1]


@lru_cache(maxsize=1024)
def initials_typed(typed: str) -> tuple[str, ...]:
    """First letters that may be meant by letters typed as whole syllables, as beginnings of them, or mixed: caozf → czf.

    The last syllable may be begun; others are whole or one letter (two for zh, ch, sh). Characters give their own.
    """
    found: dict[str, None] = {}
    for way in _mixed(typed):
        found[way] = None
        if len(found) >= MOST_CUTS:
            break
    return tuple(found)


def span_of(text: str, typed: str, *, surname: bool = False) -> tuple[int, int] | None:
    """Where in a text the typed letters and characters stand, by sound, as offsets in the original; None for nowhere.

    `typed` is normalised and without blanks. Each unit takes a beginning of its syllable, as `caozf` and `操zuof` do.
    """
    parts = units(text, surname=surname)
    for first in range(len(parts)):
        last = _reach(parts, first, typed)
        if last is not None:
            return parts[first].start, parts[last].end
    return None


def _reach(parts: tuple[Unit, ...], at: int, rest: str) -> int | None:
    """The last unit that the typed rest reaches, beginning at a unit; None where it does not fit."""
    if at >= len(parts):
        return None
    unit = parts[at]
    for taken in _takes(unit, rest):
        if len(taken) == len(rest):
            return at
        last = _reach(parts, at + 1, rest[len(taken) :])
        if last is not None:
            return last
    return None


def _takes(unit: Unit, rest: str) -> Iterator[str]:
    """What a unit may take from the front of the rest, the longest first."""
    if rest.startswith(unit.text):
        yield unit.text
    if not unit.han:
        if unit.text.startswith(rest):
            yield rest
        return
    for length in range(min(len(unit.sound), len(rest)), 0, -1):
        if rest.startswith(unit.sound[:length]):
            yield unit.sound[:length]


def _ways(letters: str) -> Iterator[tuple[str, ...]]:
    """All cuts into whole syllables, at most so many as may be read."""
    known = syllables()
    paths: dict[int, list[tuple[str, ...]]] = {0: [()]}
    for at in range(len(letters)):
        for path in paths.get(at, ()):
            for length in range(1, min(LONGEST_SYLLABLE, len(letters) - at) + 1):
                piece = letters[at : at + length]
                if piece in known:
                    paths.setdefault(at + length, []).append((*path, piece))
        for later in paths:
            if later > at:
                paths[later] = sorted(paths[later], key=len)[: MOST_CUTS * 2]
    yield from paths.get(len(letters), ()) if letters else ()


def _mixed(typed: str) -> Iterator[str]:
    if not typed:
        yield ""
        return
    first = typed[0]
    if not ("a" <= first <= "z"):
        initial = "".join(unit.initial for unit in units(first))
        for rest in _mixed(typed[1:]):
            yield initial + rest
        return
    for length in range(min(LONGEST_SYLLABLE, len(typed)), 0, -1):
        piece, rest = typed[:length], typed[length:]
        begun = piece in _beginnings() and not rest
        if piece in syllables() or begun or length == 1 or piece in {"zh", "ch", "sh"}:
            for more in _mixed(rest):
                yield first + more
