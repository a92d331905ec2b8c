"""Reading of files in plain values: families of files, limits, when to try again. No Django here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

MB = 1024 * 1024

# What a file is to a reader: the facet `file_type` of the search.
FAMILIES = {
    "pdf": "pdf",
    "ppt": "ppt",
    "pptx": "ppt",
    "doc": "doc",
    "docx": "doc",
    "xls": "xls",
    "xlsx": "xls",
    "csv": "xls",
    "txt": "text",
    "md": "text",
    "srt": "text",
    "vtt": "text",
    "html": "web",
    "htm": "web",
    "mp4": "video",
    "mp3": "audio",
    "png": "picture",
    "jpg": "picture",
    "jpeg": "picture",
    "webp": "picture",
}
# The old formats, and what LibreOffice makes of them before they are read.
OLD = {"doc": "docx", "ppt": "pptx", "xls": "xlsx"}
# Text documents and slides get pictures of their pages by way of a PDF.
PICTURED = {"docx", "pptx"}
# No words of their own: films and sounds are found by their subtitles.
WORDLESS = {"mp4", "mp3"}
FILMS = {"video", "audio"}
SUBTITLES = {"vtt", "srt"}

MOST_BYTES = 100 * MB
# What the disk causes is tried again by itself (a worker that died: `upkeep`); what the file itself causes is not.
TRANSIENT = {"storage"}
TRIES = (dt.timedelta(minutes=1), dt.timedelta(minutes=10), dt.timedelta(hours=1))
# Longer than the longest step, before each of which it is renewed; a row whose worker died is taken up again after it.
LEASE = dt.timedelta(minutes=8)
# A file at which the worker died this often is left alone until somebody asks.
MOST_DEATHS = 3

# Reasons for which we do not even try.
REFUSED = {"too_large", "bomb", "unsafe", "unsupported"}


def family(extension: str) -> str:
    """`ppt` for `pptx` …; "" for what nobody knows."""
    return FAMILIES.get(extension.lower(), "")


def state_of(reason: str, *, has_words: bool) -> str:
    """The state that a reading ends in, as a value of `ReadingState`."""
    if not reason:
        return "read"
    if reason in REFUSED:
        return "refused"
    return "partly" if has_words else "failed"


def next_try(reason: str, attempts: int, now: dt.datetime) -> dt.datetime | None:
    """When a reading that failed for this reason after so many attempts is tried again; None: only when asked."""
    if reason not in TRANSIENT or attempts > len(TRIES):
        return None
    return now + TRIES[max(attempts, 1) - 1]


def method_of(parts_with_text: int, parts_by_ocr: int) -> str:
    """Where the words came from, as a value of `ReadingMethod`."""
    if parts_with_text == 0:
        return "none"
    if parts_by_ocr == 0:
        return "text"
    return "ocr" if parts_by_ocr == parts_with_text else "mixed"


def reaches_no_further(narrow: Iterable[Iterable[str]], wide: Iterable[Iterable[str]]) -> bool:
    """Whether whoever meets all clauses of `narrow` meets those of `wide`: each of these holds one of those."""
    ours = [frozenset(clause) for clause in narrow]
    return all(any(clause <= frozenset(theirs) for clause in ours) for theirs in wide)


def clock(ms: int) -> str:
    """`01:23`, from an hour on `1:01:23`."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"
