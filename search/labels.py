"""Names of facet values: trades, which `people` owns, and types of files."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from people.models import Trade


def trade_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of trades by id."""
    return dict(Trade.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def file_type_names() -> dict[str, str]:
    """Names of the types of files by which one can filter; a type without a name is not offered."""
    return {
        "pdf": "PDF",
        "ppt": _("演示文稿"),
        "doc": _("文档"),
        "xls": _("表格"),
        "video": _("视频"),
        "audio": _("录音"),
        "text": _("纯文本"),
        "web": _("网页"),
        "picture": _("图片"),
    }
