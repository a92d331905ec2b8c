"""Makes real files of every kind that is read, small, with the libraries that people's programs resemble."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import openpyxl
from docx import Document
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _bytes(thing: Any) -> bytes:
    buffer = io.BytesIO()
    thing.save(buffer)
    return buffer.getvalue()


def slides_bytes(count: int = 3, *, words: str = "看气色", change: Callable[[Any], None] | None = None) -> bytes:
    """Slides titled 第 n 讲, each with a box, a group of boxes in boxes, a table and the speaker's notes."""
    deck = Presentation()
    for number in range(1, count + 1):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"第{number}讲 {words}"
        lower = slide.shapes.add_textbox(Inches(1), Inches(4), Inches(3), Inches(1))
        lower.text_frame.text = f"下面一句{number}"
        upper = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
        upper.text_frame.text = f"上面一句{number}"
        group = slide.shapes.add_group_shape()
        inner = group.shapes.add_group_shape()
        inner.shapes.add_textbox(Inches(5), Inches(4), Inches(2), Inches(1)).text_frame.text = f"组里的词{number}"
        table = slide.shapes.add_table(2, 2, Inches(1), Inches(5), Inches(4), Inches(1)).table
        for index, cell in enumerate(table.iter_cells()):
            cell.text = f"格{number}-{index}"
        slide.notes_slide.notes_text_frame.text = f"讲到这里停一停{number}"
    if change:
        change(deck)
    return _bytes(deck)


def words_bytes(sections: int = 2, *, change: Callable[[Any], None] | None = None) -> bytes:
    """A text document with a heading of two levels, paragraphs, a table and a header that every page repeats."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "堵漏班组资料"
    for number in range(1, sections + 1):
        document.add_heading(f"第{number}章", 1)
        document.add_heading(f"{number}.1 准备", 2)
        document.add_paragraph(f"第{number}章要带铜锤和木塞。")
        table = document.add_table(2, 2)
        for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"表{number}-{index}"
    if change:
        change(document)
    return _bytes(document)


def text_box_add(document: Any, words: str) -> None:
    """A text box as Word writes it: once for today's readers, once more for those of old."""
    drawing = f"""<w:r xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
      xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">
      <mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r>
      </w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>
      <w:t>{words}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
    document.add_paragraph("框外的话。")._p.append(etree.fromstring(drawing))


def sheets_bytes(rows: Sequence[Sequence[Any]] | None = None, *, change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook whose sheet 点检 has a title, headings and rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "点检"
    for row in rows or [
        ["点检记录"],
        ["部位", "标准", "结果"],
        ["链条", "伸长 2% 以内", 1.5],
        ["油位", "中线", "合格"],
    ]:
        sheet.append(list(row))
    if change:
        change(book)
    return _bytes(book)


def pdf_bytes(pages: Sequence[str] = ("第一页讲木塞。", "第二页讲黄泥。"), *, css: str = "") -> bytes:
    """A PDF with one page for each text (HTML)."""
    from weasyprint import HTML

    style = f"@page {{ size: A5 }} body {{ font-family: 'Noto Sans CJK SC' }} section {{ break-after: page }} {css}"
    body = "".join(f"<section>{page}</section>" for page in pages)
    return bytes(HTML(string=f"<html lang='zh-Hans'><style>{style}</style><body>{body}</body></html>").write_pdf())


def scan_bytes(pages: Iterable[str] = ("扫描页里写着：锁轴销第三道工序",), *, size: int = 44) -> bytes:
    """A PDF that holds nothing but pictures of text, as a scanner makes it."""
    drawn = [_picture(page, size) for page in pages]
    buffer = io.BytesIO()
    drawn[0].save(buffer, "PDF", save_all=True, append_images=drawn[1:], resolution=150.0)
    return buffer.getvalue()


def picture_bytes(words: str, *, size: int = 44) -> bytes:
    """A picture (PNG) of text."""
    buffer = io.BytesIO()
    _picture(words, size).save(buffer, "PNG")
    return buffer.getvalue()


def _picture(words: str, size: int) -> Any:
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", size, index=2)
    picture = Image.new("L", (1240, 900), 250)
    draw = ImageDraw.Draw(picture)
    for row, line in enumerate(words.split("\n")):
        draw.text((90, 120 + row * size * 2), line, fill=20, font=font)
    return picture


def zip_changed(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """A zip with members put in, replaced, or (None) left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in changes:
                new.writestr(entry, old.read(entry))
        for name, data in changes.items():
            if data is not None:
                new.writestr(name, data)
    return buffer.getvalue()
