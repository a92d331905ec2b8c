"""The API of search: the same services as the pages, under the same rules."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from people.errors import Refusal
from search import query, registry
from search.api.passages import piece_get_for, places_of
from search.api.schemas import Error, PassagesOut, SearchOut, SuggestionOut, SuggestOut
from search.engines.contract import Sort
from search.insight.services import asked_record
from search.rules import DEEPEST, query_text
from search.suggest.services import suggestions

PER_PAGE = 10
MOST_PER_PAGE = 50
MOST_PLACES = 1000
BEST_PLACES = 10
SUGGESTED = 8
MOST_SUGGESTED = 20

router = Router(tags=["search"])
REFUSED = dict.fromkeys((401, 403, 422, 429, 503), Error)
SEARCH_WORDS = _("与网站的搜索页一样：同样的读者权限、准确的篇数、同样的排序。没有 q 时什么也不找。")
SUGGEST_WORDS = _("输入到一半时的提示：标题、操作法、人和术语，也可以是拼音或拼音首字母。只提示读者能看的。")
PASSAGES_WORDS = _(
    "有 q：这一篇里最合适的几处，带节选和要标出的词；没有 q：这一篇的各处全文，按原文顺序。看不到的和不存在的一样回答 404。"
)
Words = Annotated[str, Query(description=_("要找的文字；最长 200 字，多出的不看"))]


class KindUnknown(Refusal):
    """A kind that is none."""

    code = "kind_unknown"
    message = gettext_lazy("没有这个种类。可用的种类见搜索结果的 facets.kind。")
    status = 422


class TooDeep(Refusal):
    """Nobody can turn so far."""

    code = "too_deep"
    message = gettext_lazy("最多能翻到第 1000 条。请加词或加筛选缩小范围。")
    status = 422


@router.get(
    "/search", response={200: SearchOut, **REFUSED}, url_name="search", summary=_("搜索"), description=SEARCH_WORDS
)
def search(
    request: HttpRequest,
    q: Words = "",
    kind: Annotated[str | None, Query(description=_("只看这个种类，例如 method"))] = None,
    studio: Annotated[int | None, Query(description=_("只看这个工作室（编号）"), ge=1, lt=2**31)] = None,
    trade: Annotated[int | None, Query(description=_("只看这个工种（编号）"), ge=1, lt=2**31)] = None,
    equipment: Annotated[str | None, Query(description=_("只看提到这种设备的"), max_length=100)] = None,
    year: Annotated[int | None, Query(description=_("只看这一年的"), ge=1900, le=2999)] = None,
    file_type: Annotated[str | None, Query(description=_("只看这类文件，例如 pdf、ppt"), max_length=20)] = None,
    sort: Annotated[Sort, Query(description=_("relevance 按贴切程度，date 按日期从新到旧"))] = "relevance",
    exact: Annotated[bool, Query(description=_("只按原样找，找不到时不换别的写法"))] = False,
    page: Annotated[int, Query(description=_("第几页"), ge=1, le=DEEPEST)] = 1,
    per_page: Annotated[int, Query(description=_("每页几篇"), ge=1, le=MOST_PER_PAGE)] = PER_PAGE,
) -> SearchOut:
    """A page of results, as the results page shows it."""
    if kind is not None and kind not in registry.kinds():
        raise KindUnknown
    if (page - 1) * per_page >= DEEPEST:
        raise TooDeep
    found = query.search(
        user=request.user,
        text=q,
        kind=kind,
        studio=studio,
        trade=trade,
        equipment=equipment or None,
        year=year,
        file_type=file_type or None,
        sort=sort,
        page=page,
        per_page=per_page,
        exact=exact,
    )
    if page == 1 and found.text:
        total = 0 if found.corrected else found.total
        narrowed = any(value is not None for value in (kind, studio, trade, equipment, year, file_type))
        asked_record(text=found.text, total=total, user=request.user, filtered=narrowed)
    return SearchOut.of(found)


@router.get(
    "/suggest",
    response={200: SuggestOut, **REFUSED},
    url_name="suggest",
    summary=_("输入提示"),
    description=SUGGEST_WORDS,
)
def suggest(
    request: HttpRequest,
    q: Words = "",
    limit: Annotated[int, Query(description=_("最多几条"), ge=1, le=MOST_SUGGESTED)] = SUGGESTED,
) -> SuggestOut:
    """What the search box would offer."""
    found = suggestions(user=request.user, text=query_text(q), limit=limit)
    return SuggestOut(suggestions=[SuggestionOut.of(one) for one in found])


@router.get(
    "/passages",
    response={200: PassagesOut, 404: Error, **REFUSED},
    url_name="passages",
    summary=_("一篇里的各处"),
    description=PASSAGES_WORDS,
)
def passages(
    request: HttpRequest,
    kind: Annotated[str, Query(description=_("种类代码，取自搜索结果"), max_length=40)],
    key: Annotated[str, Query(description=_("这一篇的标识，取自搜索结果"), max_length=100)],
    q: Words = "",
    limit: Annotated[
        int | None, Query(description=_("最多几处；有 q 时默认 10，没有 q 时默认全部"), ge=1, le=MOST_PLACES)
    ] = None,
) -> PassagesOut:
    """The places of one piece."""
    piece = piece_get_for(request.user, kind=kind, key=key)
    places = places_of(request.user, piece, q, limit or (BEST_PLACES if q.strip() else MOST_PLACES))
    return PassagesOut.of(piece, str(registry.get(kind).label), places)
