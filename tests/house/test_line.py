"""The line of packages, where imports cannot show it: tables, the page tree, migrations."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Page, get_page_models

ROOT = Path(__file__).resolve().parents[2]
LINE = ["config", "portal", "apprenticeships", "courses", "kb", "studios", "search", "people"]
NOT_PRODUCT = {"tests", "bench", "scripts", "docs", "templates", "static", "locale", "var", "node_modules"}


def may_use(user: str, used: str) -> bool:
    """Whether `user` may lean on `used`: only on what stands to its right, or itself."""
    if user not in LINE or used not in LINE:
        return True
    return LINE.index(user) <= LINE.index(used)


def test_every_top_level_package_stands_in_the_line():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_PRODUCT
    assert packages == set(LINE)


def test_the_linter_knows_the_same_line():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers")
    assert layers == LINE
    assert set(settings["root_packages"]) == set(LINE)


def test_tables_refer_only_rightwards():
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is not None
        if not may_use(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert not wrong


def test_pages_name_parents_and_children_of_their_own_side():
    wrong = []
    for model in get_page_models():
        parents = getattr(model, "parent_page_types", None) or []
        wrong += [f"{model} below {name}" for name in parents if not may_use(model._meta.app_label, _label(name))]
    assert not wrong


@pytest.mark.parametrize(
    "model", [model for model in get_page_models() if model is not Page], ids=lambda model: model.__name__
)
def test_every_page_type_says_where_it_may_stand(model: type[Page]):
    said = [kind for kind in model.__mro__ if kind is not Page and kind.__dict__.get("parent_page_types") is not None]
    assert said, "declare parent_page_types: the higher package names its parents"


def test_migrations_depend_only_rightwards():
    loader = MigrationLoader(connection, load=False)
    loader.load_disk()
    wrong = [
        f"{key} depends on {dependency}"
        for key, migration in loader.disk_migrations.items()
        for dependency in migration.dependencies
        if not may_use(key[0], dependency[0])
    ]
    assert not wrong


def test_migrations_carry_told_names():
    wrong = [
        str(path.relative_to(ROOT))
        for package in LINE
        for path in (ROOT / package).glob("migrations/[0-9]*.py")
        if path.stem[5:].startswith("auto_") or path.stem[5:] == "initial"
    ]
    assert not wrong


def test_rules_and_analysis_know_no_django():
    wrong = []
    for path in [*ROOT.glob("*/**/rules.py"), *ROOT.glob("*/**/rules/*.py"), *ROOT.glob("search/analysis/**/*.py")]:
        package = path.relative_to(ROOT).parts[0]
        if package in LINE:
            wrong += [
                f"{path.relative_to(ROOT)} imports {name}" for name in _imports(path) if name in {"django", "wagtail"}
            ]
    assert not wrong


def _label(name: object) -> str:
    return name.split(".")[0] if isinstance(name, str) else name._meta.app_label


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
