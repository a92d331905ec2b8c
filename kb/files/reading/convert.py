"""LibreOffice, where it is installed: old formats to the new ones, documents and slides to PDF."""

from __future__ import annotations

import shutil
from pathlib import Path

from kb.files.reading import sandbox

# Hidden slides too, so that slide n stands on page n; no forms to fill in, pictures no finer than a screen shows.
PDF_OPTIONS = (
    '{"ExportHiddenSlides":{"type":"boolean","value":"true"},"ExportFormFields":{"type":"boolean","value":"false"},'
    '"ReduceImageResolution":{"type":"boolean","value":"true"},"MaxImageResolution":{"type":"long","value":"150"}}'
)
FILTERS = {"pptx": "impress_pdf_Export", "docx": "writer_pdf_Export"}
# No program in a document is run, no link in it is followed, nothing is loaded from elsewhere.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value>
</prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value>
</prop></item>
</oor:items>
"""


def converter() -> str:
    """Where LibreOffice is; "" where it is not installed."""
    return shutil.which("soffice", path="/usr/local/bin:/usr/bin:/bin:/opt/libreoffice/program") or ""


def convert(place: Path, source: str, target: str) -> tuple[str, str]:
    """Makes `target` (pdf, docx, pptx, xlsx) of `source` in `place`: its name there, and why not.

    Reasons: `no_converter`, `timeout`, `memory`, `broken` (it gave nothing).
    """
    program = converter()
    if not program:
        return "", "no_converter"
    profile = place / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
    outcome = sandbox.command_run(
        [
            program, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--nologo", "--nodefault",
            "--nolockcheck", "--convert-to", _filter(source, target), "--outdir", "made", source,
        ],
        place,
    )  # fmt: skip
    made = place / "made" / f"{Path(source).stem}.{target}"
    if made.is_file() and not made.is_symlink() and made.stat().st_size > 0:
        return f"made/{made.name}", ""
    return "", outcome.reason or "broken"


def _filter(source: str, target: str) -> str:
    name = FILTERS.get(Path(source).suffix[1:], "") if target == "pdf" else ""
    return f"pdf:{name}:{PDF_OPTIONS}" if name else target
