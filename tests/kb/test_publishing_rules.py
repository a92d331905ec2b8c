"""Who may release a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.publishing.rules import review_verdict

people = st.sets(st.integers(1, 5))


@pytest.mark.parametrize(
    ("actor", "makers", "heads", "reviewers", "is_editor", "expected"),
    [
        (1, {2}, {1}, {1}, False, (True, True, False, "")),
        (1, {1}, {1}, {1}, False, (True, True, True, "")),
        (1, {1}, {1, 3}, {1, 3}, False, (True, False, True, "own_text")),
        (1, {1, 2}, {1, 3}, {1, 3}, False, (True, False, True, "own_text")),
        (4, {4}, {1}, {1, 4}, False, (True, False, True, "own_text")),
        (4, {2}, {1}, {1, 4}, False, (True, True, False, "")),
        (5, {2}, {1}, {1}, True, (True, True, False, "")),
        (5, {5}, {1}, {1}, True, (True, False, True, "own_text")),
        (2, {2}, {1}, {1}, False, (False, False, False, "not_reviewer")),
    ],
    ids=["a head", "the only head, his own", "one of two heads, his own", "one of two heads, written together",
         "a deputy, his own", "a deputy", "an editor", "an editor, his own", "the author"],
)  # fmt: skip
def test_who_may_release_is(actor, makers, heads, reviewers, is_editor, expected):
    found = review_verdict(actor=actor, makers=makers, heads=heads, reviewers=reviewers, is_editor=is_editor)
    assert (found.may_review, found.may_release, found.is_own_text, found.reason) == expected


@given(st.integers(1, 5), people, people, people, st.booleans())
def test_nobody_releases_his_own_text_but_the_only_head(actor, makers, heads, reviewers, is_editor):
    found = review_verdict(actor=actor, makers=makers, heads=heads, reviewers=reviewers | heads, is_editor=is_editor)
    if found.may_release and actor in makers:
        assert heads == {actor}
        assert found.is_own_text
    if found.may_release:
        assert found.may_review
