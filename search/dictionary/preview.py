"""How texts are cut now, how they would be with a new word, and what that word touches."""

from __future__ import annotations

from dataclasses import dataclass

from people.audience import reads_all, visible_audience_ids
from people.audience.selectors import AnyUser
from search.analysis import dictionary
from search.analysis.dictionary import Dictionary
from search.analysis.highlight import excerpt
from search.analysis.normal import norm
from search.analysis.query import analysed_query
from search.analysis.runs import is_han, runs
from search.dictionary import live, selectors, touching
from search.dictionary.rules import plain
from search.engines import get_engine
from search.engines.contract import SearchRequest

SENTENCES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Cut:
    """One text as it is cut now and as it would be."""

    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """The new word makes a difference here."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Preview:
    """`known`: the word is cut as one already. `touched`: pieces that the person may see and that contain it; None: no word."""

    cuts: tuple[Cut, ...]
    touched: int | None
    known: bool


def preview(*, user: AnyUser, term: str, text: str) -> Preview:
    """Cuts the text, or sentences that contain the word and that the person may see. Raises EngineUnavailable.

    Takes some 0.2 s for a new word: a dictionary is built for the trial and thrown away.
    """
    live.follow()
    now = dictionary.current()
    then = _with(term) if term else now
    touched, sentences = _touched(user, term) if term else (None, [])
    texts = [line for line in text.splitlines() if line.strip()] or sentences
    cuts = tuple(Cut(one, cut_words(now, one), cut_words(then, one)) for one in texts)
    return Preview(cuts, touched, known=bool(term) and cut_words(now, term) == (plain(term),))


def cut_words(words: Dictionary, text: str) -> tuple[str, ...]:
    """A text, normalised, as its words in their order."""
    found: list[str] = []
    for match in runs(norm(text)):
        run = match.group()
        found += words.cutter.cut(run, True) if is_han(run) else [run]
    return tuple(found)


def _with(term: str) -> Dictionary:
    held = selectors.approved_contents()
    return dictionary.built(0, (*held.terms, term), held.synonyms, held.abbreviations)


def _touched(user: AnyUser, term: str) -> tuple[int, list[str]]:
    """How many pieces that the person may see contain the word, and sentences of some of them."""
    probe = touching.probe_of(term)
    if not probe:
        return 0, []
    engine = get_engine()
    audiences = None if reads_all(user) else visible_audience_ids(user)
    found = engine.search(SearchRequest(probe, audiences, limit=SENTENCES_SHOWN, facets=False))
    names = [(hit.kind, hit.key) for hit in found.hits if hit.exact]
    asked = analysed_query(probe)
    places = engine.passages(probe, names, 1, audiences) if names else {}
    titles = {(hit.kind, hit.key): hit.title for hit in found.hits}
    sentences = [excerpt(places[name][0].text, asked).text if places.get(name) else titles[name] for name in names]
    return found.total, list(dict.fromkeys(sentences))
