"""What a person is today, and which audiences he satisfies."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import IntegrityError, transaction

from people.audience import (
    access_changed,
    audience_for,
    memo,
    tokens_of,
    visible_audience_ids,
)
from people.audience.state import person_seen
from people.models import Posting, Unit
from tests.factories.people import UnitFactory, UserFactory, day, grant, posting

pytestmark = pytest.mark.django_db


def test_the_public_carries_one_token() -> None:
    assert tokens_of(AnonymousUser()) == {"public"}


def test_a_person_carries_every_unit_above_his_own(company: Unit, workshop: Unit, team: Unit) -> None:
    person = UserFactory()
    posting(person, team)
    carried = tokens_of(person)
    assert {f"unit:{unit.pk}" for unit in (company, workshop, team)} <= carried
    assert {"public", "signed-in", "role:trainee", f"person:{person.pk}"} <= carried


def test_a_person_does_not_carry_a_neighbouring_unit(company: Unit, team: Unit) -> None:
    other = UnitFactory(parent=company)
    person = UserFactory()
    posting(person, team)
    assert f"unit:{other.pk}" not in tokens_of(person)


def test_a_posting_counts_from_its_first_to_its_last_day(team: Unit) -> None:
    person = UserFactory()
    posting(person, team, since=day(-5), until=day(5))
    token = f"unit:{team.pk}"
    carried = {offset: token in tokens_of(person, day(offset)) for offset in (-6, -5, 0, 5, 6)}
    assert carried == {-6: False, -5: True, 0: True, 5: True, 6: False}


def test_a_role_counts_only_while_it_is_granted() -> None:
    person = UserFactory()
    grant(person, "editor", until=day(0))
    assert "role:editor" in tokens_of(person)
    assert "role:editor" not in tokens_of(person, day(1))


def test_a_transfer_changes_the_tokens_at_once(company: Unit, team: Unit) -> None:
    person = UserFactory()
    held = posting(person, team)
    assert f"unit:{team.pk}" in tokens_of(person)
    other = UnitFactory(parent=company)
    held.to_date = day(-1)
    held.save()
    Posting.objects.create(person=person, unit=other, from_date=day(0))
    carried = tokens_of(person)
    assert f"unit:{other.pk}" in carried
    assert f"unit:{team.pk}" not in carried


def test_a_group_counts_from_either_side() -> None:
    person = UserFactory()
    group = Group.objects.create(name="老带新")
    tokens_of(person)
    group.user_set.add(person)
    assert f"group:{group.pk}" in tokens_of(person)
    person.groups.clear()
    assert f"group:{group.pk}" not in tokens_of(person)
    person.groups.add(group)
    assert f"group:{group.pk}" in tokens_of(person)
    group.user_set.clear()
    assert f"group:{group.pk}" not in tokens_of(person)


def test_a_deleted_group_lets_nobody_in() -> None:
    person = UserFactory()
    group = Group.objects.create(name="老带新")
    person.groups.add(group)
    token = f"group:{group.pk}"
    assert token in tokens_of(person)
    group.delete()
    assert token not in tokens_of(person)


def test_a_deactivated_person_is_the_public() -> None:
    assert tokens_of(UserFactory(is_active=False)) == {"public"}


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_those_who_read_all_satisfy_every_audience(role: str) -> None:
    person = UserFactory()
    grant(person, role)
    nobody = audience_for([[]])
    assert nobody.pk in visible_audience_ids(person)


@pytest.mark.parametrize("role", ["auditor", "administrator", "editor", "company_union"])
def test_a_role_for_the_whole_site_cannot_be_tied_to_a_unit(role: str, workshop: Unit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        grant(UserFactory(), role, workshop)


def test_a_superuser_reads_all() -> None:
    assert "read-all" in tokens_of(UserFactory(is_superuser=True))


def test_a_new_audience_is_seen_at_once() -> None:
    person = UserFactory()
    before = visible_audience_ids(person)
    row = audience_for([["signed-in"]])
    assert visible_audience_ids(person) == before | {row.pk}
    assert row.pk not in visible_audience_ids(AnonymousUser())


def test_equal_audiences_are_one_row() -> None:
    first = audience_for([["unit:2", "unit:1"], ["public"]])
    assert audience_for([["unit:1", "unit:2"]]).pk == first.pk


def test_asking_again_costs_one_query_in_a_request(django_assert_num_queries: object, team: Unit) -> None:
    person = UserFactory()
    posting(person, team)
    visible_audience_ids(person)
    person.refresh_from_db()
    with django_assert_num_queries(1), memo.remembering():  # type: ignore[operator]
        person_seen(person)
        visible_audience_ids(person)
        visible_audience_ids(person)
        tokens_of(person)


def test_outside_a_request_the_person_is_asked_for_too(django_assert_num_queries: object, team: Unit) -> None:
    person = UserFactory()
    posting(person, team)
    visible_audience_ids(person)
    with django_assert_num_queries(2):  # type: ignore[operator]
        visible_audience_ids(person)


def test_what_was_asked_in_a_request_is_forgotten_when_access_changes(team: Unit) -> None:
    person = UserFactory()
    with memo.remembering():
        assert f"unit:{team.pk}" not in tokens_of(person)
        posting(person, team)
        assert f"unit:{team.pk}" in tokens_of(person)


def test_a_row_written_past_the_signals_counts_once_access_changed_is_called(team: Unit) -> None:
    person = UserFactory()
    tokens_of(person)
    Posting.objects.bulk_create([Posting(person=person, unit=team, from_date=day(-1))])
    access_changed()
    assert f"unit:{team.pk}" in tokens_of(person)


def test_somebody_unknown_is_the_public() -> None:
    person = UserFactory()
    person.delete()
    person.pk = 999_999
    assert tokens_of(person) == {"public"}
    assert visible_audience_ids(person) == visible_audience_ids(AnonymousUser())
