"""What is wrong in a workbook, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.imports.rules import Fault

SENTENCES: dict[str, str | Promise] = {
    "no_column": _("缺少这一列，请从模板填起，不要改表头。"),
    "missing": _("必填，不能空着。"),
    "too_long": _("“%(value)s…”太长了，请缩短。"),
    "bad_code": _("“%(value)s”不是代码：只能用字母、数字、横线、点，最多 40 位。"),
    "bad_number": _("“%(value)s”不是工号：只能用字母、数字、横线、点，最多 40 位。"),
    "bad_kind": _("“%(value)s”不是级别，请填公司、分厂、车间或班组。"),
    "bad_date": _("“%(value)s”不是日期，请写成 2026-03-01 的样子。"),
    "bad_phone": _("“%(value)s”不是电话号码。"),
    "repeated": _("“%(value)s”重复了，第 %(other)s 行已经有。"),
    "no_such_unit": _("没有代码为“%(value)s”的单位，请先在“单位”表里填上，或核对代码。"),
    "no_such_trade": _("没有代码为“%(value)s”的工种，请先在“工种”表里填上，或核对代码。"),
    "no_such_post": _("没有代码为“%(value)s”的岗位，请先在“岗位”表里填上，或核对代码。"),
    "no_parent": _("上级代码“%(value)s”不存在，或者绕成了圈。"),
    "name_taken": _("名称“%(value)s”已经用在另一个代码上。"),
    "not_allowed": _("“%(value)s”不在您管理的单位范围内，请联系上级人力资源。"),
    "unit_closed": _("单位“%(value)s”已经停用。"),
    "too_early": _("日期早于此人已有的任职记录（%(value)s 起），请改晚一些。"),
    "inactive": _("工号“%(value)s”的账号已停用，请先在人员页面里恢复，再导入。"),
}


def sentence(fault: Fault) -> str:
    """The fault in one sentence that says what to do."""
    value, _sep, other = fault.value.partition("|")
    return str(SENTENCES[fault.code]) % {"value": value, "other": other}
