"""Documents name what there is, and only that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
OURS = {"portal", "apprenticeships", "courses", "kb", "studios", "search", "people"}
SETTINGS = (ROOT / "docs/operations/settings.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
ENV = (ROOT / "config/env.py").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def variables() -> set[str]:
    return set(re.findall(r'\b(?:text|flag|number|items)\(\s*"([A-Z_]+)"', ENV))


def our_commands() -> set[str]:
    return {name for name, package in get_commands().items() if package in OURS}


def test_every_variable_of_the_environment_is_described():
    assert {name for name in variables() if f"`{name}`" not in SETTINGS} == set()


def test_no_variable_is_described_that_nobody_reads():
    table = set(re.findall(r"^\| `([A-Z_]+)`", SETTINGS, re.MULTILINE))
    assert table <= variables()


def test_every_command_is_described():
    assert {name for name in our_commands() if f"| `{name}` |" not in COMMANDS} == set()


def test_no_command_is_described_that_is_not_there():
    section = COMMANDS.split("## manage.py")[1]
    assert set(re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE)) == our_commands()


@pytest.mark.parametrize("name", sorted(our_commands()))
def test_every_command_says_what_it_is_for(name: str):
    assert load_command_class(get_commands()[name], name).help


def test_every_target_of_make_is_described():
    told = set(re.findall(r"^\| `make ([a-z-]+)` \|", COMMANDS, re.MULTILINE))
    assert told == TARGETS - {"help", "env", "env-dev"}


@pytest.mark.parametrize(
    "path", sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("docs/**/*.md"), ROOT / "README.md"])
)
def test_commands_and_links_of_a_document_exist(path: str):
    text = (ROOT / path).read_text(encoding="utf-8")
    code = " ".join(re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL))
    assert set(re.findall(r"\bmake ([a-z][a-z-]+)", code)) <= TARGETS
    assert set(re.findall(r"manage\.py ([a-z_]+)", code)) <= set(get_commands())
    missing = [link for link in LINK.findall(text) if not (ROOT / path).parent.joinpath(link).exists()]
    assert not missing, f"{path} links to what is not there"


def test_decisions_are_numbered_once():
    numbers = [path.name[:4] for path in ROOT.glob("docs/decisions/*.md")]
    assert len(numbers) == len(set(numbers))
    assert all(number.isdigit() for number in numbers)
