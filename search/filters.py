"""Filters and order of the results page: read from its address, shown as links to other addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from people.script.rules import script_guess
from search import query, registry
from search.engines.contract import FACETS
from search.labels import file_type_names

CHIPS_SHOWN = 20
LONGEST_VALUE = 100
SORTS = ("relevance", "date")
# Their values are words of content; those of the others are the interface's, or figures.
NAMED_BY_CONTENT = ("studio", "trade", "equipment")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: the words, a value or None for each of FACETS, the order."""

    text: str
    chosen: Mapping[str, Any]
    sort: str

    @property
    def filters(self) -> dict[str, Any]:
        """The filters that are set."""
        return {name: value for name, value in self.chosen.items() if value is not None}

    def address(self, **more: Any) -> str:
        """The address with something changed: a facet, `sort`, `q`, `page`, `exact`; None takes it away."""
        told = {"q": self.text, **self.chosen, "sort": None if self.sort == SORTS[0] else self.sort, **more}
        return "?" + urlencode({name: value for name, value in told.items() if value is not None})

    def unfiltered(self, text: str | None = None) -> str:
        """The address of these or other words without filters, in the same order."""
        return Asked(self.text if text is None else text, {}, self.sort).address()


def asked_for(text: str, told: QueryDict) -> Asked:
    """Reads an address; what is no known kind or type and no number is left out."""
    return Asked(
        text=text,
        chosen={
            "kind": _known(told, "kind", registry.kinds()),
            "studio": _number(told, "studio"),
            "trade": _number(told, "trade"),
            "equipment": _words(told, "equipment"),
            "year": _number(told, "year"),
            "file_type": _known(told, "file_type", file_type_names()),
        },
        sort="date" if told.get("sort") == "date" else SORTS[0],
    )


def facet_rows(found: query.Results, asked: Asked) -> dict[str, Any]:
    """Chips of each facet, the kinds apart, and of what else is chosen. A facet that parts nothing is left out."""
    labels = {
        "kind": _("种类"), "studio": _("工作室"), "trade": _("工种"), "equipment": _("设备"), "year": _("年份"), "file_type": _("文件类型"),
    }  # fmt: skip
    rows = {name: _row(name, labels[name], found.facets.get(name, []), asked) for name in FACETS}
    useful = {name: row for name, row in rows.items() if asked.chosen[name] is not None or _parts(row, found.total)}
    return {
        "kind": useful.get("kind"),
        "others": [row for name, row in useful.items() if name != "kind"],
        "chosen": [
            {**chip, "facet": row["label"]}
            for row in [rows[name] for name in FACETS[1:]]
            for chip in row["chips"]
            if chip["current"]
        ],
    }


def _parts(row: dict[str, Any], total: int) -> bool:
    """Whether some choice leaves some of the results out."""
    return any(chip["count"] < total for chip in row["chips"])


def sort_links(asked: Asked) -> list[dict[str, Any]]:
    """The two orders, with the one in use."""
    labels = {"relevance": _("最相关"), "date": _("最新")}
    return [
        {
            "label": labels[sort],
            "current": sort == asked.sort,
            "href": asked.address(sort=None if sort == SORTS[0] else sort),
        }
        for sort in SORTS
    ]


def _row(name: str, label: str, values: list[query.FacetValue], asked: Asked) -> dict[str, Any]:
    """A facet's chips. A chosen chip's link takes the filter away."""
    chips = [
        {
            "label": value.label,
            "lang": script_guess(value.label) if name in NAMED_BY_CONTENT else "",
            "count": value.count,
            "current": value.chosen,
            "href": asked.address(**{name: None if value.chosen else value.value}),
        }
        for value in values[:CHIPS_SHOWN]
    ]
    return {"name": name, "label": label, "chips": chips}


def _known(told: QueryDict, name: str, known: Mapping[str, object]) -> str | None:
    value = told.get(name, "")
    return value if value in known else None


def _number(told: QueryDict, name: str) -> int | None:
    value = told.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _words(told: QueryDict, name: str) -> str | None:
    value = told.get(name, "")
    return value if value and value.isprintable() and len(value) <= LONGEST_VALUE else None
