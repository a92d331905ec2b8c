"""How long an MP4 file plays, read from its own header (ISO/IEC 14496-12, `moov/mvhd`)."""

from __future__ import annotations

import struct
from typing import IO

MAX_BOXES = 200


def _find(handle: IO[bytes], name: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Start and end of the content of the first box of that name in [start, end)."""
    position = start
    for _turn in range(MAX_BOXES):
        if position + 8 > end:
            return None
        handle.seek(position)
        head = handle.read(16)
        if len(head) < 8:
            return None
        size, kind = struct.unpack(">I4s", head[:8])
        skip = 8
        if size == 1 and len(head) == 16:
            size, skip = struct.unpack(">Q", head[8:])[0], 16
        elif size == 0:
            size = end - position
        if size < skip:
            return None
        if kind == name:
            return position + skip, min(position + size, end)
        position += size
    return None


def mp4_duration_ms(handle: IO[bytes]) -> int:
    """Milliseconds of play, 0 where the file does not say (it is no MP4, or broken)."""
    handle.seek(0, 2)
    end = handle.tell()
    movie = _find(handle, b"moov", 0, end)
    header = _find(handle, b"mvhd", *movie) if movie else None
    if header is None:
        return 0
    handle.seek(header[0])
    data = handle.read(32)
    if len(data) < 32:
        return 0
    scale, duration = struct.unpack(">IQ", data[20:32]) if data[0] == 1 else struct.unpack(">II", data[12:20])
    return int(duration * 1000 // scale) if scale else 0
