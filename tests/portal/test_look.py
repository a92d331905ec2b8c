"""The look keeps its promises: small, without inline code, every icon there, every component documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
BASE = "".join(
    (ROOT / "templates" / name).read_text(encoding="utf-8") for name in ("components/sheets.html", "base.html")
)
LINKED = re.findall(r'static "((?:css|js)/[^"]+)"', BASE)


def test_css_of_every_page_stays_within_forty_kilobytes():
    assert sum((ROOT / "static" / name).stat().st_size for name in LINKED if name.endswith(".css")) <= 40 * 1024


def test_a_page_with_a_sheet_of_its_own_adds_four_kilobytes_at_most():
    for sheet in SHEETS:
        assert f"css/{sheet.name}" in LINKED or sheet.stat().st_size <= 4 * 1024, sheet.name


def test_what_every_page_loads_stays_within_sixty_kilobytes():
    assert sum((ROOT / "static" / name).stat().st_size for name in LINKED) <= 60 * 1024


def test_every_sheet_and_script_is_used_by_a_page_or_a_widget():
    packages = ("people", "search", "studios", "kb", "courses", "portal")
    sources = [*TEMPLATES, *(path for name in packages for path in (ROOT / name).rglob("*.py"))]
    said = "".join(path.read_text(encoding="utf-8") for path in sources)
    for path in [*SHEETS, *(ROOT / "static" / "js").glob("*.js")]:
        assert f"{path.parent.name}/{path.name}" in said, path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_holds_no_inline_style_or_script(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", text))


def test_every_icon_that_templates_name_is_in_the_sprite():
    sprite = (ROOT / "static" / "icons" / "sprite.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    for path in TEMPLATES:
        if "admin" in path.parts:  # the admin has Wagtail's own icons
            continue
        text = path.read_text(encoding="utf-8")
        named = re.findall(r'components/icon\.html" with name="([^"]+)"', text) + re.findall(r'\bicon="([^"]+)"', text)
        assert set(named) <= known, path


def test_every_component_says_what_it_is_for_and_stands_on_the_style_page():
    shown = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    for path in sorted((ROOT / "templates" / "components").glob("*.html")):
        assert path.read_text(encoding="utf-8").startswith("{% comment %}"), path.name
        assert f"components/{path.name}" in shown, path.name


def test_colours_are_written_only_among_the_tokens_except_where_paper_or_a_picture_asks_for_them():
    for sheet in SHEETS:
        if sheet.name in {"tokens.css", "dark.css", "print.css"}:
            continue
        found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text(encoding="utf-8")))
        assert found <= {"#fff", "#000", "#1d1f23", "#101214"}, sheet.name
