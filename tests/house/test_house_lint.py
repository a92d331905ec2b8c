"""The house lint finds what it should and leaves alone what it should."""

from __future__ import annotations

import pytest

from scripts.house_lint import findings


def codes(name: str, text: str) -> list[str]:
    return [line.split(" ")[1] for line in findings(name, text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<p style="color:red">', "T1"),
        ("<style>p{}</style>", "T2"),
        ("<script>alert(1)</script>", "T3"),
        ('<a href="#" onclick="go()">', "T4"),
        ('<img src="//cdn.example.com/x.png">', "T5"),
        ("{{ text|safe }}", "T6"),
    ],
)
def test_a_template_that_the_browser_would_cut_is_refused(text: str, code: str):
    assert codes("templates/kb/method.html", text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/static/js/x.js" type="module"></script>',
        '<script type="application/json">{}</script>',
        "{# <script>no</script> #}",
        '<a href="/studios/">',
    ],
)
def test_a_clean_template_passes(text: str):
    assert codes("templates/kb/method.html", text) == []


def test_the_admins_own_templates_may_have_scripts():
    assert codes("templates/wagtailadmin/pages/x.html", "<script>1</script>") == []


def test_the_environment_is_read_in_one_file():
    assert codes("kb/services.py", "import os\nvalue = os.environ['X']\n") == ["P1"]
    assert codes("config/env.py", "value = os.environ['X']\n") == []


def test_a_registry_and_an_unfinished_merge_are_refused():
    assert codes("docs/x.md", "https://py" + "pi.org/simple") == ["H1"]
    assert codes("docs/x.md", "<<<<<<< HEAD\n") == ["H2"]


def test_the_line_of_the_finding_is_told():
    assert next(iter(findings("templates/x.html", "<p>\n<p>\n<p style='a'>"))).startswith("templates/x.html:3:")
