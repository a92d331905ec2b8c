"""A change of the dictionary is taken over by every process, and the pieces that it touches are cut anew."""

from __future__ import annotations

import pytest

from search.analysis import dictionary
from search.analysis.text import words
from search.companion import Companion
from search.dictionary import live, services, touching
from search.dictionary.models import TermChange
from search.engines.contract import EngineUnavailable
from search.models import SearchIndex, SearchObject
from search.sync.audit import audit
from search.sync.drain import drain_all
from tests.factories.kb import make_method

pytestmark = pytest.mark.django_db


def test_a_new_word_is_cut_by_after_following_and_not_after_it_is_taken_back(editor, django_assert_num_queries):
    assert not live.follow()
    term = services.term_save(actor=editor, text="快堵灵").term
    assert live.follow()
    assert "快堵灵" in words("用快堵灵处理")
    with django_assert_num_queries(1):
        assert not live.follow()
    services.term_delete(actor=editor, term=term)
    assert live.follow()
    assert "快堵灵" not in words("用快堵灵处理")


def test_a_dictionary_that_cannot_be_built_leaves_the_former_one(editor, monkeypatch):
    services.term_save(actor=editor, text="快堵灵")
    before = dictionary.current()

    def broken(*_args, **_kwargs):
        raise ValueError("no memory for words")

    monkeypatch.setattr(dictionary, "built", broken)
    assert not Companion().round()
    assert dictionary.current() is before
    monkeypatch.undo()
    assert Companion().round()
    assert dictionary.current() is not before


def test_the_pieces_that_contain_a_new_word_are_sent_again_and_no_index_is_stale(engine, editor):
    touched = make_method(title="快堵灵的用法", published=True)
    other = make_method(title="木塞堵漏法", published=True)
    drain_all(engine)
    indexes = list(SearchIndex.objects.values_list("name", flat=True))
    versions = dict(SearchObject.objects.values_list("key", "wanted_version"))
    services.term_save(actor=editor, text="快堵靈")
    assert drain_all(engine).sent == 1
    after = dict(SearchObject.objects.values_list("key", "wanted_version"))
    assert after[str(touched.page_key)] == versions[str(touched.page_key)] + 1
    assert after[str(other.page_key)] == versions[str(other.page_key)]
    assert dictionary.current().terms == ("快堵灵",)
    change = TermChange.objects.get()
    assert change.touched_at is not None
    assert change.touched == 1
    assert audit(engine).clean
    assert list(SearchIndex.objects.values_list("name", flat=True)) == indexes


def test_changes_wait_while_the_engine_is_away(engine, editor, monkeypatch):
    make_method(title="快堵灵的用法", published=True)
    drain_all(engine)
    services.term_save(actor=editor, text="快堵灵")

    def away(*_args, **_kwargs):
        raise EngineUnavailable("gone")

    with monkeypatch.context() as patched:
        patched.setattr(type(engine), "search", away)
        with pytest.raises(EngineUnavailable):
            touching.changes_touch(engine)
    assert TermChange.objects.get().touched_at is None
    assert touching.changes_touch(engine) == 1
    assert touching.changes_touch(engine) == 0


def test_many_changed_words_have_everything_sent_again(engine, monkeypatch):
    make_method(title="快堵灵的用法", published=True)
    drain_all(engine)
    monkeypatch.setattr(touching, "MOST_LOOKED_UP", 1)
    found = touching.touched_names(engine, ["快堵灵", "粘补胶"])
    assert sum(map(len, found.values())) == SearchObject.objects.filter(deleted=False).count()


def test_long_words_are_looked_up_by_their_beginning_and_latin_ones_not_at_all(engine):
    assert touching.probe_of("桥式起重机大修") == "桥式起重"
    assert touching.probe_of("co2气保焊") == "气保焊"
    assert touching.probe_of("yjv-22") == ""
    make_method(title="桥式起重机大修要点", published=True)
    drain_all(engine)
    assert list(touching.touched_names(engine, ["桥式起重机大修", "yjv-22"])) == ["method"]


def test_a_kind_with_more_hits_than_can_be_paged_is_sent_whole(engine, monkeypatch):
    make_method(title="快堵灵的用法", published=True)
    make_method(title="木塞堵漏法", published=True)
    drain_all(engine)
    monkeypatch.setattr(touching, "DEEPEST", 0)
    assert len(touching.touched_names(engine, ["快堵灵"])["method"]) == 2
