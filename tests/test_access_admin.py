"""The main addresses of the admin, asked as every role, as a studio's member and as its head."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Role, User
from tests.factories.people import UserFactory, grant
from tests.factories.studios import make_member, make_studio

pytestmark = pytest.mark.django_db

MEMBER, HEAD, PUBLIC = "member of a studio", "head of a studio", "public"
ENTERS = {Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR, MEMBER, HEAD}
WRITES = ENTERS - {Role.AUDITOR}
KEEPS_ALL = {Role.EDITOR, Role.ADMINISTRATOR}
READS_ALL = {Role.AUDITOR, Role.ADMINISTRATOR}

TABLE: dict[str, set[str]] = {
    "wagtailadmin_home": ENTERS,
    "wagtailadmin_reports:site_history": ENTERS,
    "wagtailadmin_pages:search": WRITES,
    "wagtailadmin_explore_root": WRITES,
    "wagtailimages:index": WRITES,
    "wagtaildocs:index": WRITES,
    "wagtailadmin_collections:index": KEEPS_ALL,
    "wagtailusers_users:index": READS_ALL,
    "wagtailusers_groups:index": READS_ALL,
    "wagtailsites:index": READS_ALL,
    "wagtailadmin_workflows:index": READS_ALL,
    "wagtailredirects:index": READS_ALL,
    "kb_files_unread": WRITES,
    "kb_files_unread_results": WRITES,
    "people_why": READS_ALL,
    "people_log": READS_ALL,
    "search_insight": KEEPS_ALL | {Role.AUDITOR, HEAD},
    "pins:index": KEEPS_ALL | {Role.AUDITOR},
    "pins:add": KEEPS_ALL,
    "dictionary:index": KEEPS_ALL | {Role.AUDITOR, HEAD},
    "dictionary:add": KEEPS_ALL | {HEAD},
    "dictionary:preview": KEEPS_ALL | {Role.AUDITOR, HEAD},
    "dictionary:proposals": KEEPS_ALL | {HEAD},
    "dictionary:import": KEEPS_ALL | {HEAD},
    "dictionary:import_template": KEEPS_ALL | {HEAD},
    "dictionary:changes": KEEPS_ALL | {Role.AUDITOR, HEAD},
}


def asker(who: str) -> User | None:
    if who == PUBLIC:
        return None
    if who == MEMBER:
        return make_member(make_studio()).person
    if who == HEAD:
        return make_studio().memberships.get().person
    person = UserFactory()
    grant(person, who)
    return person


@pytest.mark.parametrize("who", [PUBLIC, *Role.values, MEMBER, HEAD])
def test_each_gets_in_where_the_table_says_and_nowhere_else(who):
    client, person = Client(), asker(who)
    if person is not None:
        client.force_login(person)
    got_in = set()
    for name in TABLE:
        answer = client.get(reverse(name))
        assert answer.status_code in (200, 302, 403), name
        # The explorer leads whoever has one studio straight to it; every other way off is a refusal.
        at_home = answer.status_code == 302 and answer["Location"].startswith("/admin/pages/")
        if answer.status_code == 200 or at_home:
            got_in.add(name)
    assert got_in == {name for name, allowed in TABLE.items() if who in allowed}
