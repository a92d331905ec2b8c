"""The viewer of files: the place asked for, its words marked, and nothing for those who may not have the file."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from kb.files.reading.services import file_read
from kb.models import FilePart, FileReading
from people.audience.rules import token
from tests.factories.documents import pdf_bytes, sheets_bytes, slides_bytes, words_bytes
from tests.factories.kb import make_courseware, make_file
from tests.factories.studios import make_member, make_person, make_studio

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def read_file(name, content, **fields):
    file = make_file(name=name, content=content, **fields)
    file_read(file_id=file.pk)
    return file


def html(client, file, words=""):
    response = client.get(reverse("kb:read", args=[file.pk]) + words)
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_is_opened_with_its_words_marked_in_the_text_and_on_the_picture(client):
    file = read_file("a.pdf", pdf_bytes([f"第{n}页的木塞要干。" for n in range(1, 20)]))
    page = html(client, file, "?at=page:17&hl=木塞")
    assert 'id="page-17" data-here' in page
    assert "第17页的<mark>木塞</mark>要干" in page
    assert page.count("<rect ") == 3, "the pages 17 to 19 are shown"
    assert 'id="page-16"' not in page
    assert "本文件 19 处，第 17 处" in page
    assert f"{reverse('kb:read', args=[file.pk])}?at=page:16&amp;hl=" in page
