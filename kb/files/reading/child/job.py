"""One job: `job.json` in, `parts.jsonl`, pictures and `result.json` out, all in one directory."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from kb.files.reading.child.out import Stop, Writer

MEMORY_CODE = 41
Extractor = Callable[[Path, Writer], None]
# By extension: module and function, imported only when wanted (python-pptx alone costs 150 ms).
EXTRACTORS = {
    "pdf": ("pdf", "pdf_read"),
    "pptx": ("slides", "slides_read"),
    "docx": ("words", "words_read"),
    "xlsx": ("sheets", "sheets_read"),
    "csv": ("tables", "csv_read"),
    "txt": ("texts", "text_read"),
    "md": ("texts", "markdown_read"),
    "html": ("webpages", "html_read"),
    "htm": ("webpages", "html_read"),
    "srt": ("cues", "cues_read"),
    "vtt": ("cues", "cues_read"),
}
OFFICE = {"pptx", "docx", "xlsx"}


def run(place: Path) -> int:
    """0 where `result.json` says what came of it, else a code that the parent puts into words."""
    job = json.loads((place / "job.json").read_text("utf-8"))
    result: dict[str, Any] = {"reason": "", "notes": []}
    try:
        if job["action"] == "pictures":
            from kb.files.reading.child.pictures import pictures_draw

            result |= pictures_draw(place / job["source"], place, **job["options"])
        else:
            result |= _read(place / job["source"], job["extension"], place)
    except Stop as stop:
        result["reason"] = stop.reason
    except MemoryError:
        return MEMORY_CODE
    (place / "result.json").write_text(json.dumps(result, ensure_ascii=False), "utf-8")
    return 0


def _read(source: Path, extension: str, place: Path) -> dict[str, Any]:
    reason = ""
    with (place / "parts.jsonl").open("w", encoding="utf-8", errors="replace") as sink:
        writer = Writer(sink)
        try:
            if extension in OFFICE:
                from kb.files.reading.child.archive import archive_check

                archive_check(source)
            _extractor(extension)(source, writer)
        except Stop as stop:
            reason = stop.reason
        except (MemoryError, KeyboardInterrupt, SystemExit):
            raise
        except Exception as error:  # noqa: BLE001 - libraries raise anything over a broken file: this IS the verdict
            reason = "broken"
            writer.notes.append(type(error).__name__)
    return {"reason": reason, "notes": writer.notes, "parts": writer.count}


def _extractor(extension: str) -> Extractor:
    if extension not in EXTRACTORS:
        raise Stop("unsupported")
    module, name = EXTRACTORS[extension]
    found: Extractor = getattr(import_module(f"kb.files.reading.child.{module}"), name)
    return found
