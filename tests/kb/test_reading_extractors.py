"""What is read from each kind of file, place by place; run in this process, as the child runs it."""

import io
import json

import openpyxl
import pytest
from PIL import Image

from kb.files.reading.child import cues, job
from kb.files.reading.child.out import DRAWN, MOST_PARTS, Part, Stop, Writer, text_cleaned
from kb.files.reading.child.rows import rows_said, value_words
from tests.factories.documents import (
    pdf_bytes,
    scan_bytes,
    sheets_bytes,
    slides_bytes,
    text_box_add,
    words_bytes,
    zip_changed,
)


@pytest.fixture
def read(tmp_path):
    """Runs a job on these bytes: the parts, and what the child says of them."""

    def run(extension, content):
        (tmp_path / "source").write_bytes(content)
        told = {"action": "text", "source": "source", "extension": extension}
        (tmp_path / "job.json").write_text(json.dumps(told))
        assert job.run(tmp_path) == 0
        lines = (tmp_path / "parts.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines], json.loads((tmp_path / "result.json").read_text())

    return run


def test_a_slide_is_read_in_reading_order_with_groups_tables_and_notes(read):
    parts, result = read("pptx", slides_bytes(2))
    assert result["reason"] == ""
    assert [part["locator"] for part in parts] == ["slide:1", "slide:2"]
    assert parts[1]["title"] == "第2讲 看气色"
    lines = parts[1]["text"].split("\n")
    assert lines[0] == "第2讲 看气色"
    assert lines.index("上面一句2") < lines.index("下面一句2")
    assert "组里的词2" in lines
    assert "格2-0 | 格2-1" in lines
    assert lines[-1] == "备注：讲到这里停一停2"


def test_a_chart_says_its_title_and_names(read):
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    def chart(deck):
        data = CategoryChartData()
        data.categories = ["一月", "二月"]
        data.add_series("停车次数", (3, 1))
        frame = deck.slides[0].shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 3000000, 2000000, data)
        frame.chart.has_title = True
        frame.chart.chart_title.text_frame.text = "每月停车"

    text = read("pptx", slides_bytes(1, change=chart))[0][0]["text"]
    assert "每月停车" in text
    assert "一月、二月" in text
    assert "停车次数" in text


def test_a_text_document_is_cut_at_its_headings_and_a_header_comes_once(read):
    parts, _result = read("docx", words_bytes(2))
    assert [part["title"] for part in parts[:2]] == ["第1章", "第1章 › 1.1 准备"]
    assert "第1章要带铜锤和木塞。" in parts[1]["text"]
    assert "表1-0 | 表1-1" in parts[1]["text"]
    everything = "\n".join(part["text"] for part in parts)
    assert everything.count("堵漏班组资料") == 1


def test_a_text_box_is_read_once_and_deleted_words_are_not(read):
    def change(document):
        text_box_add(document, "框里的话。")
        deleted = document.add_paragraph("留下的话。")._p
        from lxml import etree

        w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        deleted.append(
            etree.fromstring(
                f'<w:del xmlns:w="{w}" w:id="1" w:author="a"><w:r><w:delText>删掉的</w:delText></w:r></w:del>'
            )
        )
        deleted.append(etree.fromstring(f'<w:r xmlns:w="{w}"><w:rPr><w:vanish/></w:rPr><w:t>藏起来的</w:t></w:r>'))

    everything = "\n".join(part["text"] for part in read("docx", words_bytes(1, change=change))[0])
    assert everything.count("框里的话。") == 1
    assert "框外的话。" in everything
    assert "删掉的" not in everything
    assert "藏起来的" not in everything


def test_a_footnote_stands_in_the_section_that_names_it(read):
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    plain = words_bytes(1)
    body = io.BytesIO()
    import zipfile

    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        document = archive.read("word/document.xml").decode()
        types = archive.read("[Content_Types].xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
    note = f'<w:footnotes xmlns:w="{w}"><w:footnote w:id="2"><w:p><w:r><w:t>铜锤不起火花</w:t></w:r></w:p></w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    changed = zip_changed(
        plain,
        {
            "word/footnotes.xml": note.encode(),
            "word/document.xml": document.replace(
                "木塞。</w:t></w:r>", '木塞。</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
            ).encode(),
            "[Content_Types].xml": types.replace(
                "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
            ).encode(),
            "word/_rels/document.xml.rels": relations.replace(
                "</Relationships>",
                '<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
                'officeDocument/2006/relationships/footnotes"/></Relationships>',
            ).encode(),
        },
    )
    body.write(changed)
    parts, _result = read("docx", changed)
    assert "注：铜锤不起火花" in parts[1]["text"]


