"""Which files are taken: what they are is read from their first bytes, never believed from their name. No Django here."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from typing import IO

MB = 1024 * 1024
MOST_BYTES = {"mp4": 500 * MB, "mp3": 100 * MB}
MOST_BYTES_ELSE = 100 * MB
HEAD_BYTES = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
TEXT = {"txt", "md", "csv", "srt", "vtt", "html", "htm"}
# A zip that unpacks to more than this, or by more than this factor, is made to hurt (libraries.md: 220 kB became 1.5 GB).
MOST_UNPACKED_BYTES = 600 * MB
MOST_RATIO = 200
MOST_ENTRIES = 10_000


def file_refusal(extension: str, size: int, content: IO[bytes]) -> str:
    """Why a file is refused, as a code; "" where it may be taken. `extension` without a dot, `size` in bytes.

    Codes: empty, too_large, not_what_it_says, macros, bomb.
    """
    extension = extension.lower()
    if size == 0:
        return "empty"
    if size > MOST_BYTES.get(extension, MOST_BYTES_ELSE):
        return "too_large"
    content.seek(0)
    head = content.read(HEAD_BYTES)
    content.seek(0)
    try:
        if extension in OFFICE:
            return _office_refusal(extension, head, content)
        return "" if _is_what_it_says(extension, head) else "not_what_it_says"
    finally:
        content.seek(0)


def _is_what_it_says(extension: str, head: bytes) -> bool:
    if extension == "pdf":
        return b"%PDF-" in head[:1024]
    if extension in ("doc", "xls", "ppt"):
        return head.startswith(OLE)
    if extension == "mp4":
        return head[4:8] == b"ftyp"
    if extension == "mp3":
        return head.startswith(b"ID3") or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE0 == 0xE0)
    if extension in TEXT:
        if extension in ("html", "htm") and b"<" not in head:
            return False
        return _is_text(head) and (extension != "vtt" or head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"))
    return False


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        # UTF-16 with its mark, as older editors save "Unicode": half of its bytes are zero.
        return "\0" not in head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    if b"\0" in head:
        return False
    # The head may end inside a character: up to three bytes are forgiven.
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        for cut in range(4):
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False


def _office_refusal(extension: str, head: bytes, content: IO[bytes]) -> str:
    if not head.startswith(b"PK\x03\x04"):
        return "not_what_it_says"
    content.seek(0)
    try:
        with zipfile.ZipFile(io.BufferedReader(content) if isinstance(content, io.RawIOBase) else content) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        return "not_what_it_says"
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" not in names or not any(name.startswith(OFFICE[extension]) for name in names):
        return "not_what_it_says"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "macros"
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    is_bomb = len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED_BYTES or unpacked / packed > MOST_RATIO
    return "bomb" if is_bomb else ""


def name_cleaned(name: str) -> str:
    """A file's name without paths, control characters and what shells and browsers take amiss; 120 characters at most."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    stem = re.sub(r"[^\w\-（）()《》·]+", "-", stem).strip("-._") or "file"
    extension = re.sub(r"[^a-z0-9]", "", extension.lower())
    return f"{stem[: 119 - len(extension)]}.{extension}" if extension else stem[:120]


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """The first and last byte that a Range header asks for (RFC 9110 §14.2), one range only; None: send all.

    Raises ValueError where nothing of it is in the file.
    """
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", header.strip())
    if match is None or match.group(1) == match.group(2) == "":
        return None
    first, last = match.groups()
    if first == "":
        length = min(int(last), size)
        if length == 0:
            raise ValueError("empty suffix range")
        return size - length, size - 1
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if start >= size or (last and int(last) < start):
        raise ValueError("range not satisfiable")
    return start, end
