"""The admin's own searches find Chinese words in mid-title, through the admin's own views."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.kb import make_file, make_method, make_picture
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
def method():
    make_method(title="叉车作业氧化铝先进操作法")
    return make_method(title="碳化七字操作法")


@pytest.mark.parametrize("asked", ["七字", "操作法", "碳化", "碳化 操作", "七字操作法"])
def test_pages_are_found_by_a_word_in_mid_title(admin_client, method, asked):
    body = admin_client.get(reverse("wagtailadmin_pages:search"), {"q": asked}).content.decode()
    assert "碳化七字操作法" in body
    assert ("叉车作业氧化铝" in body) == (asked == "操作法")


def test_pages_are_found_in_either_script(admin_client, method):
    body = admin_client.get(reverse("wagtailadmin_pages:search"), {"q": "先進操作法"}).content.decode()
    assert "叉车作业氧化铝" in body


def test_a_page_is_found_by_the_title_of_its_draft(admin_client, method):
    method.title = "碳化九字诀"
    method.save_revision()
    body = admin_client.get(reverse("wagtailadmin_pages:search"), {"q": "九字"}).content.decode()
    assert "碳化九字诀" in body


def test_the_explorer_finds_below_a_studio(admin_client, method):
    address = reverse("wagtailadmin_explore", args=[method.get_parent().pk])
    body = admin_client.get(address, {"q": "七字"}).content.decode()
    assert "碳化七字操作法" in body


def test_the_page_chooser_finds_mid_title(admin_client, method):
    body = admin_client.get(reverse("wagtailadmin_choose_page_search"), {"q": "七字"}).content.decode()
    assert "碳化七字操作法" in body


@pytest.mark.parametrize("view", ["wagtailimages:index", "wagtailimages_chooser:choose_results"])
def test_pictures_are_found_by_a_word_in_mid_title(admin_client, view):
    make_picture(title="木塞尺寸图")
    make_picture(title="叉车货叉", description="两根货叉")
    body = admin_client.get(reverse(view), {"q": "尺寸"}).content.decode()
    assert "木塞尺寸图" in body
    assert "叉车货叉" not in body


@pytest.mark.parametrize("view", ["wagtaildocs:index", "wagtaildocs_chooser:choose_results"])
def test_files_are_found_by_a_word_in_mid_title(admin_client, view):
    make_file(title="碳化工序点检表")
    make_file(title="别的文件")
    body = admin_client.get(reverse(view), {"q": "点检"}).content.decode()
    assert "碳化工序点检表" in body
    assert "别的文件" not in body


def test_the_backend_does_not_write_an_index_of_its_own(method):
    from wagtail.search.models import IndexEntry

    assert not IndexEntry.objects.exists()
