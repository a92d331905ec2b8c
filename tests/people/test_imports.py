"""Import of units and people from a workbook."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from people.imports import rules, services, words, workbook
from people.imports.rules import Fault, Row
from people.models import ImportDraft, Post, Posting, Role, Trade, Unit, User
from people.sheets import table_workbook
from tests.factories.people import UnitFactory, UserFactory, day, grant, posting

PEOPLE = ("工号", "姓名", "单位代码", "工种代码", "岗位代码", "手机", "任职自")
UNITS = ("代码", "名称", "级别", "上级代码")


def book(**sheets: Iterable[Sequence[object]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for title, lines in sheets.items():
        page = made.create_sheet(title)
        for line in lines:
            page.append(list(line))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def chief(db: None) -> User:
    person = UserFactory(username="A1")
    grant(person, Role.ADMINISTRATOR)
    return person


def tried(actor: User, content: bytes) -> services.Report:
    return services.draft_try(actor=actor, draft=services.draft_make(actor=actor, name="人员.xlsx", content=content))


def imported(actor: User, content: bytes, *, skip: bool = False) -> services.Report:
    draft = services.draft_make(actor=actor, name="人员.xlsx", content=content)
    return services.draft_import(actor=actor, draft=draft, skip_faulty=skip)


def whole_company(people: int = 3) -> bytes:
    return book(
        单位=[UNITS, ("B1", "甲班", "班组", "W1"), ("W1", "碳化车间", "车间", "G"), ("G", "公司", "公司", None)],
        工种=[("代码", "名称"), ("THG", "碳化工")],
        岗位=[("代码", "名称", "工种代码"), ("P1", "主操", "THG")],
        人员=[PEOPLE, *((f"t{n:04d}", f"工友{n}", "B1", "THG", "P1", 13800000000 + n, dt.date(2026, 1, 5)) for n in range(people))],
    )  # fmt: skip


def test_a_trial_tells_everything_and_writes_nothing(chief: User) -> None:
    report = tried(chief, whole_company())
    assert report.added == {"单位": 3, "工种": 1, "岗位": 1, "人员": 3}
    assert (report.faults, report.total) == ([], 8)
    assert (Unit.objects.count(), Trade.objects.count(), User.objects.count()) == (0, 0, 1)


def test_an_import_writes_units_in_any_order_trades_posts_and_people(chief: User) -> None:
    report = imported(chief, whole_company())
    assert [unit.name for unit in Unit.objects.order_by("path")] == ["公司", "碳化车间", "甲班"]
    person = User.objects.get(username="T0001")
    held = person.postings.get()
    assert (held.unit.code, held.trade.name, held.post.name, held.from_date) == (
        "B1",
        "碳化工",
        "主操",
        dt.date(2026, 1, 5),
    )
    assert person.phone == "13800000001"
    assert not person.has_usable_password()
    assert sorted(report.new_people) == sorted(User.objects.exclude(pk=chief.pk).values_list("pk", flat=True))


def test_importing_again_updates_and_doubles_nothing(chief: User) -> None:
    imported(chief, whole_company())
    again = imported(chief, whole_company())
    assert (again.added, again.updated) == ({}, {})
    assert again.unchanged == {"单位": 3, "工种": 1, "岗位": 1, "人员": 3}
    assert Posting.objects.count() == 3
    changed = book(人员=[PEOPLE, ("T0001", "工友壹", "W1", None, None, None, "2026-03-01")])
    assert imported(chief, changed).updated == {"人员": 1}
    person = User.objects.get(username="T0001")
    assert (person.name, person.phone) == ("工友壹", "13800000001")
    rows = [(row.unit.code, row.from_date, row.to_date) for row in person.postings.order_by("from_date")]
    assert rows == [("B1", dt.date(2026, 1, 5), dt.date(2026, 2, 28)), ("W1", dt.date(2026, 3, 1), None)]


def test_units_are_renamed_and_moved_by_an_import(chief: User) -> None:
    imported(chief, whole_company())
    report = imported(chief, book(单位=[UNITS, ("B1", "青年班", "班组", "G"), ("W1", "碳化车间", "车间", "G")]))
    assert (report.updated, report.unchanged) == ({"单位": 1}, {"单位": 1})
    unit = Unit.objects.get(code="B1")
    assert (unit.name, unit.get_parent().code) == ("青年班", "G")


def test_one_wrong_row_stops_all_or_is_left_out_as_one_likes(chief: User) -> None:
    imported(chief, whole_company(0))
    content = book(人员=[PEOPLE, ("T1", "好人", "B1"), ("T2", "", "B1"), ("T3", "无处", "没有"), ("T4", "也好", "W1")])
    report = tried(chief, content)
    told = [(fault.row, fault.column, words.sentence(fault)) for fault in report.faults]
    assert told == [
        (3, "姓名", "必填，不能空着。"),
        (4, "单位代码", "“没有”不是代码：只能用字母、数字、横线、点，最多 40 位。"),
    ]
    with pytest.raises(services.HasFaults):
        imported(chief, content)
    assert not User.objects.filter(username__startswith="T").exists()
    assert imported(chief, content, skip=True).added == {"人员": 2}
    assert set(User.objects.exclude(pk=chief.pk).values_list("username", flat=True)) == {"T1", "T4"}


def test_every_fault_is_told_by_row_and_column_in_words(chief: User) -> None:
    imported(chief, whole_company())
    UnitFactory(code="OLD", is_active=False)
    User.objects.filter(username="T0002").update(is_active=False)
    lines = [
        ("甲乙", "名", "B1"), ("T5", "名" * 61, "B1"), ("T6", "名", "NONE"), ("T7", "名", "B1", "NONE"),
        ("T8", "名", "B1", None, "NONE"), ("T9", "名", "B1", None, None, "电话"),
        ("T10", "名", "B1", None, None, None, "去年"),
        ("T11", "名", "OLD"), ("T0001", "名", "W1", None, None, None, "2025-01-01"), ("T0002", "名", "W1"),
        ("T5b", "名", "B1"), ("t5B", "名", "B1"),
    ]  # fmt: skip
    report = tried(chief, book(人员=[PEOPLE, *lines], 单位=[UNITS, ("Z", "孤儿", "车间", "没"), ("Y", "错", "大队", "G"),
        ("Q1", "圈一", "车间", "Q2"), ("Q2", "圈二", "车间", "Q1")], 工种=[("代码", "名称"), ("X", "碳化工")]))  # fmt: skip
    told = {(fault.sheet, fault.row, fault.code) for fault in report.faults}
    assert told == {
        ("单位", 2, "bad_code"), ("单位", 3, "bad_kind"), ("单位", 4, "no_parent"), ("单位", 5, "no_parent"),
        ("工种", 2, "name_taken"),
        ("人员", 2, "bad_number"), ("人员", 3, "too_long"), ("人员", 4, "no_such_unit"), ("人员", 5, "no_such_trade"),
        ("人员", 6, "no_such_post"), ("人员", 7, "bad_phone"), ("人员", 8, "bad_date"), ("人员", 9, "unit_closed"),
        ("人员", 10, "too_early"), ("人员", 11, "inactive"), ("人员", 13, "repeated"),
    }  # fmt: skip
    for fault in report.faults:
        assert words.sentence(fault).endswith("。")
        assert "%(" not in words.sentence(fault)


def test_every_fault_has_its_sentence() -> None:
    for code in words.SENTENCES:
        assert "%(" not in words.sentence(Fault("人员", 2, "工号", code, "值|3"))


def test_hr_imports_into_its_unit_only(chief: User) -> None:
    imported(chief, whole_company())
    officer = UserFactory(username="H1")
    grant(officer, Role.HR, Unit.objects.get(code="W1"))
    outsider = UserFactory(username="X1")
    posting(outsider, Unit.objects.get(code="G"))
    report = tried(officer, book(
        人员=[PEOPLE, ("N1", "新人", "B1"), ("N2", "新人", "G"), ("X1", "抢来", "B1")],
        单位=[UNITS, ("B2", "乙班", "班组", "W1"), ("W2", "别的", "车间", "G"), ("G3", "另立", "公司", None)],
        工种=[("代码", "名称"), ("NEW", "新工种")],
        岗位=[("代码", "名称"), ("NEW", "新岗位")],
    ))  # fmt: skip
    assert report.added == {"人员": 1, "单位": 1}
    assert {(f.sheet, f.row) for f in report.faults if f.code == "not_allowed"} == {
        ("人员", 3), ("人员", 4), ("单位", 3), ("单位", 4), ("工种", 2), ("岗位", 2)
    }  # fmt: skip


def test_two_hundred_people_take_less_than_ten_seconds(chief: User) -> None:
    content = whole_company(220)
    began = time.process_time()  # of this process: the machine may be busy with other things
    assert imported(chief, content).added["人员"] == 220
    assert time.process_time() - began < 10


def test_a_file_is_imported_once_and_by_who_uploaded_it(chief: User) -> None:
    draft = services.draft_make(actor=chief, name="a.xlsx", content=whole_company())
    other = UserFactory(is_superuser=True)
    with pytest.raises(services.DraftGone):
        services.draft_import(actor=other, draft=draft, skip_faulty=False)
    services.draft_import(actor=chief, draft=draft, skip_faulty=False)
    with pytest.raises(services.DraftGone):
        services.draft_import(actor=chief, draft=draft, skip_faulty=False)
    draft.refresh_from_db()
    assert bytes(draft.content) == b""
    ImportDraft.objects.update(applied_at=None, made_at="2020-01-01T00:00:00Z")
    assert services.drafts_prune() == 1


def test_the_template_and_our_own_export_come_back_in(chief: User) -> None:
    page = load_workbook(io.BytesIO(workbook.template()))
    assert page.sheetnames == ["人员", "单位", "工种", "岗位", "填写说明"]
    assert [cell.value for cell in page["人员"][1]] == list(PEOPLE)
    assert tried(chief, workbook.template()).total == 0
    imported(chief, whole_company(0))
    exported = table_workbook("人员", list(PEOPLE), [("T1", "=cmd|'/c'!A0", "B1", "", "", "", dt.date(2026, 1, 5))])
    imported(chief, exported)
    assert User.objects.get(username="T1").name == "=cmd|'/c'!A0"


def test_text_that_a_spreadsheet_would_run_is_exported_harmless() -> None:
    page = load_workbook(io.BytesIO(table_workbook("人员", ["姓名"], [["=1+1"], ["+86"], ["@x"], ["-2"], ["平常"]])))
    cells = [row[0] for row in page["人员"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["'=1+1", "'+86", "'@x", "'-2", "平常"]
    assert all(cell.data_type == "s" for cell in cells)


def zipped(*parts: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not a workbook", "workbook_refused"),
        (b"PK\x03\x04 cut off", "workbook_refused"),
        (zipped(("a.txt", b"x")), "workbook_refused"),
        (zipped(("[Content_Types].xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")), "workbook_refused"),
        (zipped(("bomb.xml", b"\0" * (workbook.MAX_UNPACKED + 1))), "workbook_too_large"),
        (zipped(*((f"{n}.xml", b"x") for n in range(workbook.MAX_PARTS + 1))), "workbook_too_large"),
        (b"x" * (workbook.MAX_BYTES + 1), "workbook_too_large"),
        (book(别的=[("甲",)]), "workbook_refused"),
    ],
    ids=["text", "cut", "zip", "entity", "bomb", "parts", "big", "sheets"],
)
def test_what_is_no_honest_workbook_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(workbook.WorkbookRefused) as caught:
        workbook.readings(content)
    assert caught.value.code == code


def test_a_workbook_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MAX_ROWS", 5)
    with pytest.raises(workbook.WorkbookTooLarge):
        workbook.readings(book(人员=[PEOPLE, *((f"T{n}", "名", "B") for n in range(9))]))


def test_a_missing_column_is_told_once() -> None:
    reading = rules.read_sheet(rules.PEOPLE, [("工号", "姓名"), ("T1", "名")])
    assert [(fault.row, fault.column, fault.code) for fault in reading.faults] == [(1, "单位代码", "no_column")]


@pytest.mark.parametrize(
    "written", ["2026-03-01", "2026/3/1", "2026.03.01", "2026年3月1日", "20260301", "2026-03-01 00:00:00"]
)
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert rules.read_date(written) == dt.date(2026, 3, 1)


@pytest.mark.parametrize("written", ["明天", "2026-13-01", "0026-03-01", ""])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(rules.BadValue):
        rules.read_date(written)


def test_cells_are_read_as_the_eye_reads_them() -> None:
    values = [None, " 甲 ", 3.0, 3.5, dt.datetime(2026, 3, 1), "'=x", 12345678901]
    assert [rules.cell_text(value) for value in values] == ["", "甲", "3", "3.5", "2026-03-01", "=x", "12345678901"]


@given(st.permutations(range(12)), st.integers(0, 11))
def test_parents_come_before_their_children_in_any_order(order: list[int], cut: int) -> None:
    rows = [Row(n, {"code": str(n), "parent": str((n - 1) // 2) if n else None}) for n in order]
    done, lost = rules.parents_first(rows, [])
    assert not lost
    places = {row.values["code"]: at for at, row in enumerate(done)}
    assert all(
        row.values["parent"] is None or places[row.values["parent"]] < places[row.values["code"]] for row in done
    )
    without = [row for row in rows if row.number != cut]
    done, lost = rules.parents_first(without, [])
    assert len(done) + len(lost) == 11


def test_days_of_a_template_may_be_left_empty(chief: User) -> None:
    imported(chief, whole_company(0))
    imported(chief, book(人员=[PEOPLE, ("T1", "名", "B1")]))
    assert Posting.objects.get().from_date == day()
    assert Post.objects.count() == 1
