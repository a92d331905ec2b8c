"""Imports units, trades, posts and people from a workbook: tried without a trace first, then written in one go."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory import services as directory
from people.directory import units
from people.directory.errors import CodeTaken, TooEarly, UnitClosed
from people.errors import NotAllowed, Refusal
from people.imports import rules, workbook
from people.imports.rules import Fault, Row
from people.logs import record
from people.models import ImportDraft, Post, Posting, Trade, Unit, User

KEPT = dt.timedelta(days=1)


class DraftGone(Refusal):
    """The uploaded file was imported already or its day is over."""

    code = "import_gone"
    message = _("这个文件已经导入过，或者放得太久被清理了。要再导入请重新上传。")


class HasFaults(Refusal):
    """Everything or nothing was asked for, and something is wrong."""

    code = "import_has_faults"
    message = _("文件里还有错误，一行也没有导入。请改好后重新上传，或者选择只导入没有错的行。")


@dataclass(slots=True)
class Report:
    """What an import did, or would do: numbers by sheet, faults, and who is new."""

    added: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    new_people: list[int] = field(default_factory=list)

    def count(self, what: dict[str, int], sheet: rules.Sheet) -> None:
        """One more row of a sheet."""
        what[sheet.title] = what.get(sheet.title, 0) + 1

    @property
    def total(self) -> int:
        """Rows that are or would be written."""
        return sum(self.added.values()) + sum(self.updated.values())


class _TriedOnly(Exception):
    """Takes a trial's writes back."""


def draft_make(*, actor: User, name: str, content: bytes) -> ImportDraft:
    """Keeps an uploaded workbook for a day. Raises `WorkbookRefused` where it cannot be read."""
    workbook.readings(content)
    return ImportDraft.objects.create(made_by=actor, name=name[:200], content=content)


def draft_try(*, actor: User, draft: ImportDraft) -> Report:
    """What importing would do, by doing it and taking everything back."""
    report = Report()
    try:
        with transaction.atomic():
            report = _apply(actor, bytes(draft.content))
            raise _TriedOnly
    except _TriedOnly:
        return report


@transaction.atomic
def draft_import(*, actor: User, draft: ImportDraft, skip_faulty: bool) -> Report:
    """Imports the workbook once. With `skip_faulty` rows that are wrong are left out, else one fault stops all.

    Raises `DraftGone`, `HasFaults`.
    """
    row = ImportDraft.objects.select_for_update().filter(pk=draft.pk, made_by=actor, applied_at=None).first()
    if row is None:
        raise DraftGone
    report = _apply(actor, bytes(row.content))
    if report.faults and not skip_faulty:
        raise HasFaults
    row.applied_at, row.content, row.report = timezone.now(), b"", asdict(report)
    row.save(update_fields=["applied_at", "content", "report"])
    record(
        actor=actor,
        action="people.imported",
        target=row,
        data={"added": report.added, "updated": report.updated, "faults": len(report.faults)},
    )
    return report


def drafts_prune(*, now: dt.datetime | None = None) -> int:
    """Removes files that were never imported once their day is over; gives how many."""
    before = (now or timezone.now()) - KEPT
    return ImportDraft.objects.filter(made_at__lt=before, applied_at=None).delete()[0]


def _apply(actor: User, content: bytes) -> Report:
    found = workbook.readings(content)
    report = Report(faults=[fault for reading in found.values() for fault in reading.faults])
    for sheet, one in ((rules.TRADES, _trade), (rules.UNITS, _unit), (rules.POSTS, _post), (rules.PEOPLE, _person)):
        if sheet.title in found:
            _sheet(actor, sheet, one, found[sheet.title].rows, report)
    order = {sheet.title: number for number, sheet in enumerate(rules.SHEETS)}
    report.faults.sort(key=lambda fault: (order[fault.sheet], fault.row))
    return report


def _sheet(actor: User, sheet: rules.Sheet, one: Any, rows: list[Row], report: Report) -> None:
    if sheet is rules.UNITS:
        rows, lost = rules.parents_first(rows, Unit.objects.values_list("code", flat=True))
        report.faults += [Fault(sheet.title, r.number, "上级代码", "no_parent", r.values["parent"]) for r in lost]
    for row in rows:
        try:
            with transaction.atomic():
                one(actor, row.values, report)
        except _Faulty as faulty:
            report.faults.append(Fault(sheet.title, row.number, faulty.column, faulty.code, faulty.value))


class _Faulty(Exception):
    """A row that cannot be written; the savepoint around it takes back what it wrote."""

    def __init__(self, column: str, code: str, value: object = "") -> None:
        super().__init__(code)
        self.column, self.code, self.value = column, code, str(value or "")


