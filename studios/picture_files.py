"""Picture files as they are kept: without the place and owner that a phone writes into them, in a format browsers know."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo
from pillow_heif import register_heif_opener
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

register_heif_opener()
ORIENTATION = 0x0112
# Markers of segments that say nothing about the pixels: Exif and XMP, IPTC, comments.
DROPPED = {0xE1, 0xED, 0xFE}
JPEG_QUALITY = 92


def picture_cleaned(name: str, content: File) -> tuple[str, File]:
    """The file as it is kept: its name and content.

    JPEG keeps every pixel as it came (only segments are dropped); HEIC becomes JPEG; other formats are written again
    where they carry data about the photograph. The way up is kept.
    """
    content.seek(0)
    data = content.read()
    content.seek(0)
    if data[:2] == b"\xff\xd8":
        return name, ContentFile(jpeg_without_metadata(data))
    with Image.open(io.BytesIO(data)) as picture:
        kind = picture.format or ""
        if kind in ("HEIF", "HEIC"):
            return f"{PurePath(name).stem}.jpg", ContentFile(_as_jpeg(picture))
        if not _tells(picture):
            return name, content
        return name, ContentFile(_written_again(picture, kind))


def jpeg_without_metadata(data: bytes) -> bytes:
    """A JPEG without Exif, XMP, IPTC and comments; its orientation stays in a new Exif segment of its own."""
    with Image.open(io.BytesIO(data)) as picture:
        orientation = picture.getexif().get(ORIENTATION, 1)
    kept = bytearray(data[:2])
    if orientation != 1:
        kept += _orientation_segment(orientation)
    for marker, segment in _segments(data):
        if marker in DROPPED or (marker == 0xE2 and segment[4:8] == b"MPF\0"):
            continue
        kept += segment
    return bytes(kept)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments after the start marker; the scan and all that follows is the last one."""
    at = 2
    while at + 4 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF or marker == 0xDA:
            break
        length = 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        yield marker, data[at : at + length]
        at += length
    yield 0xDA, data[at:]


def _orientation_segment(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    body = exif.tobytes()
    body = body if body.startswith(b"Exif\0\0") else b"Exif\0\0" + body
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _as_jpeg(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    buffer = io.BytesIO()
    upright.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True, icc_profile=picture.info.get("icc_profile"))
    return buffer.getvalue()


def _tells(picture: Image.Image) -> bool:
    names = {"exif", "xmp", "XML:com.adobe.xmp", "comment", "Raw profile type exif", "Raw profile type iptc"}
    return bool(names & picture.info.keys()) or bool(picture.getexif())


def _written_again(picture: Image.Image, kind: str) -> bytes:
    exif = Image.Exif()
    orientation = picture.getexif().get(ORIENTATION, 1)
    if orientation != 1:
        exif[ORIENTATION] = orientation
    buffer = io.BytesIO()
    options: dict[str, Any] = {"exif": exif.tobytes() if orientation != 1 else b""}
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
    elif kind in ("WEBP", "AVIF"):
        options["quality"] = JPEG_QUALITY
    picture.load()
    picture.info = {name: value for name, value in picture.info.items() if name in ("icc_profile", "transparency")}
    picture.save(buffer, kind, save_all=getattr(picture, "n_frames", 1) > 1, **options)
    return buffer.getvalue()


class PictureFile(WagtailImageFieldFile):
    """A picture's file; what is saved is cleaned first, by whatever way it came."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """As its base; `name` may get another ending."""
        name, cleaned = picture_cleaned(name, content)
        super().save(name, cleaned, save)


class PictureField(WagtailImageField):
    """The picture's file field. Migrations see the field that it is made from: the column is the same."""

    attr_class = PictureFile

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, {**kwargs, "verbose_name": "file"}
