"""People for tests: users, units, trades, and what they are on which day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from people.models import Posting, RoleGrant, Trade, Unit, User

PASSWORD = "correct horse 9"


class UserFactory(factory.django.DjangoModelFactory):
    """An active person; the password is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"T{n:05d}")
    name = factory.Sequence(lambda n: f"工友{n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        password = kwargs.pop("password", PASSWORD)
        user = model_class(*args, **kwargs)
        user.set_password(password)
        user.save()
        return user


class UnitFactory(factory.django.DjangoModelFactory):
    """A unit; `parent=` another unit puts it below that one."""

    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"D{n:04d}")
    name = factory.Sequence(lambda n: f"单位{n}")
    kind = Unit.Kind.WORKSHOP

    @classmethod
    def _create(cls, model_class: type[Unit], *args: Any, **kwargs: Any) -> Unit:
        parent = kwargs.pop("parent", None)
        if parent is None:
            return model_class.add_root(**kwargs)
        parent.refresh_from_db()
        return parent.add_child(**kwargs)


class TradeFactory(factory.django.DjangoModelFactory):
    """A trade."""

    class Meta:
        model = Trade

    code = factory.Sequence(lambda n: f"GZ{n:03d}")
    name = factory.Sequence(lambda n: f"工种{n}")


def day(offset: int = 0) -> dt.date:
    """Today in Shanghai plus some days."""
    return timezone.localdate() + dt.timedelta(days=offset)


def grant(
    person: User, role: str, unit: Unit | None = None, *, since: dt.date | None = None, until: dt.date | None = None
) -> RoleGrant:
    """A role held since yesterday unless told otherwise."""
    return RoleGrant.objects.create(
        person=person, role=role, unit=unit, from_date=since or day(-1), to_date=until, granted_by=None
    )


def posting(
    person: User,
    unit: Unit,
    *,
    trade: Trade | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Posting:
    """A place in a unit held since yesterday unless told otherwise."""
    return Posting.objects.create(person=person, unit=unit, trade=trade, from_date=since or day(-1), to_date=until)
