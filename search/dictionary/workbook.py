"""The dictionary as a table: its columns, what a workbook would change, and what is wrong where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from people.errors import Refusal
from people.imports.rules import BadValue, Column, Reading, Sheet, read_text
from people.imports.workbook import first_sheet_reading
from people.models import Trade, User
from search.dictionary import rules
from search.dictionary.errors import SENTENCES
from search.dictionary.importing import terms_import
from search.dictionary.models import Term, TermKind

MOST_ROWS = 1000
DRAFT_SECONDS = 24 * 3600
_SALT = "search.dictionary.import"
# The codes that a workbook writes are data, in the language of its heads.
KINDS = {"词语": TermKind.WORD, "同义词组": TermKind.SYNONYMS, "简称": TermKind.ABBREVIATION}
NAMES = {kind: name for name, kind in KINDS.items()}


class TooManyTerms(Refusal):
    """More rows than are imported in one go."""

    code = "too_many_terms"
    status = 400
    message = _("一次最多导入 1000 行，请分成几个文件。")


class ImportGone(Refusal):
    """What was tried is too old, or was changed on its way."""

    code = "term_import_gone"
    message = _("这次试运行已过期，请重新上传文件。")


def _read_kind(cell: str) -> str:
    if cell not in KINDS:
        raise BadValue("bad_kind")
    return KINDS[cell].value


SHEET = Sheet(
    "词典",
    (
        Column("类别", "kind", _read_kind, required=True, example="同义词组"),
        Column("词", "text", read_text(60), required=True, example="天车"),
        Column("同义词或全称", "meaning", read_text(400), example="行车、桥式起重机"),
        Column("工种", "trade", read_text(80), example="起重工"),
        Column("说明", "note", read_text(200)),
    ),
    key="",
)
HEAD = [column.head for column in SHEET.columns]
_SENTENCES = SENTENCES | {
    "missing": _("这一格要填。"),
    "no_column": _("表里没有这一列。请从下载的模板填起，不要改表头。"),
}


@dataclass(slots=True)
class Trial:
    """What importing would do. Faults are (row, column, sentence, what stands there)."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    same: int = 0
    faults: list[tuple[int, str, str, str]] = field(default_factory=list)


def trial_of(content: bytes) -> Trial:
    """Looks a workbook through; nothing is written. Raises WorkbookRefused, TooManyTerms."""
    reading = first_sheet_reading(content, SHEET)
    if len(reading.rows) + len(reading.faults) > MOST_ROWS:
        raise TooManyTerms
    trial = Trial(faults=[(f.row, f.column, str(_SENTENCES[f.code]), f.value) for f in reading.faults])
    _look_through(reading, trial)
    trial.faults.sort(key=lambda fault: fault[0])
    return trial


def _look_through(reading: Reading, trial: Trial) -> None:
    trades = dict(Trade.objects.values_list("name", "pk"))
    held = {(term.kind, term.normal): term for term in Term.objects.all()}
    seen: set[tuple[str, str]] = set()
    for row in reading.rows:
        fields = {name: value or "" for name, value in row.values.items()}
        entry = rules.Entry(fields["kind"], fields["text"], fields["meaning"])
        key = (entry.kind, rules.plain(entry.text))
        wrong = [(fault.field, fault.code) for fault in rules.faults(entry)]
        if fields["trade"] and fields["trade"] not in trades:
            wrong.append(("trade", "no_such_trade"))
        if key in seen:
            wrong.append(("text", "repeated"))
        heads = {column.name: column.head for column in SHEET.columns}
        trial.faults += [(row.number, heads[name], str(_SENTENCES[code]), fields[name]) for name, code in wrong]
        seen.add(key)
        if not wrong:
            trial.rows.append({**fields, "trade": trades.get(fields["trade"])})
            _count(trial, held.get(key), trial.rows[-1])


def _count(trial: Trial, term: Term | None, fields: dict[str, Any]) -> None:
    if term is None:
        trial.added += 1
        return
    now = (term.text, term.meaning, term.trade_id, term.note)
    then = (fields["text"], "、".join(rules.parted(fields["meaning"])), fields["trade"], fields["note"])
    trial.changed += now != then
    trial.same += now == then


def draft_of(trial: Trial) -> str:
    """The rows that are right, signed, to be sent back by whoever decides to import them."""
    return signing.dumps(trial.rows, salt=_SALT, compress=True)


def draft_import(*, actor: User, draft: str) -> tuple[int, int, int]:
    """Imports what was tried: (added, changed, as they were). Raises ImportGone, TermFaulty, NotAllowed."""
    try:
        rows = signing.loads(draft, salt=_SALT, max_age=DRAFT_SECONDS)
    except signing.BadSignature as gone:
        raise ImportGone from gone
    trades = Trade.objects.in_bulk([row["trade"] for row in rows if row["trade"]])
    return terms_import(actor=actor, rows=[{**row, "trade": trades.get(row["trade"])} for row in rows])


def table_rows(terms: Iterable[Term]) -> Iterator[list[object]]:
    """Rows of the export, which can be imported again."""
    for term in terms:
        trade = term.trade.name if term.trade is not None else ""
        yield [NAMES[TermKind(term.kind)], term.text, term.meaning, trade, term.note]
