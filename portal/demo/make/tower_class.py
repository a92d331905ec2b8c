"""The slides of the class in front of the tower: twenty, each with its speaker's notes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.slide import Slide
from pptx.util import Inches, Pt

from portal.demo.loader.content import FILES, Data, read

INK, RED, STEEL = RGBColor(0x1D, 0x1F, 0x23), RGBColor(0xB3, 0x26, 0x1E), RGBColor(0x4A, 0x55, 0x60)
MIST = RGBColor(0xF5, 0xF6, 0xF7)
FONT = "Noto Sans CJK SC"
WIDTH, HEIGHT = 13.333, 7.5
# Pictures are small: a deck is carried on a phone.
PICTURE_PIXELS = 900


def tower_class(target: Path) -> None:
    """Writes the deck of `content/decks/tower-front-class.yaml`."""
    told = read("decks/tower-front-class")
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.core_properties.title, deck.core_properties.author = told["title"], "柏长河劳模创新工作室"
    for number, row in enumerate(told["slides"], start=1):
        _slide(deck, number, len(told["slides"]), row)
    deck.save(target)


def _slide(deck: Presentation, number: int, total: int, row: Data) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    edge = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(0.18), Inches(HEIGHT))
    edge.fill.solid()
    edge.fill.fore_color.rgb = RED
    edge.line.fill.background()
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Inches(0.6), Inches(0.4), Inches(12.1), Inches(1)
    title.text = row["title"]
    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold, paragraph.font.name, paragraph.font.color.rgb = Pt(36), True, FONT, RED
    if "table" in row:
        _table(slide, row["table"])
    else:
        width, size = (6.3, 30) if row.get("picture") else (12, 38)
        _lines(slide, row["lines"], (0.7, 1.9, width, 4.6), size, INK)
    if row.get("picture"):
        _picture(slide, row["picture"], row["alt"])
    _lines(slide, [f"塔前一课　{number} / {total}"], (0.7, 6.85, 6, 0.5), 14, STEEL)
    slide.notes_slide.notes_text_frame.text = row["notes"]


def _lines(slide: Slide, lines: list[str], box: tuple[float, float, float, float], size: int, colour: RGBColor) -> None:
    frame = slide.shapes.add_textbox(*(Inches(value) for value in box)).text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.name, run.font.color.rgb = line, Pt(size), FONT, colour
        paragraph.space_after = Pt(16)


def _table(slide: Slide, rows: list[list[str]]) -> None:
    box = Inches(0.7), Inches(1.9), Inches(11.9), Inches(4.4)
    table = slide.shapes.add_table(len(rows), len(rows[0]), *box).table
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            cell = table.cell(row, column)
            cell.text = words
            cell.fill.solid()
            cell.fill.fore_color.rgb = STEEL if row == 0 else MIST
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.size, run.font.name = Pt(24), FONT


def _picture(slide: Slide, name: str, alt: str) -> None:
    with Image.open(FILES / "pictures" / f"{name}.webp") as picture:
        picture.thumbnail((PICTURE_PIXELS, PICTURE_PIXELS))
        buffer = BytesIO()
        picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(buffer, "PNG", optimize=True)
        ratio = picture.height / picture.width
    width = min(5.4, 4.6 / ratio)
    shape = slide.shapes.add_picture(buffer, Inches(7.2 + (5.4 - width) / 2), Inches(1.9), Inches(width))
    shape._element._nvXxPr.cNvPr.set("descr", alt)