def test_a_row_names_its_columns_and_keeps_its_number(read):
    parts, _result = read("xlsx", sheets_bytes())
    assert [(part["locator"], part["text"]) for part in parts] == [
        ("row:1.1", "点检记录"),
        ("row:1.2", "部位；标准；结果"),
        ("row:1.3", "部位：链条；标准：伸长 2% 以内；结果：1.5"),
        ("row:1.4", "部位：油位；标准：中线；结果：合格"),
    ]
    assert parts[0]["sheet"] == "点检"


def test_hidden_sheets_are_named_and_not_read_and_merged_cells_belong_to_each_row(read):
    def change(book):
        hidden = book.create_sheet("底稿")
        hidden.append(["不该看的"])
        hidden.sheet_state = "hidden"
        shown = book.create_sheet("班次")
        for row in (["班", "人"], ["甲班", "张甲"], [None, "李乙"]):
            shown.append(row)
        shown.merge_cells("A2:A3")

    parts, result = read("xlsx", sheets_bytes(change=change))
    said = {part["locator"]: part["text"] for part in parts}
    assert said["row:3.3"] == "班：甲班；人：李乙"
    assert not any("不该看的" in text for text in said.values())
    assert result["notes"] == ["隐藏的工作表没有读：底稿"]


def test_a_sheet_that_starts_lower_keeps_its_own_row_numbers(read):
    book = openpyxl.Workbook()
    book.active["C5"], book.active["D5"] = "名称", "数量"
    book.active["C6"], book.active["D6"] = "木塞", 12
    buffer = io.BytesIO()
    book.save(buffer)
    parts, _result = read("xlsx", buffer.getvalue())
    assert (parts[-1]["locator"], parts[-1]["text"]) == ("row:1.6", "名称：木塞；数量：12")


def test_a_pdf_is_read_by_page_with_the_boxes_of_its_lines(read):
    parts, result = read("pdf", pdf_bytes(["<h1>木塞</h1>第一页。", "第二页讲黄泥。"]))
    assert result["reason"] == ""
    assert [part["locator"] for part in parts] == ["page:1", "page:2"]
    assert parts[0]["text"] == "木塞\n第一页。"
    words, left, top, right, bottom = parts[1]["layout"][0]
    assert words == "第二页讲黄泥。"
    assert 0 < left < right < 1
    assert 0 < top < bottom < 0.3
    assert not parts[0]["needs_ocr"]


def test_a_word_that_the_margin_cuts_is_joined_again(read):
    text = "碳化塔" * 40
    parts, _result = read("pdf", pdf_bytes([text]))
    assert parts[0]["text"] == text


def test_what_every_page_repeats_at_its_edges_is_found_on_the_first_alone(read):
    css = "@page { @bottom-center { content: '堵漏手册 第 ' counter(page) ' 页' } }"
    parts, _result = read("pdf", pdf_bytes([f"第{number}回讲木塞。" for number in "一二三四五"], css=css))
    assert [("堵漏手册" in part["text"]) for part in parts] == [True, False, False, False, False]
    assert all("木塞" in part["text"] for part in parts)
    assert any("堵漏手册" in line[0] for line in parts[3]["layout"])


def test_a_number_of_its_own_at_the_edge_of_a_page_is_found(read):
    forms = [f"<p style='margin-top:-1cm'>操作票 编号 30{number}7</p>" for number in range(1, 6)]
    parts, _result = read("pdf", pdf_bytes(forms))
    assert "3047" in parts[3]["text"]


def test_a_turned_page_is_marked_where_it_is_seen(read):
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf_bytes(["第一页讲木塞。"]))
    document[0].set_rotation(90)
    buffer = io.BytesIO()
    document.save(buffer)
    _words, left, top, right, bottom = read("pdf", buffer.getvalue())[0][0]["layout"][0]
    # What stood at the top left stands at the top right, running downwards.
    assert left > 0.8
    assert bottom - top > right - left


