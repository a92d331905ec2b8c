"""Every kind of page, the admin included, is drawn from this site alone, without script errors and within the policy.

The fixture `open_page` fails the test on a request to another host, a script error or a violation of the policy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kb.models import OperatingMethodPage
from people.models import Role
from tests.factories.courses import make_course, make_reading, publish
from tests.factories.kb import make_method
from tests.factories.people import grant
from tests.factories.studios import make_person, make_studio
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/",
    "/methods/",
    "/cases/",
    "/courses/",
    "/studios/",
    "/search/?q=堵漏",
    "/account/login/",
    "/account/code/",
    "/not-there/",
]
SIGNED_IN = [
    "/me/",
    "/me/profile/",
    "/learn/",
    "/people/",
    "/people/units/",
    "/union/studios/",
    "/review/",
    "/learn/reports/",
    "/style/",
]
ADMIN = [
    "/admin/", "/admin/pages/", "/admin/images/", "/admin/images/add/", "/admin/documents/", "/admin/users/",
    "/admin/reports/site-history/", "/admin/redirects/", "/admin/workflows/list/", "/admin/snippets/", "/admin/account/",
]  # fmt: skip


@pytest.fixture
def method() -> OperatingMethodPage:
    studio = make_studio()
    course = make_course(studio=studio)
    make_reading(course)
    publish(course)
    return make_method(studio=studio, title="木塞堵漏法")


@pytest.fixture
def administrator() -> Any:
    person = make_person("管理员", is_staff=True, is_superuser=True)
    grant(person, Role.ADMINISTRATOR)
    return person


@pytest.mark.parametrize("shape", ["phone", "desktop"])
def test_public_pages(
    open_page: Callable[..., Any], method: OperatingMethodPage, shape: str, axe: Callable[[Any], None]
):
    page = open_page(shape)
    for address in [*PUBLIC, method.url]:
        page.goto(address, wait_until="load")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), (
            f"{address} is wider than the screen"
        )


def test_pages_of_people_who_signed_in(open_page: Callable[..., Any], method: OperatingMethodPage, administrator: Any):
    page = open_page("desktop")
    sign_in(page, administrator)
    for address in [*SIGNED_IN, method.url]:
        page.goto(address, wait_until="load")
        assert page.locator("h1").count() >= 1, address


def test_the_admin(open_page: Callable[..., Any], method: OperatingMethodPage, administrator: Any):
    page = open_page("desktop")
    sign_in(page, administrator)
    parent = method.get_parent()
    for address in [
        *ADMIN,
        f"/admin/pages/{parent.pk}/",
        f"/admin/pages/{method.pk}/edit/",
        f"/admin/pages/{method.pk}/history/",
    ]:
        answer = page.goto(address, wait_until="load")
        assert answer.status == 200, address
        page.wait_for_timeout(200)
