"""House rules that no ready-made linter knows. Each refusal says why and what to do instead.

python scripts/house_lint.py            checks the whole repository
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class HouseRule:
    """A pattern that must not stand in the named files, and the reason."""

    code: str
    pattern: re.Pattern[str]
    reason: str


COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
TEMPLATE_RULES = [
    HouseRule(
        "T1", re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE), "the content security policy drops style=; write a class"
    ),
    HouseRule(
        "T2", re.compile(r"<style\b", re.IGNORECASE), "the content security policy drops <style>; write into static/css"
    ),
    HouseRule(
        "T3",
        re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json)[^>]*>", re.IGNORECASE),
        "the content security policy drops a script in the page; write a file in static/js",
    ),
    HouseRule(
        "T4", re.compile(r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE), "no on…= handlers; listen in static/js"
    ),
    HouseRule(
        "T5",
        re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//(?!www\.w3\.org)", re.IGNORECASE),
        "no page asks a foreign host",
    ),
    HouseRule(
        "T6",
        re.compile(r"\|\s*safe\b"),
        "|safe opens the door to scripts; clean the text in Python (nh3) and mark it there",
    ),
]
ADMIN = re.compile(r"^templates/wagtailadmin/|/templates/wagtailadmin/|/admin/")
REGISTRIES = [  # in two halves: this file is looked at too
    "py" "pi.org", "python" "hosted.org", "registry." "npmjs", "repo." "maven", "repo1." "maven",
    "deb." "debian.org", "static." "crates.io",
]  # fmt: skip
TEXT_RULES = [
    HouseRule(
        "H1",
        re.compile("|".join(re.escape(name) for name in REGISTRIES)),
        "no registry's address stands in the repository",
    ),
    HouseRule("H2", re.compile(r"^(<<<<<<<|>>>>>>>) ", re.MULTILINE), "a merge was not finished"),
]
PYTHON_RULES = [
    HouseRule("P1", re.compile(r"os\.environ(\.get\(|\[)|os\.getenv"), "the environment is read in config/env.py only"),
    HouseRule("P2", re.compile(r"#\s*(TODO|FIXME|XXX)\b"), "finish it, or write it down where work is planned"),
    HouseRule(
        "P3",
        re.compile(r"\b_\(f[\"']|gettext\w*\(f[\"']"),
        'a translated string is no f-string: use _("… %(name)s") % {…}',
    ),
]
ENVIRONMENT_READERS = {"config/env.py", "config/wsgi.py", "config/asgi.py", "manage.py"}
PRODUCT = re.compile(r"^(config|portal|apprenticeships|courses|kb|studios|search|people)/.*\.py$")
TEXT = {".py", ".md", ".txt", ".in", ".toml", ".html", ".js", ".css", ".sh", ".yaml", ".yml", ".json", ""}


def tracked() -> list[str]:
    """Every file that git knows or would add."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return sorted(name for name in set(told.stdout.split("\0")) if name and (ROOT / name).is_file())


def rules_for(name: str) -> list[HouseRule]:
    """Which rules hold for a file."""
    rules = list(TEXT_RULES)
    if name.endswith(".html") and "/templates/" in f"/{name}" and not ADMIN.search(name):
        rules += TEMPLATE_RULES
    if PRODUCT.match(name):
        rules += [rule for rule in PYTHON_RULES if not (rule.code == "P1" and name in ENVIRONMENT_READERS)]
    return rules


def findings(name: str, text: str) -> Iterator[str]:
    """`file:line: code reason` for everything that breaks a rule."""
    for rule in rules_for(name):
        seen = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text) if rule.code.startswith("T") else text
        for found in rule.pattern.finditer(seen):
            yield f"{name}:{seen.count(chr(10), 0, found.start()) + 1}: {rule.code} {rule.reason}"


def main() -> int:
    """Prints findings; 1 where there are any."""
    told = []
    for name in tracked():
        path = ROOT / name
        if path.suffix in TEXT and not path.is_symlink():
            told += findings(name, path.read_text(encoding="utf-8", errors="replace"))
    print("\n".join(told))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
