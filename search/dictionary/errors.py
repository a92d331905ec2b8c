"""Refusals of the dictionary."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.errors import Refusal
from search.dictionary.rules import LONGEST_WORD, MOST_IN_A_GROUP, Fault

SENTENCES = {
    "empty": _("请填写词。"),
    "too_long": _("词太长：最多 %(longest)s 个字。") % {"longest": LONGEST_WORD},
    "too_short": _("一个字不能作词条，请填两个字以上。"),
    "no_word": _("里面没有字、字母或数字。"),
    "not_for_words": _("“词语”不用填这一栏；要登记同义词，请把类别改为“同义词组”。"),
    "missing": _("请填写同义词或全称。"),
    "one_full_form": _("简称只能有一个全称；几种说法请用“同义词组”。"),
    "too_many": _("一组最多 %(most)s 个词。") % {"most": MOST_IN_A_GROUP},
    "same": _("这些词统一写法后是同一个词，不用登记：检索本来就认识简繁、大小写和全半角。"),
    "taken": _("这个词已经在词典里了，请打开原来的词条修改。"),
    "bad_kind": _("类别只能是：词语、同义词组、简称。"),
    "no_such_trade": _("没有这个工种，请按人员管理里的名称填写。"),
    "repeated": _("这张表里前面已有同样的一行。"),
}


def sentence(fault: Fault) -> str:
    """What is wrong, in words that say what to do."""
    return str(SENTENCES[fault.code])


class TermFaulty(Refusal):
    """A row says something that a dictionary cannot hold; `faults` has every field."""

    code = "term_faulty"
    status = 400
    message = _("这个词条还不能保存，请按提示改正。")

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults=[(fault.field, fault.code) for fault in faults])
        self.faults = faults


class NotUndoable(Refusal):
    """The row was changed again since, or the change was undone already."""

    code = "term_change_not_undoable"
    message = _("这次变更之后词条又改过，不能直接撤销。请打开词条修改。")
