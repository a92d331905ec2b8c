"""The question bank: marking, versions, and its place in the admin."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from courses.models import Question, QuestionVersion
from courses.questions.rules import Item, item_faults, mark, mark_all, order
from tests.factories.courses import make_course, make_question, make_quiz, release_of
from tests.factories.studios import make_member, make_person, make_studio

ABC = ("a", "b", "c")


def item(kind="multiple", right=("a", "b"), version=1):
    return Item(version, kind, ABC, frozenset(right), 10)


@given(st.sets(st.sampled_from(ABC), min_size=1), st.sets(st.sampled_from([*ABC, "forged"])))
def test_points_are_given_for_exactly_the_right_options(right, chosen):
    found = mark(item(right=tuple(right)), chosen)
    assert found.is_right == (set(chosen) == right)
    assert found.points in (0, 10)
    assert "forged" not in found.chosen


def test_choosing_everything_is_not_right():
    assert mark(item(), ABC).points == 0


def test_questions_left_empty_get_no_points_and_others_are_ignored():
    marks = mark_all([item(version=1), item(version=2)], {1: ["a", "b"], 99: ["a"]})
    assert [(m.version, m.points) for m in marks] == [(1, 10), (2, 0)]


@given(st.text(min_size=1, max_size=20))
def test_an_order_keeps_all_questions_and_options(seed):
    items = [item(version=n) for n in range(5)] + [Item(9, "truefalse", ("true", "false"), frozenset(["true"]), 5)]
    found = order(items, seed)
    assert found == order(items, seed)
    assert {i.version for i in found} == {0, 1, 2, 3, 4, 9}
    assert all(set(i.options) == (set(ABC) if i.version != 9 else {"true", "false"}) for i in found)
    assert next(i for i in found if i.version == 9).options == ("true", "false")


@pytest.mark.parametrize(
    ("kind", "right", "texts", "fault"),
    [
        ("single", ["a"], ["一"], "too_few_options"),
        ("single", [], ["一", "二"], "one_right_option"),
        ("single", ["a", "b"], ["一", "二"], "one_right_option"),
        ("multiple", [], ["一", "二"], "some_right_option"),
        ("multiple", ["a"], ["一", "一 "], "options_repeat"),
    ],
)
def test_a_question_that_cannot_be_asked_is_named(kind, right, texts, fault):
    assert fault in item_faults(kind, list("ab")[: len(texts)], right, texts)


def test_a_good_question_has_no_fault():
    assert item_faults("truefalse", ["true", "false"], ["true"], ["对", "错"]) == []


@pytest.mark.django_db
def test_each_change_is_a_new_version_and_no_change_is_none():
    question = make_question(make_studio())
    question.save()
    assert question.versions.count() == 1
    question.points = 20
    question.save()
    assert [v.number for v in question.versions.all()] == [2, 1]
    assert [v.points for v in question.versions.all()] == [20, 10]


@pytest.mark.django_db
def test_a_version_can_be_neither_changed_nor_deleted():
    version = make_question(make_studio()).versions.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionVersion.objects.update(text="改")
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionVersion.objects.filter(pk=version.pk).delete()


@pytest.mark.django_db
def test_a_question_with_two_right_options_is_refused_in_words():
    with pytest.raises(ValidationError, match="单选题要有且只有一个正确选项"):
        make_question(make_studio(), right=(0, 1))


@pytest.mark.django_db
def test_only_quizzes_that_ask_a_question_follow_its_change():
    course = make_course()
    asked, other = make_question(course.studio), make_question(course.studio, text="别的")
    make_quiz(course, [asked])
    number = release_of(course).number
    other.text = "改了别的"
    other.save()
    assert release_of(course).number == number
    asked.text = "改了这题"
    asked.save()
    assert release_of(course).number == number + 1


def form_data(studio, **fields):
    data = {
        "studio": studio.pk,
        "kind": "single",
        "points": 10,
        "text": "锥度应该是多少？",
        "options-count": 2,
        "explanation": "",
        "reread_page": "",
        "picture": "",
    }
    for number, (text, right) in enumerate((("一比十", True), ("一比二", False))):
        data |= {
            f"options-{number}-deleted": "",
            f"options-{number}-order": number,
            f"options-{number}-type": "option",
            f"options-{number}-id": str(uuid.uuid4()),
            f"options-{number}-value-text": text,
        }
        if right:
            data[f"options-{number}-value-is_right"] = "on"
    return data | fields


@pytest.mark.django_db
def test_a_member_writes_a_question_in_the_admin_and_it_gets_its_version(client):
    studio = make_studio()
    writer = make_member(studio).person
    client.force_login(writer)
    assert client.get(reverse("wagtailsnippets_courses_question:add")).status_code == 200
    response = client.post(reverse("wagtailsnippets_courses_question:add"), form_data(studio))
    assert response.status_code == 302, response.context["form"].errors
    version = QuestionVersion.objects.get()
    assert version.made_by == writer
    assert [o["text"] for o in version.options] == ["一比十", "一比二"]
    assert version.right == [version.options[0]["key"]]
    question = Question.objects.get()
    edit = reverse("wagtailsnippets_courses_question:edit", args=[question.pk])
    assert client.get(edit).status_code == 200
    assert "锥度" in client.get(reverse("wagtailsnippets_courses_question:list")).content.decode()


@pytest.mark.django_db
def test_questions_of_other_studios_are_out_of_reach(client):
    theirs, mine = make_studio(), make_studio()
    question = make_question(theirs, text="别家的题")
    client.force_login(make_member(mine).person)
    assert "别家的题" not in client.get(reverse("wagtailsnippets_courses_question:list")).content.decode()
    edit = reverse("wagtailsnippets_courses_question:edit", args=[question.pk])
    assert client.get(edit).status_code == 302
    client.post(edit, form_data(mine, text="抢过来"))
    question.refresh_from_db()
    assert (question.text, question.studio) == ("别家的题", theirs)
    response = client.post(reverse("wagtailsnippets_courses_question:add"), form_data(theirs))
    assert response.status_code == 200
    assert "studio" in response.context["form"].errors
    chooser = client.get(reverse("wagtailsnippetchoosers_courses_question:choose"))
    assert "别家的题" not in chooser.content.decode()


@pytest.mark.django_db
def test_trainees_do_not_see_the_bank(client):
    client.force_login(make_person())
    assert client.get(reverse("wagtailsnippets_courses_question:list")).status_code == 302
