"""Hostile files: seeded changes to real ones, as bytes, inside the zip, and by hand (bombs, loops, entities)."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "portal" / "demo" / "files"
Change = Callable[[random.Random, bytes], bytes]
OFFICE = ("pptx", "docx", "xlsx")
MAIN_PART = {"docx": "word/document.xml", "pptx": "ppt/slides/slide1.xml", "xlsx": "xl/worksheets/sheet1.xml"}


def originals() -> dict[str, list[bytes]]:
    """Real files by extension: the demo's and some of each kind that the tests make."""
    from tests.factories import documents as made

    found: dict[str, list[bytes]] = {}
    for path in sorted([*DEMO.glob("documents/*"), *DEMO.glob("video/*.vtt")]):
        found.setdefault(path.suffix[1:], []).append(path.read_bytes())
    more = {
        "pptx": made.slides_bytes(4), "docx": made.words_bytes(3), "xlsx": made.sheets_bytes(), "pdf": made.pdf_bytes(),
        "csv": "部位;标准\n链条;2%\n油位;中线\n".encode("gb18030"), "txt": ("先问四句话。\n\n" * 30).encode("gb18030"),
        "md": ("# 一\n正文\n## 二\n- 列\n\n| a | b |\n|--|--|\n| 1 | 2 |\n" * 10).encode(),
        "html": ("<html><body><h1>一</h1><p>正文<table><tr><td>a<td>b</table>" * 10).encode(),
        "srt": "1\n00:00:01,000 --> 00:00:03,000\n先看压力\n\n2\n00:00:04,000 --> 00:00:05,000\n再看温度\n".encode(),
    }  # fmt: skip
    for extension, content in more.items():
        found.setdefault(extension, []).append(content)
    return found


