"""What the API answers. A field that changes here changes the contract (`tests/search/openapi.json`).

Descriptions stand in the schema as they are written; the page about the API translates them.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from search.places import Place
from search.query import FacetValue, ResultHit, Results
from search.registry import Piece
from search.rules import Marked
from search.suggest.services import Suggestion


class Error(Schema):
    """每个失败的回答。"""

    code: str = Field(description=_("给程序看的代码，不随语言变化"))
    message: str = Field(description=_("给人看的一句话：出了什么事、怎么办"))


class Text(Schema):
    """一段文字和其中要标出的词。"""

    text: str
    marks: list[tuple[int, int]] = Field(description=_("要标出的词：从第几个字到第几个字（不含），从 0 数起"))

    @classmethod
    def of(cls, marked: Marked) -> Text:
        """A marked text."""
        return cls(text=marked.text, marks=list(marked.spans))


class PlaceOut(Schema):
    """一篇之内的一处。"""

    label: str = Field(description=_("这一处的名字，例如“第3步 选塞”"))
    url: str = Field(description=_("打开就到这一处的地址，从站点根开始"))
    text: Text

    @classmethod
    def of(cls, place: Place) -> PlaceOut:
        """A place as it was found."""
        return cls(label=place.label, url=place.url, text=Text.of(place.text))


class HitOut(Schema):
    """找到的一篇。"""

    kind: str = Field(description=_("种类代码"))
    kind_label: str = Field(description=_("种类名称"))
    key: str = Field(description=_("与 kind 一起标识这一篇，修改和移动后不变"))
    title: Text
    url: str = Field(description=_("打开最合适的一处的地址"))
    place: str = Field(description=_("最合适的一处的名字，没有则为空"))
    excerpt: Text = Field(description=_("最合适的一处的原文节选"))
    more: list[PlaceOut] = Field(description=_("同一篇里的其他几处"))
    details: list[str] = Field(description=_("文件的格式、大小和长度；不是文件则为空"))
    studio: str
    author: str
    date: dt.date | None
    language: str = Field(description=_("文字：zh-Hans 或 zh-Hant"))
    pinned: bool = Field(description=_("编辑推荐，排在最前"))
    exact: bool = Field(description=_("真：计入 total；假：用近义或相近的词找到，列在后面，不计入"))

    @classmethod
    def of(cls, hit: ResultHit) -> HitOut:
        """A hit as the results page shows it."""
        return cls(
            kind=hit.kind,
            kind_label=hit.kind_label,
            key=hit.key,
            title=Text.of(hit.title),
            url=hit.url,
            place=hit.place,
            excerpt=Text.of(hit.excerpt),
            more=[PlaceOut.of(place) for place in hit.more],
            details=list(hit.details),
            studio=hit.studio,
            author=hit.author,
            date=hit.date,
            language=hit.language,
            exact=hit.exact,
            pinned=hit.pinned,
        )


class FacetOut(Schema):
    """可以用来缩小范围的一个值。"""

    value: str = Field(description=_("填进同名参数的值"))
    label: str
    count: int = Field(description=_("只算这位读者能看的，准确数"))
    chosen: bool

    @classmethod
    def of(cls, value: FacetValue) -> FacetOut:
        """A value of a facet."""
        return cls(value=value.value, label=value.label, count=value.count, chosen=value.chosen)


class SearchOut(Schema):
    """一页结果。"""

    query: str = Field(description=_("实际搜索的文字（去掉多余空白，最长 200 字）"))
    corrected: str | None = Field(description=_("原样的写法没有结果，这是换成这个写法的结果"))
    offers: list[str] = Field(description=_("您是不是要找：有结果的其他写法，最可能的在前"))
    total: int = Field(description=_("读者能看的篇数，准确数"))
    beyond: int = Field(description=_("列在后面、不计入 total 的篇数"))
    page: int
    per_page: int
    pages: int = Field(description=_("能翻到第几页"))
    hits: list[HitOut]
    facets: dict[str, list[FacetOut]] = Field(description=_("各筛选参数可用的值"))

    @classmethod
    def of(cls, found: Results) -> SearchOut:
        """A page of results."""
        return cls(
            query=found.text,
            corrected=found.corrected,
            offers=list(found.offers),
            total=found.total,
            beyond=found.beyond,
            page=found.page,
            per_page=found.per_page,
            pages=-(-found.reachable // found.per_page),
            hits=[HitOut.of(hit) for hit in found.hits],
            facets={name: [FacetOut.of(value) for value in values] for name, values in found.facets.items()},
        )


class PassagesOut(Schema):
    """一篇里的各处。"""

    kind: str
    kind_label: str
    key: str
    title: str
    url: str
    language: str
    passages: list[PlaceOut] = Field(description=_("有 q：最合适的在前；没有 q：按原文顺序的全部"))

    @classmethod
    def of(cls, piece: Piece, kind_label: str, places: list[Place]) -> PassagesOut:
        """A piece with its places."""
        return cls(
            kind=piece.kind,
            kind_label=kind_label,
            key=piece.key,
            title=piece.title,
            url=piece.url,
            language=piece.language,
            passages=[PlaceOut.of(place) for place in places],
        )


class SuggestionOut(Schema):
    """一条提示。"""

    kind: str = Field(description=_("种类代码，或者 person（人）、term（术语）"))
    kind_label: str = Field(description=_("种类名称"))
    label: Text
    detail: str
    url: str | None = Field(description=_("直接打开的地址；没有则为空"))
    query: str | None = Field(description=_("要搜索的文字；没有则为空"))

    @classmethod
    def of(cls, one: Suggestion) -> SuggestionOut:
        """A suggestion as the search box offers it."""
        label = Text(text=one.label, marks=list(one.marks))
        return cls(
            kind=one.kind, kind_label=one.kind_label, label=label, detail=one.detail, url=one.url, query=one.query
        )


class SuggestOut(Schema):
    """提示。"""

    suggestions: list[SuggestionOut] = Field(description=_("最可能的在前"))
