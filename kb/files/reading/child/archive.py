"""The guard before an office file is opened: it is a zip, and its parts are XML from strangers."""

from __future__ import annotations

import zipfile
from pathlib import Path

from kb.files.reading.child.out import Stop

MB = 1024 * 1024
MOST_ENTRIES = 10_000
MOST_UNPACKED = 600 * MB
MOST_XML = 160 * MB
MOST_RATIO = 200
# Small parts of style are repeated text and press well; only what unpacks to something is judged by its ratio.
RATIO_FROM = 4 * MB
HEAD = 256 * 1024
XML = (".xml", ".rels", ".vml")
NESTED = (".zip", ".7z", ".rar", ".gz")


def archive_check(source: Path) -> None:
    """Raises Stop: `broken`, `encrypted`, `bomb` (unpacks too large) or `unsafe` (paths outside, entities)."""
    if source.read_bytes()[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        # An office file under a password is an OLE container.
        raise Stop("encrypted")
    try:
        with zipfile.ZipFile(source) as archive:
            _check(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Stop("broken") from error


def _check(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked / packed > MOST_RATIO:
        raise Stop("bomb")
    if sum(entry.file_size for entry in entries if entry.filename.lower().endswith(XML)) > MOST_XML:
        raise Stop("bomb")
    for entry in entries:
        _entry_check(archive, entry)


def _entry_check(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise Stop("unsafe")
    if entry.flag_bits & 0x1:
        raise Stop("encrypted")
    if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise Stop("bomb")
    lowered = name.lower()
    if lowered.endswith("vbaproject.bin") or lowered.endswith(NESTED):
        raise Stop("unsafe")
    if lowered.endswith(XML):
        with archive.open(entry) as part:
            head = part.read(HEAD).replace(b"\0", b"").lower()
        if b"<!doctype" in head or b"<!entity" in head:
            raise Stop("unsafe")