def _trade(actor: User, values: Any, report: Report) -> None:
    held = Trade.objects.filter(code=values["code"]).first()
    if held and held.name == values["name"]:
        return report.count(report.unchanged, rules.TRADES)
    try:
        units.trade_save(actor=actor, trade=held, code=values["code"], name=values["name"])
    except CodeTaken as taken:
        raise _Faulty("名称", "name_taken", values["name"]) from taken
    except NotAllowed as refused:
        raise _Faulty("代码", "not_allowed", values["code"]) from refused
    return report.count(report.updated if held else report.added, rules.TRADES)


def _post(actor: User, values: Any, report: Report) -> None:
    trade = _found(Trade, values["trade"], "工种代码", "no_such_trade")
    held = Post.objects.filter(code=values["code"]).first()
    if held and (held.name, held.trade_id) == (values["name"], trade and trade.pk):
        return report.count(report.unchanged, rules.POSTS)
    try:
        units.post_save(actor=actor, post=held, code=values["code"], name=values["name"], trade=trade)
    except NotAllowed as refused:
        raise _Faulty("代码", "not_allowed", values["code"]) from refused
    return report.count(report.updated if held else report.added, rules.POSTS)


def _unit(actor: User, values: Any, report: Report) -> None:
    parent = _found(Unit, values["parent"], "上级代码", "no_parent")
    held = Unit.objects.filter(code=values["code"]).first()
    fields = {key: values[key] for key in ("code", "name", "kind")}
    try:
        if held is None:
            units.unit_add(actor=actor, parent=parent, **fields)
            return report.count(report.added, rules.UNITS)
        moved = parent is not None and not held.is_child_of(parent)
        renamed = (held.name, held.kind) != (values["name"], values["kind"])
        if renamed:
            units.unit_update(actor=actor, unit=held, **fields)
        if moved:
            units.unit_move(actor=actor, unit=held, parent=parent)
    except NotAllowed as refused:
        raise _Faulty("代码", "not_allowed", values["code"]) from refused
    except UnitClosed as closed:
        raise _Faulty("上级代码", "unit_closed", values["parent"]) from closed
    except Refusal as refused:
        raise _Faulty("上级代码", "no_parent", values["parent"]) from refused
    return report.count(report.updated if renamed or moved else report.unchanged, rules.UNITS)


def _found(model: Any, code: str | None, column: str, fault: str) -> Any:
    if code is None:
        return None
    row = model.objects.filter(code=code).first()
    if row is None:
        raise _Faulty(column, fault, code)
    return row


def _person(actor: User, values: Any, report: Report) -> None:
    unit = _found(Unit, values["unit"], "单位代码", "no_such_unit")
    trade = _found(Trade, values["trade"], "工种代码", "no_such_trade")
    post = _found(Post, values["post"], "岗位代码", "no_such_post")
    held = User.objects.filter(username=values["number"]).first()
    day = values["from_date"] or timezone.localdate()
    try:
        if held is None:
            person = directory.person_create(
                actor=actor,
                staff_number=values["number"],
                name=values["name"],
                phone=values["phone"] or "",
                unit=unit,
                trade=trade,
                post=post,
                from_date=day,
            )
            report.new_people.append(person.pk)
            return report.count(report.added, rules.PEOPLE)
        changed = _person_renew(actor, held, values, (unit, trade, post), day)
    except NotAllowed as refused:
        raise _Faulty("单位代码", "not_allowed", values["unit"]) from refused
    except UnitClosed as closed:
        raise _Faulty("单位代码", "unit_closed", values["unit"]) from closed
    except TooEarly as early:
        raise _Faulty("任职自", "too_early", _first_day(held)) from early
    return report.count(report.updated if changed else report.unchanged, rules.PEOPLE)


def _person_renew(actor: User, person: User, values: Any, place: tuple[Any, Any, Any], day: dt.date) -> bool:
    """Brings a known person up to date; gives whether anything changed. An empty trade, post or phone keeps what is."""
    if not person.is_active:
        raise _Faulty("工号", "inactive", person.username)
    if not directory.may_manage_person(actor, person):
        raise NotAllowed
    phone = values["phone"] or person.phone
    renamed = (person.name, person.phone) != (values["name"], phone)
    if renamed:
        directory.person_update(actor=actor, person=person, name=values["name"], phone=phone)
    unit, trade, post = place
    current = Posting.objects.select_related("trade", "post").filter(person=person, to_date=None).first()
    if current and current.unit_id == unit.pk:
        trade, post = trade or current.trade, post or current.post
    if current and (current.unit, current.trade, current.post) == (unit, trade, post):
        return renamed
    directory.person_transfer(actor=actor, person=person, unit=unit, trade=trade, post=post, from_date=day)
    return True


def _first_day(person: User | None) -> str:
    last = Posting.objects.filter(person=person).order_by("-from_date", "-pk").first()
    return last.from_date.isoformat() if last else ""
