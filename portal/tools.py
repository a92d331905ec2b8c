"""What a person may do here beyond reading: the doors of his roles, each with a word on what it is for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.access import roles_of
from people.models import Role, User

Words = Promise | str


@dataclass(frozen=True)
class Tool:
    """A door: its name, what it is for, its address, its icon, and the roles that it opens for."""

    title: Words
    text: Words
    url: str
    icon: str
    roles: frozenset[str]


WRITERS = frozenset({Role.MASTER, Role.STUDIO_HEAD, Role.EDITOR, Role.ADMINISTRATOR})
EVERYBODY = frozenset({Role.TRAINEE})
TOOLS = (
    Tool(_("我的学习"), _("在学的、学完的、还可以学的课程。"), "/learn/", "book-open", EVERYBODY),
    Tool(_("写和改"), _("写操作法、案例、课程；手机拍的照片可以直接用。"), "/admin/", "pencil", WRITERS),
    Tool(
        _("审核"),
        _("等您看的文稿：改了哪里、等了多久。"),
        "/review/",
        "list-checks",
        frozenset({Role.STUDIO_HEAD, Role.EDITOR, Role.ADMINISTRATOR}),
    ),
    Tool(
        _("学习情况"),
        _("谁在学、学到哪里、什么时候学完，可导出表格。"),
        "/learn/reports/",
        "graduation-cap",
        frozenset({Role.HR, Role.MASTER, Role.STUDIO_HEAD, Role.ADMINISTRATOR}),
    ),
    Tool(
        _("人员"),
        _("导入名单、调动、离职、打印一次性密码。"),
        "/people/",
        "users",
        frozenset({Role.HR, Role.ADMINISTRATOR}),
    ),
    Tool(
        _("工作室名册"),
        _("全部工作室、级别、领衔人和联系电话，可导出表格。"),
        "/union/studios/",
        "factory",
        frozenset({Role.UNIT_UNION, Role.COMPANY_UNION, Role.AUDITOR, Role.ADMINISTRATOR}),
    ),
    Tool(
        _("管理后台"),
        _("页面、图片、文件、用户和设置。"),
        "/admin/",
        "settings",
        frozenset({Role.ADMINISTRATOR, Role.EDITOR}),
    ),
)


def tools_of(user: User) -> list[Tool]:
    """The doors of the person's roles today, each address once."""
    roles = roles_of(user)
    found: dict[str, Tool] = {}
    for tool in TOOLS:
        if tool.roles & roles:
            found.setdefault(tool.url, tool)
    return list(found.values())
