"""Personal tokens: made with the password, shown once, ended for good; requests counted across processes."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.utils import timezone

from people.directory.services import leavers_deactivate, person_deactivate, person_reactivate
from people.errors import NotAllowed, NotFound
from people.models import AccessToken, ApiCount, AuditEntry, Role, Unit, User
from people.tokens import rules, services
from people.tokens.errors import TokenExpired, TokenRevoked, TokenWrong, TooManyRequests, TooManyTokens
from tests.factories.people import PASSWORD, UserFactory, day, grant, posting

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
FORM = {"token-name": "车间大屏", "token-days": "90", "token-password": PASSWORD}


def made(person: User, **more) -> services.Made:
    return services.token_make(person=person, **{"name": "大屏", **more})


class TestRules:
    def test_a_token_has_256_random_bits_and_a_known_form(self) -> None:
        texts = {rules.new_token() for _ in range(100)}
        assert len(texts) == 100
        assert all(rules.has_form(text) and len(text) == len(rules.HEAD) + 43 for text in texts)
        assert not rules.has_form("chuan_short") and not rules.has_form(texts.pop() + "\n")

    def test_what_is_shown_of_it_is_its_beginning(self) -> None:
        text = rules.new_token()
        assert text.startswith(rules.prefix(text)) and len(rules.prefix(text)) == 14
        assert rules.prefix(text) not in rules.digest(text)

    @pytest.mark.parametrize(
        ("ended", "expires", "state"),
        [(None, 1, "live"), (None, 0, "expired"), (-1, 1, "revoked"), (-1, -1, "revoked")],
    )
    def test_its_state(self, ended: int | None, expires: int, state: str) -> None:
        day_ = dt.timedelta(days=1)
        ended_at = None if ended is None else NOW + ended * day_
        assert rules.state(ended_at=ended_at, expires_at=NOW + expires * day_, now=NOW) == state

    def test_its_use_is_written_once_an_hour(self) -> None:
        assert rules.is_used_again(None, NOW)
        assert not rules.is_used_again(NOW - dt.timedelta(minutes=59), NOW)
        assert rules.is_used_again(NOW - dt.timedelta(hours=1), NOW)

    @pytest.mark.parametrize(("ago", "wait"), [(0, 60), (59.5, 1), (60, 1), (90, 1), (10.2, 50)])
    def test_seconds_to_wait(self, ago: float, wait: int) -> None:
        assert rules.seconds_to_wait(NOW - dt.timedelta(seconds=ago), NOW) == wait


class TestLife:
    def test_only_the_digest_is_kept(self) -> None:
        token = made(UserFactory())
        row = AccessToken.objects.values().get()
        assert token.text not in str(row) and token.text.partition("_")[2][8:] not in str(row)
        assert services.token_owner(text=token.text).person == token.row.person
        assert token.text not in str(list(AuditEntry.objects.values()))

    def test_it_lives_ninety_days_unless_told_otherwise_and_a_year_at_most(self) -> None:
        person = UserFactory()
        assert (made(person).row.expires_at - timezone.now()).days == 89
        assert (made(person, days=365).row.expires_at - timezone.now()).days == 364
        with pytest.raises(ValueError, match="no token lives 366 days"):
            made(person, days=366)

    def test_a_wrong_or_expired_or_revoked_one_is_refused(self) -> None:
        token = made(UserFactory())
        for text in ("", "x" * 5000, rules.new_token(), token.text[:-1], token.text + "x"):
            with pytest.raises(TokenWrong):
                services.token_owner(text=text)
        AccessToken.objects.update(made_at=NOW - dt.timedelta(days=9), expires_at=timezone.now())
        with pytest.raises(TokenExpired):
            services.token_owner(text=token.text)
        services.token_revoke(actor=token.row.person, token_id=token.row.pk, answers=False)
        with pytest.raises(TokenRevoked):
            services.token_owner(text=token.text)

    def test_nobody_has_more_than_ten(self) -> None:
        person = UserFactory()
        tokens = [made(person) for _ in range(rules.MOST_LIVE)]
        with pytest.raises(TooManyTokens):
            made(person)
        services.token_revoke(actor=person, token_id=tokens[0].row.pk, answers=False)
        assert made(person)

    def test_the_use_is_noted_at_most_once_an_hour(self, django_assert_num_queries) -> None:
        token = made(UserFactory())
        services.token_owner(text=token.text)
        first = AccessToken.objects.get().used_at
        with django_assert_num_queries(1):
            services.token_owner(text=token.text)
        assert AccessToken.objects.get().used_at == first
        AccessToken.objects.update(used_at=first - dt.timedelta(hours=2))
        services.token_owner(text=token.text)
        assert AccessToken.objects.get().used_at > first

    def test_strangers_cannot_end_it_and_ending_twice_changes_nothing(self) -> None:
        token = made(UserFactory())
        with pytest.raises(NotAllowed):
            services.token_revoke(actor=UserFactory(), token_id=token.row.pk, answers=False)
        with pytest.raises(NotFound):
            services.token_revoke(actor=UserFactory(), token_id=0, answers=True)
        first = services.token_revoke(actor=token.row.person, token_id=token.row.pk, answers=False)
        again = services.token_revoke(actor=UserFactory(), token_id=token.row.pk, answers=True)
        assert (again.ended_at, again.ended) == (first.ended_at, AccessToken.Ended.BY_OWNER)
        assert AuditEntry.objects.filter(action="token.revoked").count() == 1


class TestEndsWithItsOwner:
    def test_a_changed_password_ends_all_tokens(self) -> None:
        person = UserFactory()
        token = made(person)
        person.set_password("another-2026-x")
        person.save(update_fields=["password"])
        with pytest.raises(TokenRevoked):
            services.token_owner(text=token.text)
        assert AccessToken.objects.get().ended == AccessToken.Ended.PASSWORD
        assert AuditEntry.objects.get(action="token.revoked").data == {"count": 1, "why": "password"}

    def test_changing_it_on_the_page_ends_them_too(self, client: Client) -> None:
        person = UserFactory()
        token = made(person)
        client.force_login(person)
        new = {"oldpassword": PASSWORD, "password1": "gangtie-2026-x", "password2": "gangtie-2026-x"}
        client.post("/account/password/change/", new)
        with pytest.raises(TokenRevoked):
            services.token_owner(text=token.text)

    def test_a_password_hashed_anew_at_sign_in_ends_nothing(self, settings) -> None:
        person = UserFactory()
        token = made(person)
        settings.PASSWORD_HASHERS = [
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
            "django.contrib.auth.hashers.MD5PasswordHasher",
        ]
        User.objects.filter(pk=person.pk).update(password=make_password(PASSWORD, hasher="md5"))
        assert User.objects.get(pk=person.pk).check_password(PASSWORD)
        assert User.objects.get(pk=person.pk).password.startswith("pbkdf2")
        assert services.token_owner(text=token.text)

    def test_whoever_is_shut_out_has_none_and_gets_none_back(self) -> None:
        keeper = UserFactory(is_superuser=True)
        person = UserFactory()
        token = made(person)
        person_deactivate(actor=keeper, person=person)
        with pytest.raises(TokenRevoked):
            services.token_owner(text=token.text)
        person_reactivate(actor=keeper, person=person)
        with pytest.raises(TokenRevoked):
            services.token_owner(text=token.text)

    def test_the_day_after_the_last_it_is_over_even_before_the_daily_task(self) -> None:
        person = UserFactory(left_date=day(-1))
        token = made(person)
        with pytest.raises(TokenRevoked):
            services.token_owner(text=token.text)
        leavers_deactivate()
        assert AccessToken.objects.get().ended == AccessToken.Ended.ACCOUNT

    def test_the_account_is_asked_at_each_request(self) -> None:
        token = made(UserFactory())
        User.objects.update(is_active=False)
        with pytest.raises(TokenRevoked):
            services.token_owner(text=token.text)


class TestCounting:
    def test_beyond_the_limit_one_waits_until_the_minute_is_over(self, django_assert_num_queries) -> None:
        for _ in range(rules.LIMITS["person"]):
            services.request_count(kind="person", key="7")
        with pytest.raises(TooManyRequests) as refused:
            services.request_count(kind="person", key="7")
        assert 1 <= refused.value.seconds <= 60
        assert ApiCount.objects.get().requests == rules.LIMITS["person"]
        services.request_count(kind="person", key="8")
        services.request_count(kind="token", key="7")
        ApiCount.objects.update(since_at=timezone.now() - rules.WINDOW)
        services.request_count(kind="person", key="7")
        assert ApiCount.objects.get(kind="person", key="7").requests == 1
        with django_assert_num_queries(1):
            services.request_count(kind="person", key="7")

    def test_old_counts_are_removed(self) -> None:
        services.request_count(kind="address", key="10.0.0.1")
        assert services.counts_prune() == 0
        assert services.counts_prune(now=timezone.now() + dt.timedelta(days=2)) == 1


class TestPages:
    def test_a_token_is_made_with_the_password_and_shown_once(self, client: Client) -> None:
        person = UserFactory()
        client.force_login(person)
        answer = client.post("/me/profile/tokens/", FORM)
        found = re.search(r"chuan_[\w-]{43}", answer.content.decode())
        assert answer.status_code == 200 and found
        assert "no-store" in answer["Cache-Control"]
        assert services.token_owner(text=found.group()).person == person
        listed = client.get("/me/profile/").content.decode()
        assert "车间大屏" in listed and rules.prefix(found.group()) in listed and found.group() not in listed
        assert AuditEntry.objects.filter(action="token.made", target=f"people.User:{person.pk}").exists()

    @pytest.mark.parametrize(
        "wrong", [{"token-password": "x"}, {"token-name": "  "}, {"token-days": "9999"}, {"token-password": ""}]
    )
    def test_with_a_wrong_word_none_is_made(self, client: Client, wrong: dict) -> None:
        client.force_login(UserFactory())
        answer = client.post("/me/profile/tokens/", {**FORM, **wrong})
        assert answer.status_code == 400 and "chuan_" not in answer.content.decode()
        assert not AccessToken.objects.exists()

    def test_guessing_the_password_there_shuts_the_door(self, client: Client) -> None:
        client.force_login(UserFactory())
        for _ in range(5):
            client.post("/me/profile/tokens/", {**FORM, "token-password": "x"})
        assert "已暂停登录" in client.post("/me/profile/tokens/", FORM).content.decode()
        assert not AccessToken.objects.exists()

    def test_too_many_are_refused_in_words(self, client: Client) -> None:
        person = UserFactory()
        for _ in range(rules.MOST_LIVE):
            made(person)
        client.force_login(person)
        assert "最多 10 个" in client.post("/me/profile/tokens/", FORM).content.decode()

    def test_the_public_makes_none(self, client: Client) -> None:
        assert client.post("/me/profile/tokens/", FORM).status_code == 302
        assert not AccessToken.objects.exists()

    def test_one_ends_ones_own(self, client: Client) -> None:
        token = made(UserFactory())
        client.force_login(token.row.person)
        answer = client.post(f"/me/profile/tokens/{token.row.pk}/revoke/")
        assert answer["Location"] == "/me/profile/#tokens"
        assert "本人撤销" in client.get("/me/profile/").content.decode()
        assert client.post("/me/profile/tokens/0/revoke/").status_code == 404

    def test_an_administrator_ends_another_persons(self, client: Client, team: Unit) -> None:
        token = made(UserFactory())
        posting(token.row.person, team)
        keeper = UserFactory()
        grant(keeper, Role.ADMINISTRATOR)
        client.force_login(keeper)
        page = f"/people/{token.row.person_id}/"
        assert token.row.prefix in client.get(page).content.decode()
        assert client.post(f"/me/profile/tokens/{token.row.pk}/revoke/")["Location"] == page
        assert AccessToken.objects.get().ended == AccessToken.Ended.BY_KEEPER

    def test_who_only_reads_people_sees_and_ends_none(self, client: Client, team: Unit) -> None:
        token = made(UserFactory())
        posting(token.row.person, team)
        reader = UserFactory()
        grant(reader, Role.AUDITOR)
        client.force_login(reader)
        assert token.row.prefix not in client.get(f"/people/{token.row.person_id}/").content.decode()
        assert client.post(f"/me/profile/tokens/{token.row.pk}/revoke/").status_code == 403
        assert AccessToken.objects.get().ended_at is None


@pytest.mark.django_db(transaction=True)
def test_callers_at_once_get_no_more_than_the_limit(monkeypatch) -> None:
    monkeypatch.setitem(rules.LIMITS, "token", 10)

    def ask(_number: int) -> bool:
        try:
            services.request_count(kind="token", key="1")
        except TooManyRequests:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        answered = list(pool.map(ask, range(30)))
    assert answered.count(True) == 10
