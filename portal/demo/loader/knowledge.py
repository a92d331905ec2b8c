"""Knowledge pages: first all as drafts, so that they can name one another, then released one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from kb.models import (
    CasePage,
    CoursewarePage,
    File,
    KnowledgePage,
    OperatingMethodPage,
    QuestionAnswerPage,
    Tag,
    TextbookPage,
)
from kb.publishing.services import Approval, releasing
from people.models import Trade, User
from portal.demo.loader import blocks
from portal.demo.loader.clock import days_ago
from portal.demo.loader.content import Data, cases, earlier, key, methods, read
from portal.demo.loader.media import picture_get
from studios.models import Equipment, Studio


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the pages refer to, and the pages themselves by slug."""

    people: dict[str, User]
    studios: dict[str, Studio]
    equipment: dict[str, Equipment]
    files: dict[str, File]
    pages: dict[str, KnowledgePage] = field(default_factory=dict)


Fill = Callable[[Data, Studio], Data]


def method_fields(row: Data, studio: Studio) -> Data:
    """Fields of an operating method."""
    slug = row["slug"]
    return {
        "effect": row["effect"],
        "applicability": row["applicability"],
        "tools": "\n".join(row["tools"]),
        "protective_gear": "\n".join(row["protective_gear"]),
        "hazards": blocks.stream("hazard", slug, row["hazards"]),
        "steps": blocks.steps(slug, row["steps"], studio),
        "proof": row["proof"],
        "honours": blocks.stream("honour", slug, row["honours"]),
        "applied": blocks.stream("place", slug, [blocks.applied(item) for item in row["applied"]]),
    }


def case_fields(row: Data, studio: Studio) -> Data:
    """Fields of a case."""
    slug, pictures = row["slug"], []
    if row.get("picture"):
        pictures = [blocks.picture(row["picture"], row["picture_alt"], row["picture_alt"], studio)]
    return {
        "kind": "accident" if row["kind"] == "accident" else "typical",
        "summary": row["summary"],
        "happened_date": row["occurred_date"],
        "place": row["place"],
        "losses": row.get("severity", ""),
        **{name: row[name] for name in ("what_happened", "cause", "handling", "lesson")},
        "values": blocks.stream("value", slug, [blocks.value(item) for item in row.get("values", ())]),
        "pictures": blocks.stream("picture", slug, pictures),
    }


def textbook_fields(row: Data, studio: Studio) -> Data:
    """Fields of a textbook."""
    sections = [
        {"heading": part["heading"], "body": blocks.paragraphs(part["text"]), "pictures": []}
        for part in row["sections"]
    ]
    return {"summary": row["summary"], "sections": blocks.stream("section", row["slug"], sections)}


def courseware_fields(row: Data, studio: Studio) -> Data:
    """Fields of courseware."""
    notes = "".join(f"<h3>{part['heading']}</h3>{blocks.paragraphs(part['text'])}" for part in row["sections"])
    return {"summary": row["summary"], "notes": notes}


def answer_fields(row: Data, studio: Studio) -> Data:
    """Fields of a question with its answer."""
    return {"question": row["question"], "answer": blocks.paragraphs(row["answer"])}


KINDS: tuple[tuple[type[KnowledgePage], Fill, Callable[[], list[Data]]], ...] = (
    (OperatingMethodPage, method_fields, methods),
    (CasePage, case_fields, cases),
    (TextbookPage, textbook_fields, lambda: read("reading/textbooks")["textbooks"]),
    (CoursewarePage, courseware_fields, lambda: read("reading/textbooks")["coursewares"]),
    (QuestionAnswerPage, answer_fields, lambda: read("reading/questions")["questions"]),
)


def knowledge_load(shelf: Shelf) -> None:
    """All published knowledge of the demo."""
    rows = [(model, fill, row) for model, fill, source in KINDS for row in source()]
    for model, fill, row in rows:
        draft_make(shelf, model, fill, row)
    for order, (_model, fill, row) in enumerate(rows):
        _release_all(shelf, fill, row, default_age=240 - order * 4)


