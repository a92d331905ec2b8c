"""The short way to a page gives what Wagtail's own way gives."""

from __future__ import annotations

import pytest
from wagtail.models import Site

from tests.factories.kb import make_method
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def method():
    return make_method()


def test_a_page_is_found_at_its_address_with_few_queries(client, method, django_assert_max_num_queries):
    client.force_login(UserFactory())
    client.get(method.get_url())
    with django_assert_max_num_queries(7):
        answer = client.get(method.get_url())
    assert answer.status_code == 200 and method.title in answer.content.decode()


def test_a_page_that_is_not_live_is_not_found(client, method):
    address = method.get_url()
    method.unpublish()
    assert client.get(address).status_code == 404


def test_an_unknown_address_is_not_found(client, method):
    assert client.get(method.get_url() + "nothing-here/").status_code == 404


def test_several_sites_take_wagtails_way(client, method):
    address, root = method.get_url(), method.get_parent()
    Site.objects.create(hostname="other.example", root_page=root)
    assert client.get(address, HTTP_HOST="testserver").status_code == 200
    assert client.get(f"/{method.slug}/", HTTP_HOST="other.example").status_code == 200
