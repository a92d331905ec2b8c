"""All figures of one engine: the judged queries through the page, generated sets through a corpus of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import opencc

from bench.relevance import asked, generated, judge
from bench.relevance.baselines import baseline
from bench.relevance.gold import Judged, gold
from bench.relevance.judge import Answer, Found
from bench.relevance.scores import by_group
from search.analysis import dictionary
from search.evaluation import Corpus, throwaway
from search.registry import Piece

Names = dict[tuple[str, str], str]


def measured(engine: str) -> dict[str, Any]:
    """Figures by set, part and group, those of the baseline beside them, and what came of each query."""
    from search import registry

    pieces = visible_pieces()
    names, steps = judge.known_names(), judge.step_locators()
    own = {(piece.kind, piece.key): generated.named(piece) for piece in pieces}
    priors = registry.priors()
    told: dict[str, Any] = {"engine": engine, "pieces": len(pieces), "sets": {}, "baseline": {}, "queries": {}}

    def noted(name: str, answers: Sequence[Answer]) -> None:
        told["sets"][name] = by_group(answers)
        told["queries"][name] = {a.judged.id: [a.judged.text, a.rank, a.place_right] for a in answers}

    def run(name: str, queries: Sequence[Judged], texts: Sequence[Piece], called: Names) -> None:
        with throwaway(engine, priors) as corpus:
            corpus.send(texts)
            noted(name, list(judge.answers(queries, asker(corpus, called), steps)))
        with baseline(engine, texts) as ask:

            def bare(judged: Judged) -> list[Found]:
                return [Found(called.get(hit, hit[1])) for hit in ask(judged.text, judged.kind)]

            told["baseline"][name] = by_group(judge.answers([placeless(one) for one in queries], bare, steps))

    noted("judged", list(judge.ask(gold())))
    run("judged, in a corpus", gold(), pieces, names)
    headless = [generated.without_headings(piece) for piece in pieces]
    run("headings", generated.headings(pieces), pieces, own)
    run("headings not in the text", generated.headings(pieces), headless, own)
    run("misspelt words", generated.misspelt(pieces), pieces, own)
    run("quantities", generated.quantities(pieces), pieces, own)
    run("synonyms unknown", generated.synonyms(), pieces, names)
    with synonyms_known():
        run("synonyms known", generated.synonyms(), pieces, names)
    texts = [*asked.paragraphs(), *asked.beside(pieces)]
    called = {(piece.kind, piece.key): generated.named(piece) for piece in texts}
    run("people's questions", asked.questions(), texts, called)
    for texts_in, queries_in in PAIRS:
        run(
            f"people's questions, texts {SCRIPTS[texts_in]}, queries {SCRIPTS[queries_in]}",
            [dataclasses.replace(one, text=converted(one.text, queries_in)) for one in asked.questions()],
            [piece_converted(piece, texts_in) for piece in texts],
            called,
        )
    for texts_in, queries_in in PAIRS:
        run(
            f"texts {SCRIPTS[texts_in]}, queries {SCRIPTS[queries_in]}",
            [dataclasses.replace(one, text=converted(one.text, queries_in)) for one in gold()],
            [piece_converted(piece, texts_in) for piece in pieces],
            names,
        )
    return told


SCRIPTS = {"s": "Simplified", "t": "Traditional"}
PAIRS = (("s", "s"), ("s", "t"), ("t", "s"), ("t", "t"))
_CONVERTERS = {"s": opencc.OpenCC("t2s"), "t": opencc.OpenCC("s2t")}


def converted(text: str, script: str) -> str:
    """A text in that script."""
    return _CONVERTERS[script].convert(text)


def piece_converted(piece: Piece, script: str) -> Piece:
    """A piece with its title, headings and text in that script."""
    passages = tuple(
        dataclasses.replace(one, label=converted(one.label, script), text=converted(one.text, script))
        for one in piece.passages
    )
    return dataclasses.replace(piece, title=converted(piece.title, script), passages=passages)


def visible_pieces() -> list[Piece]:
    """Everything that the reader of the judged queries may see."""
    from people.audience import visible_audience_ids
    from people.models import User
    from search import registry

    seen = visible_audience_ids(User.objects.get(username=judge.READER))
    built = [piece for kind in registry.kinds().values() for piece in kind.build_many(list(kind.keys())).values()]
    return [piece for piece in built if piece.audience in seen]


def asker(corpus: Corpus, called: Names) -> Callable[[Judged], list[Found]]:
    """Asks a corpus, with the places of what was found."""

    def asked(judged: Judged) -> list[Found]:
        answer = corpus.ask(judged.text, judge.LOOKED_AT, judged.kind)
        places = corpus.places(answer) if judged.place else {}
        found = []
        for hit in answer.hits:
            best = next(iter(places.get((hit.kind, hit.key), ())), None)
            name = called.get((hit.kind, hit.key), hit.key)
            found.append(Found(name, best.locator, best.label) if best else Found(name))
        return found

    return asked


def placeless(judged: Judged) -> Judged:
    """The query without its place: a baseline knows pages only."""
    return dataclasses.replace(judged, place="")


@contextmanager
def synonyms_known() -> Iterator[None]:
    """The dictionary with the groups that editors would have declared."""
    former = dictionary.current()
    dictionary.use(dictionary.built(former.version + 1, former.terms, generated.synonym_groups()))
    try:
        yield
    finally:
        dictionary.use(former)