def test_a_scanned_page_is_known_for_one(read):
    parts, _result = read("pdf", scan_bytes())
    assert parts[0]["text"] == ""
    assert parts[0]["needs_ocr"]


def test_a_pdf_under_a_password_says_so(read, tmp_path):
    # Encrypted by PDFium's own test in spirit: a document that names a handler and no key that fits.
    locked = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O(" + b"x" * 32 + b")/U(" + b"y" * 32 + b")>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(a)(b)]>>\n%%EOF\n"
    )
    assert read("pdf", locked)[1]["reason"] == "encrypted"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_read_in_its_own_encoding(read, encoding):
    text = "堵漏前先问四句话：介质、压力、温度、孔形。这是班组里要求的第一条。"
    assert read("txt", text.encode(encoding))[0][0]["text"] == text


def test_big5_is_told_from_gb18030(read):
    text = "電纜接頭製作要先清潔環境，再量尺寸。這是我們班組的要求，不可以省。"
    assert read("txt", text.encode("big5"))[0][0]["text"] == text


def test_markdown_is_cut_at_headings_of_both_forms(read):
    source = "前言一句\n\n标题一\n===\n正文**很重**，见[手册](https://example.invalid/a)。\n\n## 二级 ##\n- 列项\n\n```\n# 不是标题\n```\n"
    parts, _result = read("md", source.encode())
    assert [part["title"] for part in parts] == ["", "标题一", "标题一 › 二级"]
    assert "正文很重，见手册。" in parts[1]["text"]
    assert "# 不是标题" in parts[2]["text"]


def test_a_saved_web_page_is_read_without_its_programs(read):
    page = (
        "<html><head><title>t</title><style>x{}</style></head><body><script>alert('毒')</script>"
        "<h1>作业</h1><p>先<b>隔离</b>再作业</p><table><tr><td>压力</td><td>0.2</td></tr></table></body></html>"
    )
    parts, _result = read("html", page.encode())
    assert parts[0]["title"] == "作业"
    assert "先隔离再作业" in parts[0]["text"]
    assert "压力 | 0.2" in parts[0]["text"]
    assert "毒" not in parts[0]["text"]


def test_a_web_page_in_gb2312_is_read_by_its_own_word(read):
    page = "<html><head><meta charset='gb2312'></head><body><p>漏点</p></body></html>".encode("gb18030")
    assert read("html", page)[0][0]["text"] == "漏点"


def test_a_table_of_plain_text_is_read_by_row(read):
    parts, _result = read("csv", "部位;标准\n链条;2%\n".encode("gb18030"))
    assert (parts[1]["locator"], parts[1]["text"]) == ("row:1.2", "部位：链条；标准：2%")


SRT = """1
00:00:01,000 --> 00:00:03,000
先看<i>压力</i>，

2
00:00:03,200 --> 00:00:05,000
再看温度。

3
00:01:23,000 --> 00:01:25,500
敲两下
"""


def test_subtitles_are_gathered_into_sentences_and_keep_their_moments(read):
    parts, _result = read("srt", SRT.encode())
    assert [(part["locator"], part["text"], part["end_ms"]) for part in parts] == [
        ("cue:1000", "先看压力，再看温度。", 5000),
        ("cue:83000", "敲两下", 85500),
    ]
    assert parts[0]["layout"] == [["先看压力，", 1000, 3000], ["再看温度。", 3200, 5000]]


def test_both_kinds_of_subtitles_are_cut_alike():
    webvtt = "WEBVTT\n\nNOTE 说明\n\n" + SRT.replace(",000", ".000").replace(",200", ".200").replace(",500", ".500")
    assert list(cues.cues_of(webvtt)) == list(cues.cues_of(SRT))


