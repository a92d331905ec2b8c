"""The work of the fault tests, as processes of their own that may be killed anywhere.

python -m tests.search.fault_work seed [COUNT]    content and an administrator; prints JSON: session, pages, studios;
                                                  COUNT further methods are never changed: searches must always find them
python -m tests.search.fault_work write N COUNT   COUNT changes through Wagtail, by the random numbers of N
python -m tests.search.fault_work verify          what differs between the pages and the index, by Wagtail's own reckoning
"""

from __future__ import annotations

import json
import random
import sys

import django

UNTOUCHED = "不动"


def seed(untouched: int = 0) -> dict[str, object]:
    """Two studios with forty methods, one with those that nobody changes, one group, one administrator signed in."""
    from django.contrib.auth.models import Group
    from django.test import Client

    from tests.factories.kb import make_method
    from tests.factories.people import UserFactory
    from tests.factories.studios import make_studio

    studios = [make_studio(name="甲工作室"), make_studio(name="乙工作室")]
    pages = [make_method(title=f"第{number}号堵漏法", studio=studios[number % 2], steps=2) for number in range(40)]
    if untouched:
        still = make_studio(name=f"{UNTOUCHED}工作室")
        for number in range(untouched):
            make_method(title=f"第{number}号{UNTOUCHED}堵漏法", studio=still, steps=2)
    Group.objects.create(name="检修班")
    user = UserFactory(is_superuser=True, is_staff=True)
    browser = Client()
    browser.force_login(user)
    return {
        "session": browser.session.session_key,
        "pages": [page.pk for page in pages],
        "studios": [studio.page.pk for studio in studios],
    }


def write(number: int, count: int) -> None:
    """Publishes, unpublishes, moves, restricts, renames, copies and deletes, one after the other."""
    chance = random.Random(number)
    for _time in range(count):
        chance.choice([_publish, _publish, _publish, _unpublish, _move, _restrict, _lift, _rename, _copy, _delete])(
            chance
        )
        print(".", end="", flush=True)


def _any_page(chance):
    from kb.models import OperatingMethodPage

    pages = OperatingMethodPage.objects.exclude(title__contains=UNTOUCHED)
    return pages.get(pk=chance.choice(list(pages.values_list("pk", flat=True))))


def _studio_page(chance):
    from studios.models import StudioPage

    pages = StudioPage.objects.exclude(title__contains=UNTOUCHED)
    return pages.get(pk=chance.choice(list(pages.values_list("pk", flat=True))))


def _publish(chance):
    page = _any_page(chance)
    page.title = f"{page.title[:20]}·改{chance.randrange(1000)}"
    page.save_revision().publish()


def _unpublish(chance):
    _any_page(chance).unpublish()


def _move(chance):
    _any_page(chance).move(_studio_page(chance), "last-child")


def _restrict(chance):
    from django.contrib.auth.models import Group
    from django.db import transaction
    from wagtail.models import PageViewRestriction

    page = _studio_page(chance) if chance.random() < 0.2 else _any_page(chance)
    kind = chance.choice(["login", "password", "groups"])
    with transaction.atomic():
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
        if kind == "groups":
            restriction.groups.set(Group.objects.filter(name="检修班"))


def _lift(chance):
    from wagtail.models import PageViewRestriction

    for restriction in PageViewRestriction.objects.order_by("?")[:3]:
        restriction.delete()


def _rename(chance):
    page = _studio_page(chance)
    page.slug = f"studio-{chance.randrange(10**9)}"
    page.save()


def _copy(chance):
    page = _any_page(chance)
    page.copy(to=_studio_page(chance), update_attrs={"slug": f"copy-{chance.randrange(10**9)}"}, keep_live=True)


def _delete(chance):
    from kb.models import OperatingMethodPage

    if OperatingMethodPage.objects.count() > 30:
        _any_page(chance).delete()


def verify() -> list[str]:
    """The truth by Wagtail alone (live, restrictions, address) against what the engine holds and finds."""
    from kb.models import OperatingMethodPage
    from people.audience import page_clauses
    from people.models import Audience
    from search import registry
    from search.engines import get_engine
    from search.engines.contract import SearchRequest
    from studios.models import StudioPage

    engine = get_engine()
    wrong: list[str] = []
    truth: dict[tuple[str, str], tuple[str, str, object]] = {}
    for model in (OperatingMethodPage, StudioPage):
        for page in model.objects.all():
            password = any(row.restriction_type == "password" for row in page.get_view_restrictions())
            if page.live and not password:
                clauses = [list(clause) for clause in page_clauses(page) or ()]
                truth[(page.search_kind, str(page.page_key))] = (page.title, page.get_url(), clauses)
    held = {(item.kind, item.key) for item in engine.stored(engine.alias_index() or "")}
    wrong += [f"missing {name}" for name in truth.keys() - held] + [f"left over {name}" for name in held - truth.keys()]
    for (kind, key), (title, url, clauses) in truth.items():
        piece = registry.get(kind).build(key)
        if piece is None or Audience.objects.get(pk=piece.audience).clauses != clauses:
            wrong.append(f"audience of {kind} {key}")
            continue
        request = SearchRequest(text=title, audiences=frozenset([piece.audience]), kind=kind, limit=100)
        if not any((hit.key, hit.title, hit.url) == (key, title, url) for hit in engine.search(request).hits):
            wrong.append(f"not found as it is: {kind} {title} {url}")
    return wrong


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "seed":
        print(json.dumps(seed(*map(int, sys.argv[2:]))))
    elif sys.argv[1] == "write":
        write(int(sys.argv[2]), int(sys.argv[3]))
    else:
        print(json.dumps(verify(), ensure_ascii=False))
