"""What is for one studio only leaks nowhere; a link to a step survives a new order of the steps."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from people.audience.rules import token
from search.services import drain_once
from tests.factories.kb import make_file, make_method, make_picture, step_block
from tests.factories.studios import make_member, make_person, make_studio

pytestmark = [pytest.mark.django_db(transaction=True)]

SECRET = "独门七星锁漏诀"


def seen(person, address: str):
    client = Client()
    client.force_login(person)
    return client.get(address)


@pytest.fixture
def secret():
    studio = make_studio()
    only_us = [token("studio", studio.pk)]
    file = make_file(title=f"{SECRET}图纸", own_audience=only_us)
    picture = make_picture(studio=studio, description="七星锁的样子")
    steps = [step_block(1, right={"picture": picture.pk, "caption": ""})]
    method = make_method(
        studio=studio, title=SECRET, steps=steps, effect=f"{SECRET}，三分钟止漏。", own_audience=only_us
    )
    make_method(studio=studio, title="公开的堵漏法", effect="人人可看。")
    drain_once()
    return {"member": make_member(studio).person, "method": method, "file": file}


def pictures_of(page: str) -> list[str]:
    """Addresses of all sizes of all pictures on a page."""
    return sorted(set(re.findall(r"/media/[^\s\"']+", page)))


def test_members_find_it(secret):
    page = seen(secret["member"], f"/search/?q={SECRET}").content.decode()
    assert secret["method"].get_url() in page
    assert seen(secret["member"], secret["method"].get_url()).status_code == 200
    assert seen(secret["member"], secret["file"].url).status_code == 200


def test_the_pictures_of_it_are_given_to_members_and_to_nobody_else(secret):
    shown = pictures_of(seen(secret["member"], secret["method"].get_url()).content.decode())
    assert len(shown) >= 2
    outsider = make_person()
    for address in shown:
        assert seen(secret["member"], address).status_code == 200
        assert seen(outsider, address).status_code == 403
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize("query", [SECRET, "七星锁漏", "止漏", "图纸"])
def test_others_neither_find_nor_count_nor_read_a_word_of_it(secret, query):
    outsider = make_person()
    page = seen(outsider, f"/search/?q={query}").content.decode()
    assert secret["method"].get_url() not in page
    assert "三分钟止漏" not in page and f"{SECRET}图纸" not in page
    assert "共 1 篇" not in page or query == "止漏"


def test_nor_is_it_served_to_them_or_to_the_public(secret):
    outsider = make_person()
    for address in (secret["method"].get_url(), secret["file"].url):
        assert seen(outsider, address).status_code in (403, 404)
        assert Client().get(address).status_code in (302, 403, 404)
    for address in ("/", "/methods/", secret["method"].get_parent().get_url()):
        assert SECRET not in seen(outsider, address).content.decode()


def test_a_link_to_a_step_survives_a_new_order_of_the_steps():
    blocks = [step_block(number, title=f"第{number}道动作") for number in (1, 2, 3)]
    method = make_method(steps=blocks)
    drain_once()
    reader = make_person()
    found = seen(reader, "/search/?q=第3道动作").content.decode()
    anchor = f"step-{blocks[2]['id']}"
    assert anchor in found
    method.steps = [blocks[2], blocks[0], blocks[1]]
    method.save_revision().publish()
    page = seen(reader, method.get_url()).content.decode()
    place = page.index(f'id="{anchor}"')
    assert place < page.index(f'id="step-{blocks[0]["id"]}"'), "the step has moved to the front"
    assert page.index("第3道动作", place) < page.index("第1道动作", place), "and the old link still leads to it"


def test_the_list_of_methods_needs_no_sign_in_for_what_is_public(client):
    make_method(title="公开的堵漏法")
    assert "公开的堵漏法" in client.get(reverse("kb:list", args=["methods"])).content.decode()
