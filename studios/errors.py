"""Refusals of `studios`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.errors import NotAllowed, Refusal


class NotHead(NotAllowed):
    """The person is not the studio's head (nor a union officer over it)."""

    code = "studio_not_head"
    message = _("只有工作室负责人或主管工会可以这样做，请联系他们。")


class NameTaken(Refusal):
    """Another studio has the name."""

    code = "studio_name_taken"
    message = _("已有同名的工作室，请换一个名称。")


class AlreadyMember(Refusal):
    """The person is a member already."""

    code = "studio_already_member"
    message = _("这个人已经是本工作室的成员，如需调整角色请直接修改。")


class NotMember(Refusal):
    """The person is no member now."""

    code = "studio_not_member"
    message = _("这个人现在不是本工作室的成员，请刷新页面后再试。")


class LastHead(Refusal):
    """The studio would be without a head."""

    code = "studio_last_head"
    message = _("工作室至少要有一位负责人，请先指定接任的负责人。")


class StateNotAllowed(Refusal):
    """The state cannot follow the present one."""

    code = "studio_state_not_allowed"
    message = _("不能从当前状态直接变为所选状态，请按 筹建→已建→申报中→已命名→复审中→保留/撤销称号 的次序办理。")


class DatesWrong(Refusal):
    """An end before its start."""

    code = "studio_dates_wrong"
    message = _("结束日期早于开始日期，请改正日期。")
