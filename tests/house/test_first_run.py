"""An empty site of one's own."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from wagtail.models import Site

from people.codes.services import code_try
from people.models import Role, RoleGrant, User
from portal.first_run import SiteInUse, site_set_up

ANSWERS = {"staff_number": "a1", "name": "管理员", "company_code": "C01", "company": "某某集团"}


@pytest.mark.django_db
def test_the_first_administrator_gets_in_by_his_code_and_may_do_everything(client: Client):
    made = site_set_up(**ANSWERS)
    assert made.administrator.username == "A1"
    assert made.administrator.is_superuser
    assert RoleGrant.objects.get(person=made.administrator).role == Role.ADMINISTRATOR
    assert code_try(staff_number="a1", typed=made.code).person == made.administrator
    client.force_login(made.administrator)
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_the_empty_site_answers_at_its_root(client: Client):
    site_set_up(**ANSWERS)
    assert Site.objects.get().root_page.specific.__class__.__name__ == "HomePage"
    assert client.get("/").status_code == 200
    assert client.get("/studios/").status_code == 200


@pytest.mark.django_db
def test_a_site_in_use_is_left_alone():
    site_set_up(**ANSWERS)
    with pytest.raises(SiteInUse):
        site_set_up(**ANSWERS | {"staff_number": "a2"})
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_the_command_tells_code_and_next_step():
    told = io.StringIO()
    call_command("first_run", **ANSWERS, stdout=told)
    assert "A1" in told.getvalue()
    assert "manage.py serve" in told.getvalue()
    with pytest.raises(CommandError, match="已经有人员"):
        call_command("first_run", **ANSWERS)


@pytest.mark.django_db
def test_without_a_terminal_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="--staff-number"):
        call_command("first_run")


@pytest.mark.django_db
def test_bad_values_are_refused_in_words():
    with pytest.raises(CommandError):
        call_command("first_run", **ANSWERS | {"name": "字" * 100})
