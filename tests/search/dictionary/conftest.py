"""The dictionary of this process is put back after each test; people who keep it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from people.models import Role, User
from search.analysis import dictionary
from tests.factories.people import UserFactory, grant


@pytest.fixture(autouse=True)
def _dictionary_put_back() -> Iterator[None]:
    before = dictionary.current()
    yield
    dictionary.use(before)


@pytest.fixture
def editor(db: None) -> User:
    person = UserFactory(name="编辑甲")
    grant(person, Role.EDITOR)
    return person


@pytest.fixture
def master(db: None) -> User:
    person = UserFactory(name="师傅乙")
    grant(person, Role.MASTER)
    return person
