"""Lists of knowledge pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from kb.models import CasePage, CoursewarePage, OperatingMethodPage, QuestionAnswerPage, Tag, TextbookPage
from people.audience import visible_pages
from people.models import Posting, Trade, User
from studios.models import Equipment, StudioPage

Reader = User | AnonymousUser
LISTS: dict[str, type[Any]] = {
    model.list_name: model
    for model in (OperatingMethodPage, CasePage, TextbookPage, CoursewarePage, QuestionAnswerPage)
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means everything."""

    text: str = ""
    trade: int | None = None
    studio: int | None = None
    equipment: int | None = None
    tag: int | None = None
    kind: str = ""

    @property
    def any(self) -> bool:
        """True where something is narrowed."""
        return bool(self.text or self.trade or self.studio or self.equipment or self.tag or self.kind)


def own_trades(reader: Reader) -> list[int]:
    """Ids of the trades that the person holds today."""
    if not reader.is_authenticated:
        return []
    today = timezone.localdate()
    held = Posting.objects.filter(Q(to_date__isnull=True) | Q(to_date__gte=today), person=reader, from_date__lte=today)
    return list(held.exclude(trade=None).values_list("trade", flat=True).distinct())


def pages_listed(model: type[Any], reader: Reader, filters: Filters, trades: list[int]) -> QuerySet[Any]:
    """Pages of a kind that the reader may see: those for his own trades first, then the newest."""
    rows = visible_pages(model.objects.defer(*model.long_fields()), reader)
    if filters.text:
        rows = rows.filter(title__icontains=filters.text)
    if filters.kind and model is CasePage:
        rows = rows.filter(kind=filters.kind)
    for name, value in (("trades", filters.trade), ("equipment", filters.equipment), ("tags", filters.tag)):
        if value is not None:
            rows = rows.filter(**{name: value})
    if filters.studio is not None:
        paths = StudioPage.objects.filter(studio=filters.studio).values_list("path", flat=True)
        rows = rows.filter(path__startswith=paths.first() or "none")
    through = model._meta.get_field("trades").remote_field.through
    link = f"{model._meta.model_name}_id"
    mine = through.objects.filter(trade_id__in=trades, **{link: OuterRef("pk")})
    rows = rows.annotate(is_own_trade=Exists(mine))
    return rows.order_by("-is_own_trade", F("last_published_at").desc(nulls_last=True), "-pk")


def choices_for(model: type[Any], reader: Reader) -> dict[str, list[tuple[int, str]]]:
    """What the list can be narrowed to: only values that some visible page has."""
    seen = visible_pages(model.objects.all(), reader).order_by()
    found: dict[str, list[tuple[int, str]]] = {}
    for name, rows in (
        ("trade", Trade.objects.all()),
        ("equipment", Equipment.objects.all()),
        ("tag", Tag.objects.all()),
    ):
        field = {"trade": "trades", "equipment": "equipment", "tag": "tags"}[name]
        used = rows.filter(pk__in=seen.values(field))
        found[name] = [(row.pk, str(row)) for row in used]
    parents = {path[: -model.steplen] for path in seen.values_list("path", flat=True)}
    studios = StudioPage.objects.filter(path__in=parents).values_list("studio_id", "studio__name")
    found["studio"] = sorted(studios, key=lambda row: row[1])
    return found


def studio_names(pages: list[Any]) -> dict[str, str]:
    """Names of the studios of pages, by the path of the page above them, in one query."""
    rows = StudioPage.objects.filter(path__in={page.path[: -page.steplen] for page in pages})
    return dict(rows.values_list("path", "studio__name"))


def names_fill(pages: list[Any]) -> None:
    """Gives each page `trade_names` and `author_line`, in two queries that fetch the names alone."""
    trades = _names_of(pages, "trades", "trade__name", "trade__code")
    authors = _names_of(pages, "authors", "user__name", "user__username")
    for page in pages:
        page.trade_names = trades.get(page.pk, [])
        page.author_line = "、".join(filter(None, [*authors.get(page.pk, []), page.authors_text.strip()]))


def _names_of(pages: list[Any], field: str, name: str, order: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    if pages:
        model = type(pages[0])
        link = f"{model._meta.model_name}_id"
        through = model._meta.get_field(field).remote_field.through
        rows = through.objects.filter(**{f"{link}__in": [page.pk for page in pages]}).order_by(order)
        for pk, value in rows.values_list(link, name):
            found.setdefault(pk, []).append(value)
    return found