@pytest.mark.parametrize(
    ("extension", "content", "reason"),
    [
        ("pdf", b"%PDF-1.4 nothing", "broken"),
        ("docx", b"PK\x03\x04 nothing", "broken"),
        ("pptx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
        ("txt", b"  \n ", "empty"),
        ("vtt", b"WEBVTT\n\n", "empty"),
        ("exe", b"MZ", "unsupported"),
    ],
)
def test_what_cannot_be_read_says_why(read, extension, content, reason):
    assert read(extension, content)[1]["reason"] == reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"word/document.xml": b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'}, "unsafe"),
        ({"../../evil.xml": b"<a/>"}, "unsafe"),
        ({"word/vbaProject.bin": b"x"}, "unsafe"),
        ({"word/more.zip": b"x"}, "unsafe"),
        ({"word/big.xml": b" " * 30_000_000}, "bomb"),
    ],
)
def test_an_office_file_made_to_hurt_is_refused_before_it_is_opened(read, change, reason):
    parts, result = read("docx", zip_changed(words_bytes(1), change))
    assert (parts, result["reason"]) == ([], reason)


def test_words_are_cleaned_of_what_a_database_does_not_take():
    assert text_cleaned("a\0b\ud800　c\r\n\r\n\r\n\r\nd") == "ab c\n\nd"


def test_there_is_an_end_to_parts():
    writer = Writer(io.StringIO())
    for number in range(MOST_PARTS):
        writer.add(Part("row", number))
    with pytest.raises(Stop, match="too_many_rows"):
        writer.add(Part("row", 0))


def test_without_a_heading_row_values_stand_alone():
    assert list(rows_said([["1", "2"], ["3", ""]])) == [(0, "1；2"), (1, "3")]


@pytest.mark.parametrize(
    ("value", "words"), [(None, ""), (True, "是"), (3.0, "3"), (0.284, "0.284"), (" a\nb ", "a b"), (1e20, "1e+20")]
)
def test_values_read_as_people_write_them(value, words):
    assert value_words(value) == words


def test_cells_of_one_line_are_marked_each_where_it_stands(read):
    table = "<table style='width:100%'><tr><td style='width:60%'>压力上限</td><td>温度上限</td></tr></table>"
    parts, _result = read("pdf", pdf_bytes([table]))
    assert [line[0] for line in parts[0]["layout"]] == ["压力上限", "温度上限"]
    assert parts[0]["layout"][1][1] > 0.4


def test_pages_are_drawn_with_what_stands_on_them_and_huge_ones_within_bounds(tmp_path):
    (tmp_path / "source.pdf").write_bytes(pdf_bytes(["第一页。", "第二页。"], css="@page { size: 100mm 4000mm }"))
    options = {"most": 1, "texts": True}
    (tmp_path / "job.json").write_text(json.dumps({"action": "pictures", "source": "source.pdf", "options": options}))
    assert job.run(tmp_path) == 0
    (about,) = [json.loads(line) for line in (tmp_path / DRAWN[0]).read_text("utf-8").splitlines()]
    assert about["width"] * about["height"] <= 10_000_000
    assert about["text"] == "第一页。"
    assert json.loads((tmp_path / "result.json").read_text()) == {"reason": "", "notes": [], "pages": 2, "drawn": 1}
    options = {"most": 0, "texts": False, "scans": [1]}
    (tmp_path / "job.json").write_text(json.dumps({"action": "pictures", "source": "source.pdf", "options": options}))
    assert job.run(tmp_path) == 0
    assert (tmp_path / "scan-1.png").is_file()
    (tmp_path / "source.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert job.run(tmp_path) == 0
    assert json.loads((tmp_path / "result.json").read_text())["reason"] == "broken"


def test_many_pages_are_drawn_by_two_processes_and_none_is_missing(tmp_path):
    (tmp_path / "source.pdf").write_bytes(pdf_bytes([f"第{number}页。" for number in range(1, 14)]))
    options = {"most": 300, "texts": True}
    (tmp_path / "job.json").write_text(json.dumps({"action": "pictures", "source": "source.pdf", "options": options}))
    assert job.run(tmp_path) == 0
    told = [[json.loads(line) for line in (tmp_path / name).read_text("utf-8").splitlines()] for name in DRAWN]
    assert [len(rows) for rows in told] == [7, 6]
    assert {row["number"]: row["text"] for rows in told for row in rows} == {n: f"第{n}页。" for n in range(1, 14)}
    for number in range(1, 14):
        with Image.open(tmp_path / f"{number}-s.webp") as small, Image.open(tmp_path / f"{number}.webp") as large:
            assert (small.width, large.width) == (320, 1240)
            assert abs(small.height / small.width - large.height / large.width) < 0.01
