"""Printed codes: made by who may, used once, tried a few times."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from people.codes import rules, services
from people.codes.registry import _issuers, register_code_issuer
from people.errors import NotAllowed
from people.models import AuditEntry, OneTimeCode, Role, SignInGuard, Unit, User
from tests.factories.people import UserFactory, grant, posting

NEW = "gangtie-2026-x"


@pytest.fixture
def hr(workshop: Unit) -> User:
    officer = UserFactory(name="何人事")
    grant(officer, Role.HR, workshop)
    return officer


@pytest.fixture
def worker(team: Unit) -> User:
    person = UserFactory(username="T0001")
    posting(person, team)
    return person


def enter(client: Client, number: str, code: str) -> object:
    return client.post("/account/code/", {"staff_number": number, "code": code})


def test_a_code_is_read_off_paper_without_doubt() -> None:
    codes = {rules.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not set("".join(codes)) & set("01258BILOSUVZ")
    assert rules.folded(" a3c4-d6e7 ") == "A3C4D6E7"
    assert rules.shown("A3C4D6E7") == "A3C4-D6E7"


def test_with_the_code_one_sets_a_password_and_is_in(client: Client, hr: User, worker: User) -> None:
    slip = services.code_make(actor=hr, person=worker)
    assert slip.code.replace("-", "") not in str(OneTimeCode.objects.values().get())
    answer = enter(client, "t0001", slip.code.lower().replace("-", " "))
    assert answer["Location"] == "/account/code/password/"
    assert "T0001" in client.get("/account/code/password/").content.decode()
    wrong = client.post("/account/code/password/", {"password1": NEW, "password2": "x"})
    assert "两次输入" in wrong.content.decode()
    client.post("/account/code/password/", {"password1": NEW, "password2": NEW})
    worker.refresh_from_db()
    assert worker.check_password(NEW)
    assert client.session["_auth_user_id"] == str(worker.pk)
    assert AuditEntry.objects.filter(action="password.set_by_code").count() == 1
    assert enter(Client(), "T0001", slip.code).status_code == 400


def test_the_second_step_is_closed_without_the_first(client: Client, hr: User, worker: User) -> None:
    assert client.get("/account/code/password/")["Location"] == "/account/code/"
    slip = services.code_make(actor=hr, person=worker)
    enter(client, "T0001", slip.code)
    session = client.session
    session["people_code"] = {"id": slip.row.pk, "at": timezone.now().timestamp() - 3600}
    session.save()
    assert client.get("/account/code/password/")["Location"] == "/account/code/"


@pytest.mark.django_db
def test_a_code_ends_after_seven_days_five_tries_and_a_newer_one(hr: User, worker: User) -> None:
    first = services.code_make(actor=hr, person=worker)
    second = services.code_make(actor=hr, person=worker)
    with pytest.raises(services.CodeWrong):
        services.code_try(staff_number="T0001", typed=first.code)
    assert services.code_try(staff_number="T0001", typed=second.code).pk == second.row.pk
    for _ in range(4):
        with pytest.raises(services.CodeWrong):
            services.code_try(staff_number="T0001", typed="XXXX-XXXX")
    with pytest.raises(services.CodeWrong):
        services.code_try(staff_number="T0001", typed=second.code)
    third = services.code_make(actor=hr, person=worker)
    OneTimeCode.objects.filter(pk=third.row.pk).update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(services.CodeWrong):
        services.code_try(staff_number="T0001", typed=third.code)
    with pytest.raises(services.CodeWrong):
        services.password_set_by_code(code_id=third.row.pk, password=NEW)


def test_guessing_codes_shuts_the_address(client: Client, hr: User, worker: User) -> None:
    for n in range(20):
        enter(client, f"X{n}", "XXXX-XXXX")
    slip = services.code_make(actor=hr, person=worker)
    assert "分钟后再试" in enter(client, "T0001", slip.code).content.decode()
    SignInGuard.objects.all().delete()
    assert enter(client, "T0001", slip.code).status_code == 302


def test_a_code_opens_an_account_that_failures_had_shut(client: Client, hr: User, worker: User) -> None:
    for _ in range(6):
        client.post("/account/login/", {"login": "T0001", "password": "不对"})
    slip = services.code_make(actor=hr, person=worker)
    enter(client, "T0001", slip.code)
    client.post("/account/code/password/", {"password1": NEW, "password2": NEW})
    again = Client()
    assert again.post("/account/login/", {"login": "T0001", "password": NEW}).status_code == 302


def test_hr_prints_for_his_unit_and_no_other(hr: User, worker: User, company: Unit) -> None:
    outsider = UserFactory()
    posting(outsider, company)
    assert services.may_issue(hr, worker)
    assert not services.may_issue(hr, outsider)
    assert not services.may_issue(worker, hr)
    with pytest.raises(NotAllowed):
        services.code_make(actor=hr, person=outsider)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.EDITOR, Role.COMPANY_UNION])
def test_hr_never_prints_for_who_holds_a_role_beyond_him(hr: User, worker: User, role: str) -> None:
    grant(worker, role)
    assert not services.may_issue(hr, worker)


def test_hr_never_prints_for_an_officer_with_a_wider_reach(hr: User, worker: User, company: Unit) -> None:
    grant(worker, Role.HR, company)
    assert not services.may_issue(hr, worker)


def test_an_administrator_prints_for_everybody_but_deactivated_people(worker: User) -> None:
    chief, gone = UserFactory(), UserFactory(is_active=False)
    grant(chief, Role.ADMINISTRATOR)
    assert services.may_issue(chief, worker)
    assert services.may_issue(chief, UserFactory(is_superuser=True))
    assert not services.may_issue(chief, gone)


def test_a_head_prints_for_who_he_answers_for_unless_that_one_is_more_than_a_master(worker: User) -> None:
    head = UserFactory()
    register_code_issuer(lambda actor, person: actor == head and person == worker)
    try:
        assert services.may_issue(head, worker)
        assert not services.may_issue(worker, head)
        grant(worker, Role.HR)
        assert not services.may_issue(head, worker)
    finally:
        _issuers.pop()
