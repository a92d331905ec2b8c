"""Nothing waits to be counted before or after a test; people who look at the counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from people.models import Role, User
from search.insight import buffer
from tests.factories.people import UserFactory, grant


@pytest.fixture(autouse=True)
def _nothing_waits() -> Iterator[None]:
    buffer.take()
    yield
    buffer.take()


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
