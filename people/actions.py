"""What the actions of the audit log are called. Packages above add their own."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_words: dict[str, str | Promise] = {
    "code.printed": _("打印了一次性密码"),
    "grant.added": _("授予了角色"),
    "grant.ended": _("结束了角色"),
    "password.set_by_code": _("凭一次性密码设置了密码"),
    "people.imported": _("导入了人员"),
    "person.created": _("新增了人员"),
    "person.deactivated": _("停用了账号"),
    "person.left": _("办理了离职"),
    "person.reactivated": _("恢复了账号"),
    "person.transferred": _("调动了任职"),
    "person.updated": _("修改了资料"),
    "post.saved": _("保存了岗位"),
    "sign_in.opened": _("解除了登录暂停"),
    "token.made": _("生成了访问令牌"),
    "token.revoked": _("撤销了访问令牌"),
    "trade.saved": _("保存了工种"),
    "unit.added": _("新增了单位"),
    "unit.closed": _("停用了单位"),
    "unit.moved": _("移动了单位"),
    "unit.reopened": _("恢复了单位"),
    "unit.updated": _("修改了单位"),
}


def register_action_words(words: Mapping[str, str | Promise]) -> None:
    """Adds what a package's actions are called; called in `AppConfig.ready`."""
    _words.update(words)


def action_in_words(action: str) -> str:
    """What an action is called in the reader's language; the action itself where nobody said."""
    return str(_words.get(action, action))
