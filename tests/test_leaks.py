"""What is for one studio alone is told nowhere: every address is asked with its words and its numbers, by others."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern
from openpyxl import load_workbook

from kb.files.storage import files_storage
from kb.models import FilePart
from people.audience.rules import token
from people.models import Role, User
from search.dictionary.services import term_save
from search.dictionary.touching import changes_touch
from search.insight.services import asked_record, flush, opened_record, opened_token, pin_save
from search.sync.drain import drain_all
from studios.models import Equipment
from tests.factories.courses import make_course, make_reading
from tests.factories.kb import make_case, make_file, make_method, make_picture, make_tag, step_block
from tests.factories.people import UserFactory, grant
from tests.factories.studios import make_member, make_person, make_studio
from tests.search.conftest import engine  # noqa: F401

pytestmark = pytest.mark.django_db

# Asked for in every spelling; the answer to others must hold none of the marks, which are never asked for.
ASKED = "七星锁"
MARKS = ("独门", "暗号", "獨門", "暗號")
WRITTEN = [form for mark in MARKS for form in (mark, json.dumps(mark)[1:-1], quote(mark))]
# Names that others may choose among in the admin; a search by others tells none of them.
SHARED = ("北斗钳", "北斗標籤", "北斗标签", "北斗人")


@pytest.fixture
def secret(engine) -> dict[str, Any]:  # noqa: F811
    """A studio's own method, cases, course and slides; pinned, opened, asked for."""
    studio = make_studio(name="守密工作室")
    ours = {"own_audience": [token("studio", studio.pk)]}
    member = make_member(studio).person
    picture = make_picture(studio=studio, title="独门图样", description="锁的样子暗号")
    tool = Equipment.objects.create(name="北斗钳")
    author = make_person("北斗人")
    make_member(studio, person=author)
    steps = [step_block(1, action="七星锁要听暗号。", right={"picture": picture.pk, "caption": ""})]
    method = make_method(
        studio=studio, title="独门七星锁漏诀", steps=steps, effect="七星锁，暗号三更。", equipment=[tool],
        tags=[make_tag("北斗标签")], authors=[author], **ours
    )  # fmt: skip
    cases = [make_case(studio=studio, title=f"独门七星锁{word}", summary="暗号。", **ours) for word in "快慢"]
    course = make_course(studio=studio, title="独门七星锁课", aims="暗号", **ours)
    lesson = make_reading(course, title="独门七星锁第一课")
    file = make_file(title="独门七星锁图纸", studio=studio, **ours)
    drawn = files_storage().save("pages/secret/1.webp", ContentFile("RIFF暗号".encode()))
    FilePart.objects.create(
        file=file, ordinal=1, kind="page", locator="page:1", number=1, picture=drawn, thumbnail=drawn,
        width=320, height=240, text="七星锁 暗号", layout=[["七星锁 暗号", 0.1, 0.1, 0.5, 0.2]],
    )  # fmt: skip
    open_method = make_method(title="人人可看的堵漏法")
    drain_all(engine)
    editor = UserFactory()
    grant(editor, Role.EDITOR)
    pin = pin_save(actor=editor, text=ASKED, kind="method", key=str(method.page_key), note="暗号")
    for _time in range(5):
        asked_record(text=ASKED, total=8, user=member)
    token_ = opened_token(text=ASKED, kind="method", key=str(method.page_key), studio=studio.pk, rank=1)
    assert opened_record(token=token_)
    flush()
    return {
        "studio": studio, "member": member, "method": method, "cases": cases, "course": course, "lesson": lesson,
        "file": file, "picture": picture, "pin": pin, "open": open_method, "tool": tool,
    }  # fmt: skip


def client_of(role: str | None) -> Client:
    """The public for None; a person, with a role where one is named."""
    client = Client(raise_request_exception=False)
    if role is not None:
        person = UserFactory()
        if role:
            grant(person, role)
        client.force_login(person)
    return client


