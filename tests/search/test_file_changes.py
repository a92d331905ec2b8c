"""Files are found by title, by those alone who may have them."""

from __future__ import annotations

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from kb.models import File
from people.models import Audience
from search import registry
from search.models import SearchObject
from tests.factories.kb import make_file
from tests.factories.studios import make_studio

pytestmark = pytest.mark.django_db


def wanted(file) -> int:
    return SearchObject.objects.get(kind="file", key=str(file.pk)).wanted_version


def clauses(file) -> list[list[str]] | None:
    piece = registry.get("file").build(str(file.pk))
    return None if piece is None else Audience.objects.get(pk=piece.audience).clauses


@pytest.fixture
def collection():
    return Collection.get_first_root_node().add_child(name="资料")


@pytest.fixture
def file(collection):
    found = make_file(title="碳化工序点检表")
    found.collection = collection
    found.save()
    return found


def test_a_file_is_found_by_its_title(file):
    piece = registry.get("file").build(str(file.pk))
    assert (piece.title, piece.url) == ("碳化工序点检表", f"/files/{file.pk}/read/")
    assert clauses(file) == []


def test_a_studios_file_names_its_studio():
    studio = make_studio()
    file = make_file(title="点检表", studio=studio)
    assert registry.get("file").build(str(file.pk)).studio == studio.pk


def test_its_own_audience_and_its_collections_count_both(file, collection):
    before = wanted(file)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    assert wanted(file) > before
    file.own_audience = ["role:master"]
    file.save()
    assert clauses(file) == [["role:master"], ["signed-in"]]


def test_a_shared_password_takes_it_out(file, collection):
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.PASSWORD, password="x"
    )
    assert clauses(file) is None
    before = wanted(file)
    restriction.delete()
    assert wanted(file) > before
    assert clauses(file) == []


def test_moving_its_collection_raises_it(file, collection):
    closed = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    before = wanted(file)
    Collection.objects.get(pk=collection.pk).move(Collection.objects.get(pk=closed.pk), "sorted-child")
    assert wanted(file) > before
    assert clauses(file) == [["signed-in"]]


def test_deleting_it_raises_it(file):
    before, key = wanted(file), str(file.pk)
    file.delete()
    assert SearchObject.objects.get(kind="file", key=key).wanted_version > before
    assert registry.get("file").build(key) is None


def test_a_key_that_is_no_number_is_no_file():
    assert registry.get("file").build("x") is None
    assert not File.objects.exists()
