"""Audiences in words: what a token is called, and why somebody may or may not see a thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, Group
from django.utils.translation import gettext as _

from people.audience import rules
from people.audience.registry import audience_choices
from people.audience.standing import standing_of
from people.models import Role, Unit, User


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause and whether the person meets it, with the names of all its tokens and of those that he carries."""

    met: bool
    wants: tuple[str, ...]
    has: tuple[str, ...]
    sentence: str


def token_names(tokens: Iterable[str]) -> dict[str, str]:
    """What each token is called, in the reader's language; one query for each kind among them."""
    names = {rules.PUBLIC: _("所有人"), rules.SIGNED_IN: _("登录的人"), rules.READ_ALL: _("可读全部的人")}
    by_kind: dict[str, list[str]] = {}
    for token in tokens:
        kind, _sep, key = token.partition(":")
        if key:
            by_kind.setdefault(kind, []).append(key)
    names |= {f"role:{code}": str(Role(code).label) for code in by_kind.get("role", []) if code in Role.values}
    names |= {
        f"unit:{pk}": name for pk, name in Unit.objects.filter(pk__in=_ids(by_kind, "unit")).values_list("pk", "name")
    }
    names |= {f"person:{row.pk}": str(row) for row in User.objects.filter(pk__in=_ids(by_kind, "person"))}
    names |= {
        f"group:{pk}": _("用户组“%(name)s”") % {"name": name}
        for pk, name in Group.objects.filter(pk__in=_ids(by_kind, "group")).values_list("pk", "name")
    }
    for kind in audience_choices():
        if kind.kind in by_kind and kind.kind not in ("unit", "role", "person", "group"):
            names |= dict(kind.choices())
    return {token: names.get(token, token) for token in tokens}


def _ids(by_kind: dict[str, list[str]], kind: str) -> list[int]:
    return [int(key) for key in by_kind.get(kind, []) if key.isdigit()]


def clause_in_words(clause: Iterable[str]) -> str:
    """`本车间、某某工作室`: any of these may see."""
    tokens = list(clause)
    names = token_names(tokens)
    return _("、").join(names[token] for token in tokens) or _("没有人")


def explain(user: User | AnonymousUser, clauses: Iterable[Iterable[str]] | None) -> list[Reason]:
    """Why the person may or may not see a thing: one reason for each clause, in words."""
    tokens = standing_of(user).tokens
    reasons = []
    if rules.READ_ALL in tokens:
        reasons.append(Reason(True, (), (), _("可以看：身份是管理员或审计，可读全部内容。")))
    if clauses is None:
        password = _("这里设了共用密码（或没有可见范围），只有可读全部的人不输密码就能看。")
        return [*reasons, Reason(rules.READ_ALL in tokens, (), (), password)]
    listed = [tuple(clause) for clause in clauses]
    if not listed:
        reasons.append(Reason(True, (), (), _("可以看：没有限制，所有人都可以看。")))
    return [*reasons, *(_reason(clause, tokens) for clause in listed)]


def _reason(clause: tuple[str, ...], tokens: frozenset[str]) -> Reason:
    names = token_names(clause)
    wants = tuple(names[token] for token in clause)
    has = tuple(names[token] for token in clause if token in tokens)
    wanted = _("、").join(wants) or _("没有人")
    if has:
        sentence = _("满足：要求是“%(wanted)s”之一，此人属于“%(has)s”。") % {"wanted": wanted, "has": _("、").join(has)}
    else:
        sentence = _("不满足：要求是“%(wanted)s”之一，此人都不属于。") % {"wanted": wanted}
    return Reason(bool(has), wants, has, sentence)