def addresses() -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Every named address: name, names of its keys, number of nameless ones."""
    yield from _named(get_resolver().url_patterns, "", (), 0)


def _named(patterns: list[Any], space: str, keys: tuple[str, ...], nameless: int) -> Iterator[Any]:
    for pattern in patterns:
        own, more = _keys(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}:{pattern.namespace}".strip(":") if pattern.namespace else space
            yield from _named(pattern.url_patterns, inner, keys + own, nameless + more)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}:{pattern.name}" if space else pattern.name, keys + own, nameless + more


def _keys(pattern: Any) -> tuple[tuple[str, ...], int]:
    if isinstance(pattern, RoutePattern):
        return tuple(pattern.converters), 0
    return tuple(pattern.regex.groupindex), pattern.regex.groups - len(pattern.regex.groupindex)


def filled(name: str, keys: tuple[str, ...], nameless: int, secret: dict[str, Any]) -> str:
    """The address with the secret's own numbers. Raises NoReverseMatch."""
    method, file, picture = secret["method"], secret["file"], secret["picture"]
    things = {
        "documents": file.pk,
        "docs": file.pk,
        "images": picture.pk,
        "pins": secret["pin"].pk,
        "equipment": secret["tool"].pk,
    }
    thing = next((pk for word, pk in things.items() if word in name), method.pk)
    known = {
        "document_id": file.pk, "doc_id": file.pk, "file_id": file.pk, "image_id": picture.pk,
        "page_key": method.page_key, "course_key": secret["course"].page_key, "lesson_key": secret["lesson"].page_key,
        "event_key": method.page_key, "filename": file.filename, "number": 1, "width": 320, "list_name": "methods",
        "revision_id": method.latest_revision_id, "revision_id_a": method.latest_revision_id, "revision_id_b": "latest",
        "app_label": "kb", "model_name": "operatingmethodpage", "content_type_app_name": "kb", "app_name": "kb",
        "content_type_model_name": "operatingmethodpage", "object_id": method.pk, "action": "delete",
        "action_name": "copy", "filter_spec": "width-40", "token": "x", "uidb64": "x",
        "path": picture.get_rendition("width-40").file.name,
    }  # fmt: skip
    if nameless:
        return reverse(name, args=[secret["method"].url_path.split("/", 2)[2]] * nameless)
    return reverse(name, kwargs={key: known.get(key, thing) for key in keys})


def words(secret: dict[str, Any]) -> dict[str, Any]:
    """What any of them may take after the question mark."""
    pk = secret["method"].pk
    return {
        "q": ASKED, "text": ASKED, "term": ASKED, "hl": ASKED, "kind": "method", "key": secret["method"].page_key,
        "address": "", "list": "opened", "days": 30, "id": pk, "at": "slide:1",
        "p": 1,
    }  # fmt: skip


def tells(answer: Any, marks: Sequence[str] = WRITTEN) -> bool:
    """Whether an answer holds a mark, in its body or its head."""
    body = b"".join(answer) if answer.streaming else answer.content
    text = body.decode(errors="replace") + str(answer.headers)
    return any(mark in text for mark in marks)


def told(client: Client, secret: dict[str, Any], spaces: tuple[str, ...] = ()) -> dict[str, str]:
    """Addresses whose answer holds a mark, with it; those in these namespaces where any are named."""
    found = {}
    for name, keys, nameless in addresses():
        if spaces and name.split(":")[0] not in spaces or name in LEFT_OUT:
            continue
        try:
            address = filled(name, keys, nameless, secret)
        except NoReverseMatch:
            found[name] = "cannot be asked"
            continue
        plain = name.startswith(TWICE)
        for asked in (words(secret), {}) if plain else (words(secret),):
            if tells(client.get(address, asked)):
                found[name] = address
    return found


# Fails on purpose; signs out.
LEFT_OUT = {"wagtailadmin_error_test", "wagtailadmin_logout", "account_logout", "kb:act", "wagtaildocs_serve"}
# These refuse words that they do not know, or list without any.
TWICE = ("wagtailadmin_api", "wagtailadmin_reports", "wagtailadmin_choose", "wagtailadmin_home", "dictionary", "pins")
OURS = ("people", "studios", "kb", "courses", "search", "portal", "api", "wagtaildocs_serve", "wagtail_serve")


# Where a member of the studio reads it: the walk below would find it there if others were told.
TOLD_TO_MEMBERS = {
    "api:passages", "api:search", "courses:lesson", "kb:history", "kb:list", "kb:page_picture",
    "kb:read", "search:results", "search:suggest",
}  # fmt: skip


@pytest.fixture
def head(db) -> Any:
    """The head of another studio, who may enter the admin."""
    studio = make_studio()
    make_method(studio=studio)
    return studio.memberships.get().person


def test_a_member_reads_it_and_after_him_nobody_outside_at_any_address_of_ours(secret):
    """The member first: whatever is kept between requests has been kept for him."""
    member = Client(raise_request_exception=False)
    member.force_login(secret["member"])
    assert TOLD_TO_MEMBERS - told(member, secret, OURS).keys() == set()
    for role in (None, "", Role.HR, Role.COMPANY_UNION):
        assert told(client_of(role), secret, OURS) == {}, role


def test_the_head_of_another_studio_is_told_nothing_in_the_admin_either(secret, head):
    client = Client(raise_request_exception=False)
    client.force_login(head)
    found = told(client, secret)
    assert not found, "\n".join(f"{name}: {address}" for name, address in found.items())


