"""What the door of the API refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.errors import Refusal


class AuthorizationWrong(Refusal):
    """The header is there but is no bearer token."""

    code = "authorization_wrong"
    message = _("请求头 Authorization 要写成“Bearer 令牌”，令牌在个人资料页生成。")
    status = 401


class TokenWrong(Refusal):
    """No such token: which part is wrong is not told."""

    code = "token_wrong"
    message = _("访问令牌不对。请核对是否复制完整，或在个人资料页重新生成。")
    status = 401


class TokenExpired(Refusal):
    """The token's time is over."""

    code = "token_expired"
    message = _("访问令牌已过期。请在个人资料页重新生成。")
    status = 401


class TokenRevoked(Refusal):
    """The token was taken back, or its owner changed his password or lost his account."""

    code = "token_revoked"
    message = _("访问令牌已失效（撤销、改过密码或账号停用）。请在个人资料页重新生成。")
    status = 401


class PasswordFirst(Refusal):
    """The password is known to somebody else; its owner must change it before anything."""

    code = "password_first"
    message = _("请先在网站上登录并修改密码，再使用接口。")
    status = 403


class TooManyTokens(Refusal):
    """A person has as many live tokens as he may."""

    code = "too_many_tokens"
    message = _("有效的访问令牌最多 10 个。请先撤销不用的，再生成新的。")
    status = 409


class TooManyRequests(Refusal):
    """The caller asked too often; `seconds` until he may again."""

    code = "too_many_requests"
    status = 429

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(_("请求太频繁。请 %(seconds)s 秒后再试。") % {"seconds": seconds})
