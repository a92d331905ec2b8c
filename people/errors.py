"""Refusals: what a service says when it must not do a thing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Base of all refusals: a code for machines, a sentence that says what to do, an HTTP status."""

    code = "refused"
    message = _("不能这样做。")
    status = 409

    def __init__(self, message: object = None, **data: object) -> None:
        self.data = data
        self.message = message or self.message
        super().__init__(str(self.message))


class NotAllowed(Refusal):
    """The person lacks the right."""

    code = "not_allowed"
    message = _("您没有这项权限，请联系管理员或工作室负责人。")
    status = 403


class MayNotSee(NotAllowed):
    """The reader is signed in but not among those for whom a page or file is."""

    code = "may_not_see"
    message = _("这一页只对部分人开放，您不在其中。需要查看请联系发布它的工作室，或联系管理员。")


class RoleForWholeSite(Refusal):
    """A role that knows no units was to be granted for one."""

    code = "role_for_whole_site"
    message = _("这个角色只能授予全站，不能限定单位。请把“单位”留空再保存。")
    status = 400


class DatesReversed(Refusal):
    """Something would end before it starts."""

    code = "dates_reversed"
    message = _("结束日期早于开始日期，请改正后再保存。")
    status = 400


class NotFound(Refusal):
    """There is no such thing."""

    code = "not_found"
    message = _("没有找到。它可能已被删除，请从列表里重新选。")
    status = 404