def test_no_spelling_filter_or_script_brings_it_to_light(secret):
    for client in (client_of(None), client_of("")):
        client.cookies["script"] = "zh-Hant"
        for typed in (
            "七星鎖",
            "七星所",
            "qixingsuo",
            "qxs",
            "qixinsuo",
            "“七星锁”",
            "七星锁 -堵漏",
            "七",
            "锁漏",
            "北斗",
            "beidou",
        ):
            for address, name in SEARCHES:
                for more in ({}, {"exact": 1}, {"sort": "date"}, {"studio": secret["studio"].pk}):
                    if name == "api" and more:
                        continue
                    answer = client.get(address, {"q": typed, **more})
                    assert not tells(answer, [*WRITTEN, *NAMES]), (typed, address, more)
                    assert "七星" in typed or "七星" not in answer.content.decode(), (typed, address, more)


SEARCHES = [("/search/", "page"), ("/search/suggest/", "box"), ("/api/v1/search", "api"), ("/api/v1/suggest", "api")]
NAMES = [form for name in SHARED for form in (name, json.dumps(name)[1:-1])]


def test_counts_and_filters_are_those_of_what_one_may_see(secret):
    total = {}
    for who in ("member", "stranger"):
        client = Client()
        client.force_login(secret["member"] if who == "member" else make_person())
        found = client.get("/api/v1/search", {"q": "锁 漏"}).json()
        total[who] = found["total"]
        facets = json.dumps(found["facets"], ensure_ascii=False)
        assert ("北斗钳" in facets) == (who == "member"), facets
        narrowed = client.get("/api/v1/search", {"q": ASKED, "equipment": "北斗钳"}).json()
        assert (narrowed["total"] > 0) == (who == "member")
    assert total["member"] > total["stranger"]


def test_refusals_and_what_is_not_there_tell_no_name(secret):
    client, method, file = client_of(""), secret["method"], secret["file"]
    addresses = (method.get_url(), file.url, file.url + "x", reverse("kb:read", args=[file.pk]))
    for address in (*addresses, secret["course"].get_url(), "/sitemap.xml", "/feed/", "/rss.xml", "/robots.txt"):
        answer = client.get(address)
        assert answer.status_code in {403, 404} and not tells(answer), address
        assert not tells(client_of(None).get(address)), address
    assert client.get(file.url).status_code == client.get(file.url + "x").status_code == 403, "no name can be guessed"


def test_what_editors_and_masters_work_with_says_nothing_of_it(secret, head, engine):  # noqa: F811
    client = Client()
    client.force_login(head)
    proposals = client.get(reverse("dictionary:proposals"))
    assert "七星" not in proposals.content.decode()
    trial = client.get(reverse("dictionary:preview"), {"term": ASKED}).context["preview"]
    assert (trial.touched, trial.cuts) == (0, ())
    editor = User.objects.get(grants__role=Role.EDITOR)
    term_save(actor=editor, text=ASKED)
    changes_touch(engine)
    assert not client.get(reverse("dictionary:changes")).context["counts"]
    book = client.get(reverse("search_insight"), {"list": "asked", "export": "xlsx"})
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(b"".join(book))).active]
    heads = next(row for row in rows if "搜索词" in row)
    assert "找到篇数" not in heads and "天数" in heads


def test_the_admins_own_choosers_offer_what_one_may_see_and_works_on(secret, head):
    client = Client()
    client.force_login(head)
    search = reverse("wagtailadmin_choose_page_search")
    offered = client.get(search, {"q": "堵漏"}).content.decode()
    assert "人人可看的堵漏法" in offered
    parent = secret["open"].get_parent()
    assert client.get(reverse("wagtailadmin_choose_page_child", args=[parent.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_choose_page_child", args=[secret["method"].pk])).status_code == 404
    several = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert client.get(several, {"id": [secret["open"].pk]}).status_code == 200
    assert client.get(several, {"id": [secret["open"].pk, secret["method"].pk]}).status_code == 404
    assert client.get(several, {"id": "x"}).status_code == 404
    reports = reverse("wagtailadmin_reports:page_types_usage")
    assert client.get(reports).status_code == 403 and reports not in client.get("/admin/").content.decode()
    editor = User.objects.get(grants__role=Role.EDITOR)
    client.force_login(editor)
    assert client.get(reports).status_code == 200
    assert client.get(reverse("wagtailadmin_choose_page_child", args=[secret["method"].pk])).status_code == 200
    confirm = reverse("wagtailadmin_pages:move_confirm", args=[secret["method"].pk, parent.pk])
    assert client.get(confirm).status_code == 200
    files = client.get(reverse("wagtailadmin_api:documents:listing")).json()
    assert secret["file"].pk in {row["id"] for row in files["items"]}
