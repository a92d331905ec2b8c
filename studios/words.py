"""Sentences of `studios`."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from studios.rules import Gap


def gap_words(gaps: Iterable[Gap]) -> list[str]:
    """Each gap of a record as a sentence that says what to do."""
    words = {
        "leader": _("领衔人的荣誉级别不够，请核对荣誉称号与级别。"),
        "plaque": _("还没有登记牌子。"),
        "place": _("还没有登记固定场所。"),
        "rules": _("工作制度、活动制度、管理办法没有写全。"),
        "types": _("还没有选择类型。"),
    }
    sentences = []
    for gap in gaps:
        if gap.code == "members":
            sentences.append(_("成员 %(have)s 人，至少要 %(need)s 人。") % {"have": gap.have, "need": gap.need})
        else:
            sentences.append(words[gap.code])
    return sentences
