"""Which files are taken, by their first bytes."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.files import rules
from kb.files.rules import byte_range, file_refusal, name_cleaned


def office(folder="word/", extra=(), fill=b""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}document.xml", fill or b"<x/>")
        for name in extra:
            archive.writestr(name, b"x")
    return buffer.getvalue()


GOOD = {
    "pdf": b"%PDF-1.7\n",
    "docx": office("word/"),
    "xlsx": office("xl/"),
    "pptx": office("ppt/"),
    "doc": rules.OLE + b"rest",
    "mp4": b"\0\0\0\x18ftypisom",
    "mp3": b"ID3\x04",
    "txt": "堵漏四问".encode(),
    "md": "堵漏四问".encode("gb18030"),
    "csv": b"a,b",
    "srt": b"1\n00:00:01,000",
    "vtt": b"WEBVTT\n",
}


@pytest.mark.parametrize("extension", GOOD)
def test_a_file_that_is_what_it_says_is_taken(extension):
    data = GOOD[extension]
    assert file_refusal(extension, len(data), io.BytesIO(data)) == ""


@pytest.mark.parametrize("extension", GOOD)
@pytest.mark.parametrize("data", [b"MZ\x90\0", b"<script>\0", b"\x89PNG\r\n\x1a\n\0"])
def test_a_program_under_another_name_is_refused(extension, data):
    assert file_refusal(extension, len(data), io.BytesIO(data)) == "not_what_it_says"


def test_one_office_format_under_the_name_of_another_is_refused():
    data = office("xl/")
    assert file_refusal("docx", len(data), io.BytesIO(data)) == "not_what_it_says"
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("word/document.xml", "x")
    assert file_refusal("docx", 10, plain) == "not_what_it_says"
    assert file_refusal("docx", 10, io.BytesIO(b"PK\x03\x04broken")) == "not_what_it_says"


def test_macros_bombs_empty_and_large_files_are_refused(monkeypatch):
    macros = office(extra=["word/vbaProject.bin"])
    assert file_refusal("docx", len(macros), io.BytesIO(macros)) == "macros"
    bomb = office(fill=b"\0" * 5_000_000)
    assert file_refusal("docx", len(bomb), io.BytesIO(bomb)) == "bomb"
    assert file_refusal("pdf", 0, io.BytesIO()) == "empty"
    assert file_refusal("pdf", 101 * rules.MB, io.BytesIO(b"%PDF-")) == "too_large"
    assert file_refusal("mp4", 400 * rules.MB, io.BytesIO(GOOD["mp4"])) == ""
    assert file_refusal("exe", 4, io.BytesIO(b"MZ\x90\0")) == "not_what_it_says"
    assert file_refusal("vtt", 5, io.BytesIO(b"hello")) == "not_what_it_says"


def test_bytes_of_no_encoding_are_no_text():
    assert (
        file_refusal("txt", 16, io.BytesIO(b"\xff" * 16))
        == file_refusal("txt", 4, io.BytesIO(b"a\0bc"))
        == "not_what_it_says"
    )


def test_text_may_end_inside_a_character():
    data = ("堵" * 2000).encode()
    assert file_refusal("txt", len(data), io.BytesIO(data)) == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\老张\\堵漏 手册.PDF", "堵漏-手册.pdf"),
        ("a;rm -rf `x`.docx", "a-rm--rf-x.docx"),
        ("....pdf", "file.pdf"),
        ("noextension", "noextension"),
        ("表\u202egpj.exe", "表-gpj.exe"),
    ],
)
def test_names_are_cleaned(name, expected):
    assert name_cleaned(name) == expected


@given(st.text())
def test_no_name_leaves_its_directory(name):
    cleaned = name_cleaned(name)
    assert cleaned
    assert "/" not in cleaned
    assert "\\" not in cleaned
    assert not cleaned.startswith(".")
    assert len(cleaned) <= 120


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-99", (0, 99)),
        ("bytes=100-", (100, 999)),
        ("bytes=-10", (990, 999)),
        ("bytes=-5000", (0, 999)),
        ("bytes=990-2000", (990, 999)),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("items=0-1", None),
    ],
)
def test_a_range_is_read_as_the_standard_says(header, expected):
    assert byte_range(header, 1000) == expected


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5-2", "bytes=-0"])
def test_a_range_outside_the_file_is_refused(header):
    with pytest.raises(ValueError, match="range"):
        byte_range(header, 1000)


@given(st.integers(1, 10_000), st.integers(0, 20_000), st.one_of(st.none(), st.integers(0, 20_000)))
def test_a_range_is_always_inside_the_file(size, first, last):
    header = f"bytes={first}-{'' if last is None else last}"
    try:
        found = byte_range(header, size)
    except ValueError:
        return
    assert found is not None
    assert 0 <= found[0] <= found[1] < size


def test_older_editors_text_is_text_and_a_page_without_a_tag_is_no_page():
    older = "堵漏 0.2 MPa".encode("utf-16")
    assert file_refusal("txt", len(older), io.BytesIO(older)) == ""
    assert file_refusal("html", 6, io.BytesIO("堵漏".encode())) == "not_what_it_says"
