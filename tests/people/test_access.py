"""Who may act, and how far a role reaches."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from people.access import has_role, require_role, roles_of, units_within_reach
from people.errors import NotAllowed
from people.models import Role, Unit
from tests.factories.people import UnitFactory, UserFactory, day, grant

pytestmark = pytest.mark.django_db


def test_everybody_who_is_active_is_a_trainee() -> None:
    assert roles_of(UserFactory()) == {"trainee"}
    assert roles_of(UserFactory(is_active=False)) == frozenset()
    assert roles_of(AnonymousUser()) == frozenset()


def test_a_role_over_a_unit_reaches_what_is_below_it_and_no_more(company: Unit, workshop: Unit, team: Unit) -> None:
    person = UserFactory()
    grant(person, Role.HR, workshop)
    other = UnitFactory(parent=company)
    assert {unit.name: has_role(person, Role.HR, unit=unit) for unit in (company, workshop, team, other)} == {
        company.name: False,
        workshop.name: True,
        team.name: True,
        other.name: False,
    }
    assert set(units_within_reach(person, Role.HR)) == {workshop, team}


def test_a_role_over_the_whole_site_reaches_every_unit(company: Unit, team: Unit) -> None:
    person = UserFactory()
    grant(person, Role.HR)
    assert has_role(person, Role.HR, unit=team)
    assert set(units_within_reach(person, Role.HR)) == {company, team.get_parent(), team}


def test_a_role_that_has_ended_reaches_nothing(workshop: Unit) -> None:
    person = UserFactory()
    grant(person, Role.HR, workshop, since=day(-9), until=day(-1))
    assert not has_role(person, Role.HR)
    assert not units_within_reach(person, Role.HR).exists()


def test_a_superuser_is_an_administrator_everywhere(team: Unit) -> None:
    root = UserFactory(is_superuser=True)
    assert has_role(root, Role.ADMINISTRATOR)
    assert has_role(root, Role.ADMINISTRATOR, unit=team)
    assert team in units_within_reach(root, Role.ADMINISTRATOR)


@require_role(Role.HR)
def people_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("人员")


def ask(user: object) -> HttpResponse:
    request = RequestFactory().get("/people/?q=李")
    request.user = user
    return people_view(request)


def test_a_view_for_a_role_sends_the_public_to_sign_in_and_back() -> None:
    answer = ask(AnonymousUser())
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=/people/")


def test_a_view_for_a_role_refuses_others_and_admits_administrators() -> None:
    with pytest.raises(NotAllowed):
        ask(UserFactory())
    for role in (Role.HR, Role.ADMINISTRATOR):
        person = UserFactory()
        grant(person, role)
        assert ask(person).status_code == 200
