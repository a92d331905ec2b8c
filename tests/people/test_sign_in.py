"""Signing in and out, as a browser does it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from people.models import SignInGuard
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


def sign_in(client: Client, number: str, password: str = PASSWORD, **extra: Any) -> Any:
    headers = {"REMOTE_ADDR": extra.pop("address", "10.0.0.1")}
    return client.post(LOGIN, {"login": number, "password": password, **extra}, **headers)


@pytest.mark.parametrize("typed", ["M0001", "m0001", " m0001 "])
def test_the_staff_number_signs_in_however_it_is_typed(client: Client, typed: str) -> None:
    UserFactory(username="M0001")
    answer = sign_in(client, typed)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_one_comes_back_to_the_page_asked_for(client: Client) -> None:
    UserFactory(username="M0001")
    answer = sign_in(client, "M0001", next="/studios/?页=2")
    assert answer["Location"].startswith("/studios/")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)"])
def test_one_is_never_sent_to_a_foreign_site(client: Client, target: str) -> None:
    UserFactory(username="M0001")
    assert sign_in(client, "M0001", next=target)["Location"] == "/"


def test_staying_signed_in_is_a_choice(client: Client) -> None:
    UserFactory(username="M0001")
    sign_in(client, "M0001")
    assert client.session.get_expire_at_browser_close()
    other = Client()
    sign_in(other, "M0001", remember="on")
    assert other.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_the_page_says_what_is_wrong_without_telling_which(client: Client) -> None:
    UserFactory(username="M0001")
    known = sign_in(client, "M0001", "不对").content.decode()
    unknown = sign_in(client, "M9999", "不对").content.decode()
    for page in (known, unknown):
        assert "工号或密码不对" in page


def test_a_deactivated_person_is_told_so(client: Client) -> None:
    UserFactory(username="M0001", is_active=False)
    assert sign_in(client, "M0001")["Location"] == "/account/inactive/"
    assert "已经停用" in client.get("/account/inactive/").content.decode()
    assert not client.session.get("_auth_user_id")


def test_an_account_shuts_after_five_failures_from_anywhere(client: Client) -> None:
    UserFactory(username="M0001")
    for n in range(5):
        sign_in(client, "m0001", "不对", address=f"10.0.1.{n}")
    page = sign_in(client, "M0001", address="10.0.2.1").content.decode()
    assert "15 分钟后再试" in page
    assert not client.session.get("_auth_user_id")
    SignInGuard.objects.filter(kind="account").update(shut_until=timezone.now() - dt.timedelta(seconds=1))
    assert sign_in(client, "M0001", address="10.0.2.1").status_code == 302


def test_an_address_shuts_for_every_account(client: Client) -> None:
    UserFactory(username="M0001")
    for n in range(60):
        SignInGuard.objects.filter(kind="account").delete()
        sign_in(client, f"X{n}", "不对", address="10.9.9.9")
    assert "分钟后再试" in sign_in(client, "M0001", address="10.9.9.9").content.decode()
    assert sign_in(client, "M0001", address="10.9.9.8").status_code == 302


def test_signing_in_takes_the_failures_back(client: Client) -> None:
    UserFactory(username="M0001")
    for _ in range(3):
        for _ in range(4):
            sign_in(client, "M0001", "不对")
        assert sign_in(client, "M0001").status_code == 302
        client.logout()
    assert not SignInGuard.objects.filter(kind="account").exists()
    assert SignInGuard.objects.get(kind="address").failures == 12


def test_old_counts_are_removed_by_the_daily_task() -> None:
    SignInGuard.objects.create(
        kind="address", key="10.0.0.1", failures=3, since_at=timezone.now() - dt.timedelta(days=3)
    )
    SignInGuard.objects.create(kind="address", key="10.0.0.2", failures=3, since_at=timezone.now())
    call_command("people_roles_sync")
    assert list(SignInGuard.objects.values_list("key", flat=True)) == ["10.0.0.2"]


def test_signing_out_clears_a_shared_phone(client: Client) -> None:
    client.force_login(UserFactory(name="张帆"))
    assert "张帆" in client.get("/account/logout/").content.decode()
    answer = client.post("/account/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    page = client.get(answer["Location"])
    assert page["Clear-Site-Data"] == '"cache", "storage"'
    assert "signed_out.js" in page.content.decode()
    assert not client.session.get("_auth_user_id")


def test_the_page_after_signing_out_clears_nothing_of_somebody_signed_in(client: Client) -> None:
    client.force_login(UserFactory())
    assert "Clear-Site-Data" not in client.get("/account/signed-out/")


@pytest.mark.parametrize("door", ["/admin/login/", "/_util/login/"])
def test_every_other_door_leads_to_this_one(client: Client, door: str) -> None:
    answer = client.get(door, {"next": "/admin/pages/"})
    assert answer["Location"] == "/account/login/?next=%2Fadmin%2Fpages%2F"
    assert client.get("/admin/")["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("path", ["signup/", "email/", "password/set/", "confirm-email/", "reauthenticate/"])
def test_nobody_registers_himself(client: Client, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404
    assert client.post(f"/account/{path}", {"username": "X1", "password1": PASSWORD}).status_code == 404


def test_whoever_forgot_his_password_is_told_where_to_get_a_code(client: Client) -> None:
    page = client.get("/account/password/reset/").content.decode()
    assert "人力资源" in page
    assert "一次性密码" in page


def test_a_password_that_others_know_must_be_changed_first(client: Client) -> None:
    person = UserFactory(must_change_password=True)
    client.force_login(person)
    answer = client.get("/me/profile/")
    assert answer["Location"] == "/account/password/change/?next=/me/profile/"
    data = {"oldpassword": PASSWORD, "password1": "gangtie-2026-x", "password2": "gangtie-2026-x"}
    assert client.post("/account/password/change/", data).status_code == 302
    person.refresh_from_db()
    assert not person.must_change_password
    assert person.check_password("gangtie-2026-x")


def test_a_weak_new_password_is_refused_in_words(client: Client) -> None:
    client.force_login(UserFactory())
    data = {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}
    assert "password1" in client.post("/account/password/change/", data).context["form"].errors


def test_the_reader_s_language_is_the_one_he_chose_not_that_of_the_computer(client: Client) -> None:
    english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    assert client.get(LOGIN, **english)["Content-Language"] == "zh-hans"
    client.post("/account/language/", {"language": "en", "next": LOGIN})
    assert client.get(LOGIN)["Content-Language"] == "en"
    client.force_login(UserFactory(language="zh-hant"))
    assert client.get("/account/logout/")["Content-Language"] == "zh-hant"
