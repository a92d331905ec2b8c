"""Units, trades, posts, people and their roles."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password

from people.models import Post, Posting, Trade, Unit, User
from people.roles.services import grant_add
from portal.demo.loader.content import Data, read

PASSWORD = "chuancheng-demo"  # noqa: S105 - printed on purpose: a demo is no secret
ADMINISTRATOR = "A0001"
HIRED = dt.date(2016, 7, 1)


def organisation_load() -> None:
    """Units as a tree, trades and posts."""
    data = read("organisation")
    for row in data["units"]:
        fields = {"code": row["code"], "name": row["name"], "kind": row["kind"]}
        if row.get("parent"):
            Unit.objects.get(code=row["parent"]).add_child(**fields)
        else:
            Unit.add_root(**fields)
    Trade.objects.bulk_create(Trade(code=row["code"], name=row["name"]) for row in data["trades"])
    trades = {trade.code: trade for trade in Trade.objects.all()}
    Post.objects.bulk_create(
        Post(code=row["code"], name=row["name"], trade=trades[row["trade"]]) for row in data["posts"]
    )


def people_load() -> dict[str, User]:
    """People by staff number, each posted and with the roles of the whole site."""
    rows = read("people")["people"]
    password = make_password(PASSWORD)
    people = {row["staff"]: _person(row, password) for row in rows}
    for row in rows:
        for role in row.get("roles", ()):
            unit = Unit.objects.get(code=role["unit"]) if role.get("unit") else None
            grant_add(
                actor=people[ADMINISTRATOR], person=people[row["staff"]], role=role["role"], unit=unit, from_date=HIRED
            )
    return {person.username: person for person in User.objects.filter(username__in=people)}


def _person(row: Data, password: str) -> User:
    boss = row["staff"] == ADMINISTRATOR
    person = User.objects.create(
        username=row["staff"],
        name=row["name"],
        phone=row.get("phone", ""),
        language=row["language"],
        password=password,
        is_staff=boss,
        is_superuser=boss,
    )
    post = Post.objects.get(code=row["post"])
    unit = Unit.objects.get(code=row["unit"])
    Posting.objects.create(person=person, unit=unit, trade=post.trade, post=post, from_date=HIRED)
    return person
