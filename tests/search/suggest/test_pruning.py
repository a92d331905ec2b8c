"""Words whose texts are gone leave the vocabulary, and are not offered before that either."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from people.audience import audience_for
from people.models import Role
from search.analysis import dictionary
from search.dictionary.services import term_delete, term_save
from search.models import VocabularyWord
from search.suggest.correction import offers
from search.suggest.pruning import Census
from search.suggest.vocabulary import text_words
from search.sync.audit import audit_and_heal
from search.sync.drain import drain_all
from tests.factories.kb import make_case
from tests.factories.people import UserFactory, grant
from tests.factories.studios import make_studio

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def studio(engine):
    return make_studio(name="钱师傅工作室")


def stored() -> set[str]:
    return set(VocabularyWord.objects.values_list("word", flat=True))


def publish(engine, *titles: str, **more):
    pages = [make_case(title=title, **more) for title in titles]
    drain_all(engine)
    return pages


def test_a_word_of_an_unpublished_page_alone_is_not_offered_and_leaves_with_the_night(engine, studio):
    page, other = publish(engine, "高空堵漏", "轴承检修", studio=studio)
    assert offers(user=NOBODY, text="堵楼", total=0).corrected == "堵漏"
    page.unpublish()
    drain_all(engine)
    assert offers(user=NOBODY, text="堵楼", total=0).corrected is None
    assert offers(user=NOBODY, text="轴成", total=0).corrected == "轴承"
    before, after = audit_and_heal(engine)
    assert before.clean and after.clean
    assert not {"堵漏", "高空"} & stored() and "轴承" in stored()
    assert stored() >= text_words(other.title)


def test_a_word_that_another_text_has_stays(engine, studio):
    page, _other = publish(engine, "高空堵漏", "带压堵漏", studio=studio)
    page.delete()
    drain_all(engine)
    audit_and_heal(engine)
    assert "堵漏" in stored() and "高空" not in stored()


def test_a_word_of_what_was_restricted_is_theirs_alone(engine, studio):
    (page,) = publish(engine, "高空堵漏", studio=studio)
    everybody = audience_for(()).pk
    assert VocabularyWord.objects.get(word="堵漏").audience == everybody
    page.own_audience = [f"studio:{studio.pk}"]
    page.save_revision().publish()
    drain_all(engine)
    for user in (NOBODY, UserFactory()):
        assert offers(user=user, text="堵楼", total=0).corrected is None
    audit_and_heal(engine)
    assert VocabularyWord.objects.get(word="堵漏").audience not in {everybody}
    page.own_audience = []
    page.save_revision().publish()
    drain_all(engine)
    audit_and_heal(engine)
    assert VocabularyWord.objects.get(word="堵漏").audience == everybody


def test_a_process_that_remembers_words_learns_that_they_were_removed(engine, studio):
    (page,) = publish(engine, "高空堵漏", studio=studio)
    page.unpublish()
    drain_all(engine)
    from search.suggest import vocabulary

    remembered, seen = dict(vocabulary._Known.weights), dict(vocabulary._Known.seen)
    audit_and_heal(engine)
    # Another process than the one that audited still has them in memory.
    vocabulary._Known.weights.update(remembered)
    vocabulary._Known.seen.update(seen)
    page.save_revision().publish()
    drain_all(engine)
    assert "堵漏" in stored()


def test_what_is_sent_during_the_census_stays(engine, studio):
    publish(engine, "轴承检修", studio=studio)
    census = Census()
    (page,) = publish(engine, "高空堵漏", studio=studio)
    assert ("case", str(page.page_key)) in census.changed()
    census.settle()
    assert "堵漏" in stored() and "轴承" not in stored()


def test_words_of_the_dictionary_stay_as_long_as_it_has_them(engine, studio):
    before, editor = dictionary.current(), UserFactory()
    grant(editor, Role.EDITOR)
    term = term_save(actor=editor, text="轴承").term
    try:
        audit_and_heal(engine)
        assert VocabularyWord.objects.get(word="轴承").weight == 3
        term_delete(actor=editor, term=term)
        audit_and_heal(engine)
        assert "轴承" not in stored()
    finally:
        dictionary.use(before)


def test_what_is_missing_comes_back(engine, studio):
    publish(engine, "轴承检修", studio=studio)
    VocabularyWord.objects.all().delete()
    audit_and_heal(engine)
    assert "轴承" in stored()
