"""Places that tests of `people` stand on."""

from __future__ import annotations

import pytest
from wagtail.models import Page, Site

from people.models import Unit
from studios.models import HomePage
from tests.factories.people import UnitFactory


@pytest.fixture
def company(db: None) -> Unit:
    """The root of the units."""
    return UnitFactory(name="和声集团", kind=Unit.Kind.COMPANY)


@pytest.fixture
def workshop(company: Unit) -> Unit:
    """A workshop of the company."""
    return UnitFactory(parent=company, name="碳化车间")


@pytest.fixture
def team(workshop: Unit) -> Unit:
    """A team of the workshop."""
    return UnitFactory(parent=workshop, name="甲班", kind=Unit.Kind.TEAM)


@pytest.fixture
def home(db: None) -> HomePage:
    """The site's home page, published."""
    root = Page.get_first_root_node()
    page = HomePage.objects.first() or root.add_child(instance=HomePage(title="传承", slug="chuancheng"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": page})
    return page
