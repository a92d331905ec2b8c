"""Knowledge pages: places in the text, ids of blocks."""

import pytest

from kb.models import OperatingMethodPage
from tests.factories.kb import MAKERS, make_method, make_textbook, step_block, value_item

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
def test_every_kind_can_be_made_published_and_read_by_place(model):
    page = MAKERS[model]()
    places = list(page.search_passages())
    assert page.live
    assert places
    assert all(place.text for place in places)
    assert len({place.locator for place in places}) == len(places)
    assert page.search_facts()["release"] == 1
    assert page.search_facts()["summary"]


def test_a_step_is_a_place_with_its_number_and_the_limits_of_its_values():
    page = make_method(steps=[step_block(1), step_block(2, values=[value_item()])])
    places = {place.locator: place for place in page.search_passages()}
    second = places[f"step:{page.steps[1].id}"]
    assert second.label == "第2步 第2道动作"
    assert "介质压力 0～0.2 MPa" in second.text


def test_reordered_steps_keep_their_ids():
    page = make_method(steps=3)
    before = [block.id for block in page.steps]
    raw = list(page.steps.raw_data)
    page.steps = [raw[2], raw[0], raw[1]]
    page.save_revision().publish()
    page = OperatingMethodPage.objects.get(pk=page.pk)
    assert [block.id for block in page.steps] == [before[2], before[0], before[1]]


def test_a_copy_has_a_key_and_block_ids_of_its_own_in_row_and_in_every_revision():
    page = make_method(steps=[step_block(1, values=[value_item()]), step_block(2)])
    page.save_revision()
    copy = page.copy(update_attrs={"slug": "copy", "title": "另一种"})
    copy = OperatingMethodPage.objects.get(pk=copy.pk)
    ids = [block.id for block in copy.steps]
    assert copy.page_key != page.page_key
    assert not set(ids) & {block.id for block in page.steps}
    assert [block.id for block in copy.get_latest_revision_as_object().steps] == ids
    assert copy.steps[0].value["values"].bound_blocks[0].id != page.steps[0].value["values"].bound_blocks[0].id
    old = copy.revisions.order_by("pk").first().as_object()
    old.slug = "copy"
    old.save_revision().publish()
    assert [block.id for block in OperatingMethodPage.objects.get(pk=copy.pk).steps] == ids


def test_sections_of_a_textbook_are_places_under_their_own_ids():
    page = make_textbook(sections=2)
    locators = [place.locator for place in page.search_passages()]
    assert locators == ["", *(f"section:{block.id}" for block in page.sections)]
