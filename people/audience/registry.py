"""What packages above `people` add: tokens, groups and choices of audience. Called in their `AppConfig.ready`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils.functional import Promise

from people.models import User

TokenContributor = Callable[[User, dt.date], Iterable[str]]
GroupContributor = Callable[[Collection[int], dt.date], Mapping[int, Iterable[str]]]
Choices = Callable[[], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class ChoiceKind:
    """One kind of token that an author can choose, and how its tokens are called."""

    kind: str
    label: str | Promise
    choices: Choices


_tokens: list[TokenContributor] = []
_groups: dict[str, GroupContributor] = {}
_choices: dict[str, ChoiceKind] = {}


def register_token_contributor(
    contributor: TokenContributor, *, depends_on: Iterable[tuple[type[Model], str]] = ()
) -> None:
    """Adds tokens that a person carries on a day, such as `studio:3` or `role:master`.

    `depends_on` names the models whose rows decide, with the attribute that holds the person's id: saving or deleting
    a row makes that person's cached access void. Whoever writes with `update()` or `bulk_create()` calls
    `people.audience.access_changed` instead.
    """
    _tokens.append(contributor)
    for model, attribute in depends_on:
        _watch(model, attribute)


def _watch(model: type[Model], attribute: str) -> None:
    from people.audience.services import access_changed

    def changed(sender: type[Model], instance: Model, **_kwargs: object) -> None:
        access_changed([getattr(instance, attribute)])

    uid = f"people.access:{model._meta.label}:{attribute}"
    post_save.connect(changed, sender=model, weak=False, dispatch_uid=uid)
    post_delete.connect(changed, sender=model, weak=False, dispatch_uid=uid)


def token_contributors() -> tuple[TokenContributor, ...]:
    """Everybody who adds tokens."""
    return tuple(_tokens)


def register_group_contributor(prefix: str, contributor: GroupContributor) -> None:
    """Names of the Django groups, all beginning with `prefix`, that each of the given persons is in on a day.

    Raises ValueError where the prefix is taken. Groups with a registered prefix are written by
    `people.roles.services.groups_sync` alone.
    """
    if prefix in _groups:
        raise ValueError(f"group prefix registered twice: {prefix}")
    _groups[prefix] = contributor


def group_contributors() -> dict[str, GroupContributor]:
    """Contributors by prefix."""
    return dict(_groups)


def register_audience_choices(kind: str, label: str | Promise, choices: Choices) -> None:
    """Lets authors choose tokens of a kind: `choices()` gives (token, what it is called)."""
    _choices[kind] = ChoiceKind(kind, label, choices)


def audience_choices() -> tuple[ChoiceKind, ...]:
    """All kinds in the order of registration."""
    return tuple(_choices.values())
