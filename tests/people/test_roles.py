"""Grants of roles, and the groups that follow them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from people.audience.registry import _groups, register_group_contributor
from people.errors import DatesReversed, NotAllowed, RoleForWholeSite
from people.models import AuditEntry, Role, RoleGrant, Unit, User
from people.roles import rules
from people.roles.services import grant_add, grant_end, groups_sync
from tests.factories.people import UserFactory, day, grant

PATHS = st.sampled_from([None, "0001", "00010001", "000100010001", "00010002", "0002"])


@pytest.fixture
def chief(db: None) -> User:
    person = UserFactory()
    grant(person, Role.ADMINISTRATOR)
    return person


def names(person: User) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


def test_the_site_roles_are_known_roles() -> None:
    assert set(Role.values) == rules.ALL_ROLES
    assert rules.SITE_ROLES < rules.ALL_ROLES


@given(st.sampled_from(sorted(rules.ALL_ROLES)), PATHS, st.sampled_from(sorted(rules.ALL_ROLES)), PATHS)
def test_nobody_grants_beyond_his_own_reach(mine: str, reach: str | None, role: str, path: str | None) -> None:
    if rules.may_grant([(mine, reach)], role, path):
        assert mine in ("administrator", "hr")
        assert rules.reaches(reach, path)
        assert mine == "administrator" or role not in rules.SITE_ROLES


def test_a_person_without_a_posting_is_managed_from_the_whole_site_only() -> None:
    assert rules.may_manage([("hr", None)], [])
    assert not rules.may_manage([("hr", "0001")], [])
    assert not rules.may_manage([("unit_union", None)], ["0001"])


def test_a_grant_puts_the_person_in_the_role_s_group_and_is_logged(chief: User) -> None:
    person = UserFactory()
    row = grant_add(actor=chief, person=person, role=Role.EDITOR, from_date=day(0))
    assert names(person) == {"role:editor"}
    assert AuditEntry.objects.get(action="grant.added").data["role"] == "editor"
    grant_end(actor=chief, grant=row, last_date=day(0))
    assert names(person) == {"role:editor"}
    groups_sync(day=day(1))
    assert names(person) == set()


def test_hr_grants_within_reach_only(team: Unit, workshop: Unit, company: Unit) -> None:
    officer, person = UserFactory(), UserFactory()
    grant(officer, Role.HR, workshop)
    assert grant_add(actor=officer, person=person, role=Role.MASTER, unit=team, from_date=day(0)).pk
    for role, unit in ((Role.MASTER, company), (Role.MASTER, None), (Role.EDITOR, None), (Role.ADMINISTRATOR, None)):
        with pytest.raises(NotAllowed):
            grant_add(actor=officer, person=person, role=role, unit=unit, from_date=day(0))
    above = grant(person, Role.EDITOR)
    with pytest.raises(NotAllowed):
        grant_end(actor=officer, grant=above, last_date=day(0))


def test_impossible_grants_are_refused_in_words(chief: User, team: Unit) -> None:
    person = UserFactory()
    with pytest.raises(RoleForWholeSite):
        grant_add(actor=chief, person=person, role=Role.AUDITOR, unit=team, from_date=day(0))
    with pytest.raises(DatesReversed):
        grant_add(actor=chief, person=person, role=Role.HR, unit=team, from_date=day(0), to_date=day(-1))
    row = grant_add(actor=chief, person=person, role=Role.HR, unit=team, from_date=day(0))
    with pytest.raises(DatesReversed):
        grant_end(actor=chief, grant=row, last_date=day(-1))


def test_groups_of_others_are_left_alone(chief: User) -> None:
    own = Group.objects.create(name="老带新")
    person = UserFactory()
    person.groups.add(own, Group.objects.get(name="role:editor"))
    groups_sync(person_ids=[person.pk])
    assert names(person) == {"老带新"}


@pytest.mark.django_db
def test_packages_above_have_groups_written_for_them() -> None:
    person, other = UserFactory(), UserFactory()
    register_group_contributor("circle:", lambda ids, today: {pk: ["circle:1"] for pk in ids if pk == person.pk})
    try:
        assert groups_sync() >= 1
        assert names(person) == {"circle:1"}
        assert names(other) == set()
        with pytest.raises(ValueError, match="circle"):
            register_group_contributor("circle:", lambda ids, today: {})
    finally:
        del _groups["circle:"]


def test_a_role_that_ended_overnight_is_gone_with_the_first_request_of_the_day(client: Client, home: object) -> None:
    editor = UserFactory()
    grant(editor, Role.EDITOR)
    client.force_login(editor)
    assert client.get("/admin/").status_code == 200
    RoleGrant.objects.filter(person=editor).update(to_date=day(-1), from_date=day(-2))
    User.objects.filter(pk=editor.pk).update(groups_date=day(-1))
    assert client.get("/admin/").status_code == 302
    assert names(editor) == set()


@pytest.mark.parametrize(
    ("role", "admin", "pages", "users"),
    [
        (Role.ADMINISTRATOR, 200, 200, 200),
        (Role.EDITOR, 200, 200, 302),
        (Role.AUDITOR, 200, 302, 200),
        (Role.HR, 302, 302, 302),
        (Role.COMPANY_UNION, 302, 302, 302),
        (Role.TRAINEE, 302, 302, 302),
    ],
)
def test_the_admin_opens_for_roles_that_work_there(
    client: Client, home: object, role: str, admin: int, pages: int, users: int
) -> None:
    person = UserFactory()
    grant(person, role)
    client.force_login(person)
    paths = ("/admin/", "/admin/pages/", "/admin/users/")
    assert tuple(client.get(path).status_code for path in paths) == (admin, pages, users)


def test_whom_the_admin_sends_away_is_told_so_and_does_not_go_round(client: Client, home: object) -> None:
    person = UserFactory()
    grant(person, Role.TRAINEE)
    client.force_login(person)
    answer = client.get("/admin/pages/", follow=True)
    assert answer.status_code == 403
    assert [way for way, _ in answer.redirect_chain] == ["/account/login/?next=/admin/pages/"]
    assert client.get("/account/login/", {"next": "/me/"}).status_code == 302
