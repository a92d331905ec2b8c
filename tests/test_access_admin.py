"""The main addresses of the admin, asked as every role, as a studio's member and as its head."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from people.models import Role, User
from search.dictionary.models import Term
from search.insight.models import Pin
from tests.factories.kb import make_file
from tests.factories.people import UserFactory, grant
from tests.factories.studios import make_member, make_studio
from tests.test_access import named

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
    "kb_files": WRITES,
    "kb_files_results": WRITES,
    "search_state": {Role.ADMINISTRATOR},
    "people_why": READS_ALL,
    "people_log": READS_ALL,
    "search_insight": KEEPS_ALL | {Role.AUDITOR, HEAD},
    "pins:index": KEEPS_ALL | {Role.AUDITOR},
    "pins:index_results": KEEPS_ALL | {Role.AUDITOR},
    "pins:add": KEEPS_ALL,
    "pins:edit": KEEPS_ALL,
    "pins:delete": KEEPS_ALL,
    "pins:history": KEEPS_ALL,
    "pins:history_results": KEEPS_ALL,
    "pins:usage": KEEPS_ALL,
    "dictionary:index": KEEPS_ALL | {Role.AUDITOR, HEAD},
    "dictionary:index_results": KEEPS_ALL | {Role.AUDITOR, HEAD},
    "dictionary:add": KEEPS_ALL | {HEAD},
    "dictionary:edit": KEEPS_ALL,
    "dictionary:delete": KEEPS_ALL,
    "dictionary:history": KEEPS_ALL | {HEAD},
    "dictionary:history_results": KEEPS_ALL | {HEAD},
    "dictionary:usage": KEEPS_ALL | {HEAD},
    "dictionary:preview": KEEPS_ALL | {Role.AUDITOR, HEAD},
    "dictionary:proposals": KEEPS_ALL | {HEAD},
    "dictionary:import": KEEPS_ALL | {HEAD},
    "dictionary:import_template": KEEPS_ALL | {HEAD},
    "dictionary:changes": KEEPS_ALL | {Role.AUDITOR, HEAD},
}

# What changes things: asked by POST.
POSTED: dict[str, set[str]] = {
    # Of an auditor's files, which are none.
    "kb_files_retry": ENTERS,
    "kb_file_retry": KEEPS_ALL,
    "search_retry": {Role.ADMINISTRATOR},
    "search_audit": {Role.ADMINISTRATOR},
    "search_rebuild": {Role.ADMINISTRATOR},
    "search_draft": KEEPS_ALL | {Role.AUDITOR, HEAD},
    "dictionary:undo": KEEPS_ALL,
}
OURS = ("kb_", "search_", "people_", "dictionary:", "pins:")


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


def address(name: str, things: dict[str, Any]) -> str:
    """The address, with the number of a word, pin or file where it takes one."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=[next(thing.pk for space, thing in things.items() if name.startswith(space))])


def test_every_address_of_ours_in_the_admin_stands_in_a_table():
    ours = {name for name in named(get_resolver().url_patterns) if name.startswith(OURS)}
    assert ours - TABLE.keys() - POSTED.keys() == set()


@pytest.mark.parametrize("who", [PUBLIC, *Role.values, MEMBER, HEAD])
def test_each_gets_in_where_the_table_says_and_nowhere_else(who):
    client, person = Client(), asker(who)
    term = Term.objects.create(text="快堵灵", normal="快堵灵", kind="word", state="approved")
    pin = Pin.objects.create(text="堵漏", normal="堵漏", kind="method", key="x", title="木塞堵漏法")
    things = {"dictionary:": term, "pins:": pin, "kb_": make_file()}
    if person is not None:
        client.force_login(person)
    got_in = set()
    for name in TABLE:
        answer = client.get(address(name, things))
        assert answer.status_code in (200, 302, 403), name
        # The explorer leads whoever has one studio straight to it; every other way off is a refusal.
        at_home = answer.status_code == 302 and answer["Location"].startswith("/admin/pages/")
        if answer.status_code == 200 or at_home:
            got_in.add(name)
    assert got_in == {name for name, allowed in TABLE.items() if who in allowed}
    done = set()
    for name in POSTED:
        assert client.get(address(name, things)).status_code in (302, 405), name
        answer = client.post(address(name, things))
        refused = answer.status_code == 403 or answer.get("Location", "").startswith(
            ("/account/login/", "/admin/login/")
        )
        if not refused and answer.get("Location") != "/admin/":
            done.add(name)
    assert done == {name for name, allowed in POSTED.items() if who in allowed}