def draft_make(shelf: Shelf, model: type[KnowledgePage], fill: Fill, row: Data) -> Any:
    """A page below its studio, not yet released."""
    studio = shelf.studios[row["studio"]]
    authors = [shelf.people[staff] for staff in row.get("inventors") or [row["author"]]]
    page = model(
        title=row["title"],
        slug=row["slug"],
        page_key=key("page", row["slug"]),
        script=row["script"],
        live=False,
        owner=authors[0],
        own_audience=[f"studio:{studio.pk}"] if row.get("audience") else [],
        **fill(row, studio),
    )
    if isinstance(page, QuestionAnswerPage):
        page.asked_by = shelf.people[row["asked_by"]].name
    page.trades = list(Trade.objects.filter(code__in=row["trades"]))
    page.equipment = [shelf.equipment[name] for name in row.get("equipment", ())]
    page.tags = [Tag.objects.get_or_create(name=name)[0] for name in row.get("tags", ())]
    page.authors = authors
    studio.page.refresh_from_db()
    studio.page.add_child(instance=page)
    shelf.pages[row["slug"]] = page
    return page


def _release_all(shelf: Shelf, fill: Fill, row: Data, default_age: int) -> None:
    releases = row.get("releases") or [{"days_ago": default_age, "significance": "major", "note": ""}]
    for release in releases:
        _release(shelf, fill, earlier(row, release.get("before", {})), release)


def _release(shelf: Shelf, fill: Fill, row: Data, release: Data) -> None:
    page, studio = shelf.pages[row["slug"]], shelf.studios[row["studio"]]
    for name, value in fill(row, studio).items():
        setattr(page, name, value)
    page.related = related_of(shelf, row)
    page.attachments = attachments_of(shelf, row)
    page.change_note, page.significance = release["note"], release["significance"]
    head = studio.leaders.get().person
    approval = Approval(
        actor=head,
        note=release["note"],
        significance=release["significance"],
        is_own_text=page.owner_id == head.pk,
        released_at=days_ago(release["days_ago"]),
    )
    with releasing(approval):
        page.save_revision(user=page.owner, log_action=False).publish(user=head, skip_permission_checks=True)
    page.refresh_from_db()
    page_date(page, approval.released_at)


def page_date(page: Any, at: dt.datetime) -> None:
    """Wagtail's own dates of a page say today; the demo's say when its story has it."""
    first = at if page.first_published_at is None else min(page.first_published_at, at)
    Page.objects.filter(pk=page.pk).update(first_published_at=first, last_published_at=at)
    page.first_published_at, page.last_published_at = first, at


def related_of(shelf: Shelf, row: Data) -> list[blocks.Block]:
    """Pages that the text names, as far as they can be named (questions cannot)."""
    slugs = [*row.get("related", ()), *row.get("related_methods", ())]
    return blocks.stream("page", f"{row['slug']}/related", [shelf.pages[slug].pk for slug in slugs])


def attachments_of(shelf: Shelf, row: Data) -> list[blocks.Block]:
    """Files and videos that hang on the page."""
    found = []
    for item in read("materials")["materials"]:
        if row["slug"] not in item["used_by"]:
            continue
        file = shelf.files[item["key"]].pk
        if "subtitles" in item:
            poster = picture_get("plug-fit-right", item["title"], shelf.studios[item["studio"]]).pk
            value = {
                "title": item["title"],
                "video": file,
                "subtitles": shelf.files[f"{item['key']}:subtitles"].pk,
                "poster": poster,
            }
            found.append(blocks.block("video", row["slug"], item["key"], value))
        else:
            found.append(blocks.block("file", row["slug"], item["key"], {"file": file, "note": item.get("note", "")}))
    return found