def mutants(count: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Name of the change, extension, bytes. The same seed gives the same files."""
    chance = random.Random(seed)
    sources = originals()
    kinds = sorted(sources)
    for number in range(count):
        if number % 10 == 9:
            name, extension, content = made_to_hurt(chance, sources)
        else:
            extension = chance.choice([*kinds, *OFFICE, "pdf", "pdf"])
            content = chance.choice(sources[extension])
            changes = [*RAW, *INSIDE, *INSIDE] if extension in OFFICE else [*RAW, *PDF] if extension == "pdf" else RAW
            change = chance.choice(changes)
            name = change.__name__
            content = change(chance, content)
        yield name, extension, content


# Bytes ----------------------------------------------------------------------------------------------------------


def bits_flipped(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 64)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut_short(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(1, len(content))]


def block_lost(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randint(1, 4096) :]


def block_twice(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    piece = content[start : start + chance.randint(1, 4096)]
    return content[:start] + piece * chance.randint(2, 50) + content[start:]


def noise_put_in(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + chance.randbytes(chance.randint(1, 2048)) + content[start:]


def zeros_put_in(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + bytes(chance.randint(1, 4096)) + content[start:]


def numbers_grown(chance: random.Random, content: bytes) -> bytes:
    """Counts, lengths and offsets that are too large or negative."""
    places = [match.span() for match in re.finditer(rb"\d{1,9}", content)]
    for start, end in sorted(chance.sample(places, min(len(places), chance.randint(1, 12))), reverse=True):
        content = content[:start] + chance.choice([b"0", b"-1", b"2147483648", b"99999999999"]) + content[end:]
    return content


RAW: list[Change] = [bits_flipped, cut_short, block_lost, block_twice, noise_put_in, zeros_put_in, numbers_grown]


# Inside the zip -------------------------------------------------------------------------------------------------


def _rezipped(content: bytes, changed: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in changed:
                new.writestr(entry.filename, old.read(entry))
        for name, data in changed.items():
            new.writestr(name, data)
    return buffer.getvalue()


def _member(chance: random.Random, content: bytes) -> tuple[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [
            name for name in archive.namelist() if name.endswith((".xml", ".rels")) and archive.getinfo(name).file_size
        ]
        name = chance.choice(names)
        return name, archive.read(name)


def member_changed(chance: random.Random, content: bytes) -> bytes:
    name, data = _member(chance, content)
    return _rezipped(content, {name: chance.choice(RAW)(chance, data)})


def member_lost(chance: random.Random, content: bytes) -> bytes:
    name, _data = _member(chance, content)
    return _rezipped(content, {name: b""})


def elements_swapped(chance: random.Random, content: bytes) -> bytes:
    """Still XML, but not as anybody wrote it: names of elements and values of attributes change places."""
    name, data = _member(chance, content)
    words = re.findall(rb"(?<=<)[\w:]+|(?<==\")[^\"]*", data)
    for _ in range(min(len(words), 20)):
        data = data.replace(chance.choice(words) or b"w:p", chance.choice(words) or b"x", 1)
    return _rezipped(content, {name: data})


def elements_many(chance: random.Random, content: bytes) -> bytes:
    name, data = _member(chance, content)
    found = re.search(rb"<(\w+:\w+)[^<>]*?>[^<>]*</\1>|<\w+:\w+[^<>]*/>", data)
    piece = found.group(0) if found else b"<x/>"
    start = found.start() if found else len(data)
    return _rezipped(content, {name: data[:start] + piece * chance.choice([100, 20_000, 200_000]) + data[start:]})


INSIDE: list[Change] = [member_changed, member_lost, elements_swapped, elements_many]


# PDF ------------------------------------------------------------------------------------------------------------


def stream_changed(chance: random.Random, content: bytes) -> bytes:
    """A compressed stream unpacked, changed and packed again: what the checksums of the outside never reach."""
    streams = list(re.finditer(rb"stream\r?\n(.{20,}?)\r?\nendstream", content, re.DOTALL))
    chance.shuffle(streams)
    for found in streams[:20]:
        try:
            plain = zlib.decompress(found.group(1))
        except zlib.error:
            continue
        changed = zlib.compress(chance.choice(RAW)(chance, plain or b"0"))
        return content[: found.start(1)] + changed + content[found.end(1) :]
    return bits_flipped(chance, content)


def references_crossed(chance: random.Random, content: bytes) -> bytes:
    """Objects that point to each other in circles."""
    places = [match.span(1) for match in re.finditer(rb"(\d{1,5}) 0 R", content)]
    numbers = [content[start:end] for start, end in places]
    for start, end in sorted(chance.sample(places, min(len(places), chance.randint(1, 20))), reverse=True):
        content = content[:start] + chance.choice(numbers) + content[end:]
    return content


def pages_huge(chance: random.Random, content: bytes) -> bytes:
    box = chance.choice([b"[0 0 1e9 1e9]", b"[0 0 14400 14400]", b"[0 0 1 100000]", b"[0 0 0 0]", b"[-1 -1 -5 -5]"])
    return re.sub(rb"/MediaBox ?\[[^\]]*\]", b"/MediaBox " + box, content)


PDF: list[Change] = [stream_changed, stream_changed, references_crossed, pages_huge]


# Made to hurt ---------------------------------------------------------------------------------------------------


def made_to_hurt(chance: random.Random, sources: dict[str, list[bytes]]) -> tuple[str, str, bytes]:
    """One of the known attacks, in one of the formats that it fits."""
    name, extension, make = chance.choice(ATTACKS)
    extension = chance.choice(OFFICE) if extension == "office" else extension
    return name, extension, make(chance, sources[extension][0], extension)


Attack = Callable[[random.Random, bytes, str], bytes]


def _with(name: str, data: bytes) -> Attack:
    return lambda _chance, content, extension: _rezipped(content, {name.format(part=MAIN_PART[extension]): data})


def _entities(_chance: random.Random, content: bytes, extension: str) -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "lol">{levels}]><b>&e11;</b>'
    return _rezipped(content, {MAIN_PART[extension]: bomb.encode()})


def _entities_utf16(chance: random.Random, content: bytes, extension: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_entities(chance, content, extension))) as archive:
        bomb = archive.read(MAIN_PART[extension]).decode()
    return _rezipped(content, {MAIN_PART[extension]: bomb.encode("utf-16")})


def _deep(chance: random.Random, content: bytes, extension: str) -> bytes:
    depth = chance.choice([200, 5_000, 100_000])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read(MAIN_PART[extension])
    tag = {"docx": b"w:sdt", "pptx": b"p:grpSp", "xlsx": b"row"}[extension]
    end = data.rfind(b"</")
    nest = b"<%s>" % tag * depth + b"</%s>" % tag * depth
    return _rezipped(content, {MAIN_PART[extension]: data[:end] + nest + data[end:]})


def _zip_bomb(chance: random.Random, content: bytes, extension: str) -> bytes:
    return _rezipped(content, {MAIN_PART[extension]: b"<a>" + b" " * chance.choice([5_000_000, 80_000_000])})


def _lies_about_size(chance: random.Random, content: bytes, _extension: str) -> bytes:
    """The directory of the zip says other sizes than the members have."""
    changed = bytearray(content)
    for found in re.finditer(rb"PK\x01\x02", content):
        if chance.random() < 0.3:
            struct.pack_into("<I", changed, found.start() + 24, chance.choice([0, 1, 0x7FFFFFFF, 0xFFFFFFFF]))
    return bytes(changed)


def _far_cell(_chance: random.Random, content: bytes, extension: str) -> bytes:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    return _rezipped(content, {MAIN_PART[extension]: sheet})


def _pdf(body: bytes) -> Attack:
    return lambda _chance, _content, _extension: (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + body + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def _flate_bomb(_chance: random.Random, _content: bytes, _extension: str) -> bytes:
    packed = zlib.compress(b"q " * 50_000_000, 9)
    page = (
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    )
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + page
        + packed
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    )


def _nested_html(chance: random.Random, _content: bytes, _extension: str) -> bytes:
    return b"<body>" + b"<div><b>" * chance.choice([1_000, 300_000]) + "字".encode()


def _long_line(_chance: random.Random, _content: bytes, _extension: str) -> bytes:
    return "字".encode() * 3_000_000


def _many_cues(_chance: random.Random, _content: bytes, _extension: str) -> bytes:
    return b"WEBVTT\n\n" + b"".join(
        b"00:%02d:%02d.000 --> 00:00:00.000\nx%d.\n\n" % (n // 60 % 60, n % 60, n) for n in range(50_000)
    )


def _stars(_chance: random.Random, _content: bytes, _extension: str) -> bytes:
    """What makes careless regular expressions run for hours."""
    return b"[" * 100_000 + b"\n" + b"*" * 100_000 + b"\n" + b"> - " * 50_000 + b"\n" + b"- " * 100_000 + b"x"


EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
REMOTE = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{IMAGE}" Target="http://127.0.0.1:9/x" '
    'TargetMode="External"/></Relationships>'
).encode()
ONE_PAGE = b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]"
MILLION = b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1000000>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj"
ITSELF = (
    ONE_PAGE + b"/Contents 5 0 R/Resources<</XObject<</F 4 0 R>>>>>>endobj\n"
    b"4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 4/Resources<</XObject<</F 4 0 R>>>>>>"
    b"stream\n/F Do\nendstream endobj\n5 0 obj<</Length 5>>stream\n/F Do\nendstream endobj"
)
ATTACKS: list[tuple[str, str, Attack]] = [
    ("external entity", "office", _with("{part}", EXTERNAL)),
    ("entity bomb", "office", _entities),
    ("entity bomb in UTF-16", "office", _entities_utf16),
    ("path out of the archive", "office", _with("../../../../tmp/evil.xml", b"<a/>")),
    ("absolute path", "office", _with("/etc/cron.d/evil", b"x")),
    ("remote relation", "docx", _with("word/_rels/document.xml.rels", REMOTE)),
    ("macros", "office", _with("word/vbaProject.bin", b"x")),
    ("zip bomb", "office", _zip_bomb),
    ("archive in the archive", "office", _with("word/more.zip", b"PK")),
    ("lying sizes", "office", _lies_about_size),
    ("deep nesting", "office", _deep),
    ("cell at the far corner", "xlsx", _far_cell),
    ("page tree in a circle", "pdf", _pdf(b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>endobj")),
    ("pages that count a million", "pdf", _pdf(MILLION)),
    ("stream bomb", "pdf", _flate_bomb),
    ("form inside itself", "pdf", _pdf(ITSELF)),
    ("nested tags", "html", _nested_html),
    ("one long line", "txt", _long_line),
    ("a cue each second for a day", "vtt", _many_cues),
    ("text against regular expressions", "md", _stars),
]  # fmt: skip
