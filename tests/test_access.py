"""Every address of ours, asked as every role: the table says who gets in, and a missing address fails.

Each package adds rows `"<namespace>:<name>": ALLOWED`. `GET` is asked, with keys from `KEYS`; whoever is allowed gets
200 (or a redirect that is no sign-in, or 405 where only POST answers); others 403, the public the way to sign in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.documents import get_document_model

from kb.files.storage import files_storage
from kb.models import FilePart
from kb.publishing.models import Notice
from people.models import ImportDraft, Post, Role, Trade, Unit, User
from studios.models import Equipment
from studios.services import equipment_line_add, honour_add
from tests.courses.test_tracking_services import attempt
from tests.factories.courses import make_course, make_enrolment, make_quiz, make_reading
from tests.factories.kb import make_method, make_picture
from tests.factories.people import TradeFactory, UnitFactory, UserFactory, grant, posting
from tests.factories.studios import make_studio

# Packages whose addresses are asked. Their rows stand below, package by package.
NAMESPACES = {"people", "studios", "courses"}

PUBLIC = "public"
EVERYBODY = frozenset({PUBLIC, *Role.values})
SIGNED_IN = frozenset(Role.values)
LOOKS_AFTER_PEOPLE = frozenset({Role.HR, Role.ADMINISTRATOR})
READS_PEOPLE = LOOKS_AFTER_PEOPLE | {Role.UNIT_UNION, Role.COMPANY_UNION, Role.AUDITOR}
KEEPS_STUDIOS = frozenset({Role.COMPANY_UNION, Role.UNIT_UNION, Role.ADMINISTRATOR})
READS_LEARNING = frozenset({Role.HR, Role.AUDITOR, Role.ADMINISTRATOR})
SEES_STUDIOS = KEEPS_STUDIOS | {Role.HR, Role.AUDITOR}

TABLE: dict[str, frozenset[str]] = {
    # people: the door
    "people:signed_out": EVERYBODY,
    "people:code_enter": EVERYBODY,
    "people:code_password": EVERYBODY,
    "people:profile": SIGNED_IN,
    # people: those who look after people, and those who read
    "people:list": READS_PEOPLE,
    "people:export": READS_PEOPLE,
    "people:person": READS_PEOPLE,
    "people:units": READS_PEOPLE,
    "people:trades": READS_PEOPLE,
    "people:person_new": LOOKS_AFTER_PEOPLE,
    "people:person_edit": LOOKS_AFTER_PEOPLE,
    "people:person_transfer": LOOKS_AFTER_PEOPLE,
    "people:person_leave": LOOKS_AFTER_PEOPLE,
    "people:grant_new": LOOKS_AFTER_PEOPLE,
    "people:grant_end": LOOKS_AFTER_PEOPLE,
    "people:unit_new": LOOKS_AFTER_PEOPLE,
    "people:unit_edit": LOOKS_AFTER_PEOPLE,
    "people:unit_move": LOOKS_AFTER_PEOPLE,
    "people:trade_new": LOOKS_AFTER_PEOPLE,
    "people:trade_edit": LOOKS_AFTER_PEOPLE,
    "people:post_new": LOOKS_AFTER_PEOPLE,
    "people:post_edit": LOOKS_AFTER_PEOPLE,
    "people:import": LOOKS_AFTER_PEOPLE,
    "people:import_template": LOOKS_AFTER_PEOPLE,
    "people:import_draft": LOOKS_AFTER_PEOPLE,
    # studios: a picture that only those who work with it see; tests/studios/test_pictures.py asks for the others
    "studios:picture": frozenset({Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR}),
    # studios: a head of the studio is no role here; tests/studios asks as one
    "studios:list": SEES_STUDIOS,
    "studios:export": SEES_STUDIOS,
    "studios:record": SEES_STUDIOS,
    "studios:new": KEEPS_STUDIOS,
    "studios:team": KEEPS_STUDIOS,
    "studios:member_add": KEEPS_STUDIOS,
    "studios:member_edit": KEEPS_STUDIOS,
    "studios:member_remove": KEEPS_STUDIOS,
    "studios:deputy": KEEPS_STUDIOS,
    "studios:leader_change": KEEPS_STUDIOS,
    "studios:leader_edit": KEEPS_STUDIOS,
    "studios:honour_add": KEEPS_STUDIOS,
    "studios:honour_remove": KEEPS_STUDIOS,
    "studios:equipment_add": KEEPS_STUDIOS,
    "studios:equipment_remove": KEEPS_STUDIOS,
    # courses: learners
    "courses:learning": SIGNED_IN,
    "courses:course": EVERYBODY,
    "courses:lesson": EVERYBODY,
    "courses:why": SIGNED_IN,
    "courses:done": SIGNED_IN,
    "courses:move": SIGNED_IN,
    "courses:result": SIGNED_IN,
    # courses: those who look after learners; masters by their membership of the studio (tests/courses/test_reports.py)
    "courses:report": READS_LEARNING,
    "courses:report_export": READS_LEARNING,
    "courses:report_person": READS_LEARNING,
}
# Addresses that answer POST alone: who may is tested beside their services; GET is refused to all.
POST_ONLY = {
    "courses:enrol",
    "courses:withdraw",
    "courses:confirm",
    "courses:answer",
    "courses:report_allow",
    "courses:events",
    "search:opened",
    "search:wanted",
    "people:person_deactivate",
    "people:person_reactivate",
    "people:person_open",
    "people:unit_close",
    "people:unit_reopen",
    "people:codes_print",
    "people:token_make",
    "people:token_revoke",
}


def _people_keys(asker: User | None) -> dict[str, dict[str, Any]]:
    unit = Unit.objects.get(code="W1")
    person = User.objects.get(username="P1")
    keys: dict[str, dict[str, Any]] = {
        f"people:{name}": {"pk": person.pk}
        for name in ("person", "person_edit", "person_transfer", "person_leave", "grant_new")
    }
    keys["people:grant_end"] = {"pk": person.grants.get().pk}
    keys |= {f"people:{name}": {"pk": unit.pk} for name in ("unit_edit", "unit_move")}
    keys["people:trade_edit"] = {"pk": Trade.objects.get().pk}
    keys["people:post_edit"] = {"pk": Post.objects.get().pk}
    if asker is not None:
        draft = ImportDraft.objects.create(made_by=asker, name="a.xlsx", content=b"", applied_at="2026-01-01T00:00Z")
        keys["people:import_draft"] = {"pk": draft.pk}
    else:
        keys["people:import_draft"] = {"pk": 1}
    return keys


def _studios_keys(asker: User | None) -> dict[str, dict[str, Any]]:
    studio = make_studio(unit=Unit.objects.get(code="W1"))
    honour = honour_add(actor=None, studio=studio, name="示范点")
    gauge = Equipment.objects.create(name="测厚仪")
    line = equipment_line_add(actor=None, studio=studio, equipment=gauge, kind="tool")
    ours = ("record", "team", "member_add", "leader_change", "honour_add", "equipment_add")
    keys: dict[str, dict[str, Any]] = {f"studios:{name}": {"pk": studio.pk} for name in ours}
    member = studio.memberships.get().pk
    keys |= {f"studios:{name}": {"pk": member} for name in ("member_edit", "member_remove", "deputy")}
    keys["studios:leader_edit"] = {"pk": studio.leaders.get().pk}
    keys["studios:honour_remove"] = {"pk": honour.pk}
    keys["studios:equipment_remove"] = {"pk": line.pk}
    keys["studios:picture"] = {"path": make_picture(studio=studio).get_rendition("width-40").file.name}
    return keys


def _courses_keys(asker: User | None) -> dict[str, dict[str, Any]]:
    course = make_course(studio=make_studio(unit=Unit.objects.get(code="W1")))
    quiz, reading = make_quiz(course), make_reading(course)
    learner = make_enrolment(course, asker)
    event = attempt(learner, quiz)
    make_reading(course)
    one = {"course_key": course.page_key}
    lesson = {**one, "lesson_key": reading.page_key}
    keys = {f"courses:{name}": one for name in ("course", "why", "move", "done", "enrol", "withdraw")}
    keys |= {f"courses:{name}": lesson for name in ("lesson", "confirm", "answer")}
    keys["courses:result"] = {**one, "lesson_key": quiz.page_key, "event_key": event.key}
    keys["courses:report_person"] = {"pk": learner.pk}
    keys["courses:report_allow"] = {"pk": learner.pk, "lesson_key": quiz.page_key}
    return keys


# Each package's keys for the addresses that need some; called once for each asker.
KEYS: list[Callable[[User | None], dict[str, dict[str, Any]]]] = [_people_keys, _studios_keys, _courses_keys]


# search, portal, kb
NAMESPACES |= {"search", "portal", "kb"}
TABLE |= {
    "search:results": EVERYBODY,
    "search:suggest": EVERYBODY,
    "portal:home": EVERYBODY,
    "portal:courses": EVERYBODY,
    "portal:me": SIGNED_IN,
    "portal:style": frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
    "kb:list": EVERYBODY,
    "kb:file": EVERYBODY,
    # A file's words and pictures have its audience (tests/kb/test_viewer.py).
    "kb:read": EVERYBODY,
    "kb:page_picture": EVERYBODY,
    "kb:history": EVERYBODY,
    "kb:queue": SIGNED_IN,
    "kb:mine": SIGNED_IN,
    "kb:session": EVERYBODY,
    "kb:notice": SIGNED_IN,
    # A draft: besides its studio (tests/kb), those who release everywhere.
    "kb:review": frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
    "kb:preview": frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
}
POST_ONLY |= {"kb:act"}


def _kb_keys(asker: User | None) -> dict[str, dict[str, Any]]:
    studio = make_studio(unit=Unit.objects.get(code="W1"))
    draft, method = make_method(studio=studio, published=False), make_method(studio=studio)
    file = get_document_model().objects.create(title="规程", file=ContentFile("一".encode(), name="g.txt"))
    drawn = files_storage().save("pages/g/1-s.webp", ContentFile(b"RIFF"))
    FilePart.objects.create(
        file=file, ordinal=1, kind="page", locator="page:1", number=1, picture=drawn, thumbnail=drawn
    )
    person = asker or UserFactory()
    notice = Notice.objects.create(person=person, kind=Notice.Kind.RELEASED, title="已发布", url=method.url)
    return {
        "kb:list": {"list_name": "methods"},
        "kb:file": {"document_id": file.pk, "filename": file.filename},
        "kb:read": {"document_id": file.pk},
        "kb:page_picture": {"document_id": file.pk, "number": 1, "width": 320},
        "kb:history": {"page_key": method.page_key},
        "kb:notice": {"notice_id": notice.pk},
        "kb:review": {"page_id": draft.pk},
        "kb:preview": {"page_id": draft.pk},
        "kb:act": {"page_id": draft.pk, "action": "submit"},
    }


KEYS.append(_kb_keys)


# The API: anybody asks, and hears what he may see (tests/search/test_api.py).
NAMESPACES |= {"api"}
TABLE |= {f"api:{name}": EVERYBODY for name in ("api-root", "docs", "openapi-json", "search", "suggest", "passages")}
WORDS: dict[str, Callable[[], dict[str, Any]]] = {
    "api:passages": lambda: {"kind": "method", "key": make_method(studio=make_studio()).page_key}
}


def named(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or ""
            yield from named(pattern.url_patterns, f"{namespace}:{inner}".strip(":") if inner else namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}:{pattern.name}" if namespace else pattern.name


@pytest.fixture
def place(db: None) -> None:
    """A company with a workshop, a trade, a post and a person with a role."""
    company = UnitFactory(code="G", kind=Unit.Kind.COMPANY)
    workshop = UnitFactory(code="W1", parent=company)
    person = UserFactory(username="P1")
    posting(person, workshop)
    grant(person, Role.MASTER, workshop)
    Post.objects.create(code="P", name="主操", trade=TradeFactory())


def test_every_address_stands_in_the_table() -> None:
    ours = {name for name in named(get_resolver().url_patterns) if name.split(":")[0] in NAMESPACES}
    assert sorted(ours - TABLE.keys() - POST_ONLY) == []
    assert sorted((TABLE.keys() | POST_ONLY) - ours) == []


@pytest.mark.parametrize("role", [PUBLIC, *Role.values])
def test_each_role_gets_in_where_the_table_says_and_nowhere_else(place: None, role: str) -> None:
    client, asker = Client(), None
    if role != PUBLIC:
        asker = UserFactory(username="ASKER")
        posting(asker, Unit.objects.get(code="W1"))
        grant(asker, role)
        client.force_login(asker)
    keys: dict[str, dict[str, Any]] = {}
    for made in KEYS:
        keys |= made(asker)
    wrong = {}
    for name, allowed in TABLE.items():
        words = WORDS[name]() if name in WORDS else None
        answer = client.get(reverse(name, kwargs=keys.get(name)), words)
        got = _verdict(answer)
        expected = "in" if role in allowed else "sign in" if role == PUBLIC else "no"
        if got != expected:
            wrong[name] = (expected, got, answer.status_code)
    assert wrong == {}


def test_addresses_that_change_things_do_nothing_for_a_mere_visit(place: None) -> None:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    without = {"people:codes_print", "people:token_make", "courses:events", "search:opened", "search:wanted"}
    keys = {name: {"pk": 1} for name in POST_ONLY - without}
    for made in KEYS:
        keys |= made(None)
    for name in POST_ONLY:
        assert client.get(reverse(name, kwargs=keys.get(name))).status_code == 405, name


def _verdict(answer: Any) -> str:
    if answer.status_code == 302 and answer["Location"].startswith("/account/login/"):
        return "sign in"
    return {403: "no", 404: "no"}.get(answer.status_code, "in" if answer.status_code in (200, 302) else "broken")
