"""What the index holds as codes and figures, in words: trades, which `people` owns, types of files, what files are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.template.defaultfilters import filesizeformat
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


def file_details(facts: Mapping[str, str]) -> tuple[str, ...]:
    """What is known of a file, in the reader's language: its format, size and length. Nothing for a page.

    The index holds figures and codes (`DocumentSearchable.facts_of`): `extension`, `bytes`, `pages`, `slides`.
    """
    extension, size = facts.get("extension", ""), facts.get("bytes", "")
    said = [extension.upper(), filesizeformat(int(size)) if size.isdecimal() else ""]
    if "pages" in facts:
        said.append(_("%(count)s 页") % {"count": facts["pages"]})
    if "slides" in facts:
        said.append(_("%(count)s 张幻灯片") % {"count": facts["slides"]})
    return tuple(filter(None, said))
