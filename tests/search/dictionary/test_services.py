"""Who writes what into the dictionary, and how it is taken back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from people.errors import NotAllowed
from people.models import AuditEntry
from search.dictionary import services
from search.dictionary.errors import NotUndoable, TermFaulty, sentence
from search.dictionary.importing import terms_import
from search.dictionary.models import DictionaryVersion, Term, TermChange, TermSource, TermState
from search.dictionary.selectors import approved_contents, proposed_count, version_stamp
from search.dictionary.suggesting import term_source
from search.suggest.services import suggestions
from tests.factories.people import TradeFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_editors_word_is_in_use_at_once_and_every_change_has_a_version(editor):
    before = version_stamp()
    term = services.term_save(actor=editor, text=" 快堵靈 ").term
    assert (term.text, term.normal, term.state) == ("快堵靈", "快堵灵", TermState.APPROVED)
    assert approved_contents().terms == ("快堵靈",)
    assert version_stamp() != before
    assert DictionaryVersion.objects.get().number == 1
    change = TermChange.objects.get()
    assert (change.texts, change.touched_at, change.before) == (["快堵灵"], None, None)
    assert AuditEntry.objects.filter(action="term.added", actor=editor).exists()


def test_saving_what_is_there_already_changes_nothing(editor):
    term = services.term_save(actor=editor, text="快堵灵").term
    assert not services.term_save(actor=editor, term=term, note="").changed
    assert TermChange.objects.count() == 1


def test_a_master_proposes_and_an_editor_decides(master, editor):
    term = services.term_save(actor=master, text="快堵灵", state=TermState.APPROVED).term
    assert term.state == TermState.PROPOSED
    assert approved_contents().terms == ()
    assert proposed_count() == 1
    assert TermChange.objects.get().touched_at is not None
    with pytest.raises(NotAllowed):
        services.term_decide(actor=master, term=term, approve=True)
    services.term_save(actor=master, term=term, note="现场都这么叫")
    services.term_decide(actor=editor, term=term, approve=True)
    assert approved_contents().terms == ("快堵灵",)
    with pytest.raises(NotAllowed):
        services.term_save(actor=master, term=Term.objects.get(), note="改一下")


def test_one_masters_proposal_is_not_anothers_to_change(master):
    term = services.term_save(actor=master, text="快堵灵").term
    other = UserFactory()
    for act in (
        lambda: services.term_save(actor=other, text="别的词"),
        lambda: services.term_delete(actor=other, term=term),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_refused_word_is_not_used(master, editor):
    term = services.term_save(actor=master, text="快堵灵").term
    assert services.term_decide(actor=editor, term=term, approve=False).term.state == TermState.REFUSED
    assert approved_contents().terms == ()


def test_wrong_rows_are_refused_with_a_sentence_for_each_field(editor):
    services.term_save(actor=editor, text="快堵灵")
    with pytest.raises(TermFaulty) as refused:
        services.term_save(actor=editor, text="快堵靈")
    assert [sentence(fault) for fault in refused.value.faults] == ["这个词已经在词典里了，请打开原来的词条修改。"]
    with pytest.raises(TermFaulty):
        services.term_save(actor=editor, kind="synonyms", text="天车")


def test_a_trade_stands_as_label_with_its_synonyms(editor):
    trade = TradeFactory(name="起重工")
    services.term_save(actor=editor, kind="synonyms", text="天车", meaning="行车, 桥式起重机", trade=trade)
    assert Term.objects.get().meaning == "行车、桥式起重机"
    assert approved_contents().synonyms[0].label == "起重工"


def test_a_deletion_is_undone_and_undoing_is_not_undone_twice(editor):
    term = services.term_save(actor=editor, text="快堵灵", note="堵漏剂").term
    pk = term.pk
    change = services.term_delete(actor=editor, term=term)
    assert not Term.objects.exists()
    services.change_undo(actor=editor, change=change)
    assert (Term.objects.get().pk, Term.objects.get().note) == (pk, "堵漏剂")
    assert approved_contents().terms == ("快堵灵",)
    with pytest.raises(NotUndoable):
        services.change_undo(actor=editor, change=change)


def test_changes_are_undone_back_to_the_beginning(editor):
    term = services.term_save(actor=editor, text="快堵灵").term
    services.term_save(actor=editor, term=term, text="快堵王")
    first, second = TermChange.objects.order_by("pk")
    with pytest.raises(NotUndoable):
        services.change_undo(actor=editor, change=first)
    services.change_undo(actor=editor, change=second)
    assert Term.objects.get().text == "快堵灵"
    services.change_undo(actor=editor, change=first)
    assert not Term.objects.exists()


def test_undoing_is_for_editors(master):
    services.term_save(actor=master, text="快堵灵")
    with pytest.raises(NotAllowed):
        services.change_undo(actor=master, change=TermChange.objects.get())


def test_undoing_a_deletion_whose_trade_is_gone_leaves_it_out(editor):
    trade = TradeFactory()
    term = services.term_save(actor=editor, text="快堵灵", trade=trade).term
    change = services.term_delete(actor=editor, term=term)
    trade.delete()
    services.change_undo(actor=editor, change=change)
    assert Term.objects.get().trade is None


def test_words_in_use_are_suggested_while_somebody_types_and_no_others(editor, master):
    def labels():
        return [found.label for found in suggestions(user=AnonymousUser(), text="qiaoshi")]

    term = services.term_save(actor=master, kind="synonyms", text="天车", meaning="桥式起重机").term
    assert labels() == []
    services.term_decide(actor=editor, term=term, approve=True)
    assert labels() == ["桥式起重机"]
    assert dict(term_source()).keys() == {str(term.pk)}
    services.term_delete(actor=editor, term=Term.objects.get())
    assert labels() == []


def test_an_import_adds_changes_and_leaves_alone(editor, master):
    services.term_save(actor=editor, text="快堵灵")
    services.term_save(actor=editor, text="快堵王", note="旧")
    rows = [
        {"kind": "word", "text": "快堵靈", "meaning": "", "trade": None, "note": ""},
        {"kind": "word", "text": "快堵王", "meaning": "", "trade": None, "note": "新"},
        {"kind": "abbreviation", "text": "压机", "meaning": "压缩机", "trade": None, "note": ""},
    ]
    rows[0]["text"] = "快堵灵"
    assert terms_import(actor=editor, rows=rows) == (1, 1, 1)
    assert Term.objects.get(text="压机").source == TermSource.IMPORT
    terms_import(actor=master, rows=[{**rows[0], "text": "粘补胶"}])
    assert Term.objects.get(text="粘补胶").state == TermState.PROPOSED
    assert terms_import(actor=master, rows=[{**rows[1], "note": "师傅想改"}]) == (0, 0, 1)
    assert Term.objects.get(text="快堵王").note == "新"
    assert AuditEntry.objects.filter(action="term.imported").count() == 2
    with pytest.raises(NotAllowed):
        terms_import(actor=UserFactory(), rows=rows)
    with pytest.raises(TermFaulty):
        terms_import(actor=editor, rows=[{**rows[0], "text": "长"}])


def test_an_import_of_many_rows_takes_few_statements(editor, django_assert_max_num_queries):
    rows = [
        {"kind": "word", "text": f"某某词{number}号泵", "meaning": "", "trade": None, "note": ""}
        for number in range(300)
    ]
    with django_assert_max_num_queries(60):
        assert terms_import(actor=editor, rows=rows) == (300, 0, 0)
