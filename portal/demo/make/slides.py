"""The slides of the seven words, with notes and a table."""

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

INK, RED, STEEL, AMBER = (
    RGBColor(0x1D, 0x1F, 0x23),
    RGBColor(0xB3, 0x26, 0x1E),
    RGBColor(0x4A, 0x55, 0x60),
    RGBColor(0x7A, 0x4D, 0x00),
)
FONT = "Microsoft YaHei"


def _write(
    slide: Slide, words: str, box: tuple[float, float, float, float], size: int, colour: RGBColor, bold: bool = False
) -> None:
    frame = slide.shapes.add_textbox(*(Inches(value) for value in box)).text_frame
    frame.word_wrap = True
    for number, line in enumerate(words.splitlines()):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold, run.font.name = line, Pt(size), bold, FONT
        run.font.color.rgb = colour
        paragraph.space_after = Pt(8)


def _picture(slide: Slide, name: str, left: float, top: float, width: float) -> None:
    image, buffer = (
        Image.open(FILES / "pictures" / f"{name}.webp").convert("P", palette=Image.Palette.ADAPTIVE),
        BytesIO(),
    )
    image.save(buffer, "PNG", optimize=True)
    slide.shapes.add_picture(buffer, Inches(left), Inches(top), Inches(width))


def _slide(deck: Presentation, title: str, notes: str) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = Inches(0.5), Inches(0.35), Inches(12.3), Inches(0.95)
    shape.text = title
    rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(0.18), Inches(7.5))
    rule.fill.solid()
    rule.fill.fore_color.rgb = RED
    rule.line.fill.background()
    paragraph = slide.shapes.title.text_frame.paragraphs[0]
    paragraph.font.size, paragraph.font.bold, paragraph.font.name, paragraph.font.color.rgb = Pt(34), True, FONT, RED
    paragraph.alignment = PP_ALIGN.LEFT
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def _word(deck: Presentation, row: Data) -> None:
    notes = f"先问学员：不这样做会怎样？再讲原因：{row['why']}" + (
        f"\n安全提醒：{row['safety']}" if row.get("safety") else ""
    )
    slide = _slide(deck, row["title"], notes)
    pictured = row.get("right") and row.get("wrong")
    width, size = (5.4, 22) if pictured else (12, 30)
    _write(slide, row["action"], (0.6, 1.5, width, 2), size, INK)
    _write(slide, f"要领　{row['key_point']}", (0.6, 3.6, width, 1.6), size, AMBER, True)
    figures = [f"{value['name']}　{value['min']}～{value['max']} {value['unit']}" for value in row.get("values", [])]
    _write(slide, "\n".join(figures) or f"为什么　{row['why']}", (0.6, 5.6, 12, 1.4), 26, STEEL, bool(figures))
    if pictured:
        _picture(slide, row["right"]["picture"], 6.2, 1.5, 3.4)
        _picture(slide, row["wrong"]["picture"], 9.7, 1.5, 3.4)
        _write(slide, f"✓ {row['right']['caption']}", (6.2, 3.9, 3.4, 1.5), 16, STEEL)
        _write(slide, f"✗ {row['wrong']['caption']}", (9.7, 3.9, 3.4, 1.5), 16, STEEL)


def seven_words(target: Path) -> None:
    """Title, aim, seven words, the table of figures, questions."""
    method, deck = read("methods/carbonation-seven-words"), Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    cover = _slide(deck, "碳化七字操作法", "开场白：今天这堂课一半在教室，一半在塔前。请大家把对讲机调到三频道。")
    _write(cover, "看　听　摸　比　调　洗　记\n柏长河劳模创新工作室　塔前课", (0.6, 2.0, 6, 3), 28, STEEL)
    _picture(cover, "tower-profile-right", 7, 1.6, 5.8)
    aim = _slide(deck, "这堂课之后，你会做三件事", "不用背，做得出来就行。课后一周由塔长抽一次。")
    _write(
        aim,
        "1　看出温度线往哪边走，并说出先查什么\n2　用量筒和秒表判断晶体好坏\n3　用一句话把塔交给下一班",
        (0.6, 1.8, 12, 4),
        28,
        INK,
    )
    for row in method["steps"]:
        _word(deck, row)
    rows = [value for step in method["steps"] for value in step.get("values", [])]
    sheet = _slide(deck, "七字对应的数值", "让学员遮住右边两列，自己说一遍范围。")
    table = sheet.shapes.add_table(len(rows) + 1, 4, Inches(0.6), Inches(1.5), Inches(12.1), Inches(5)).table
    for column, name in enumerate(("检查什么", "单位", "范围", "目标")):
        table.cell(0, column).text = name
    for number, row in enumerate(rows, start=1):
        for column, words in enumerate((row["name"], row["unit"], f"{row['min']}～{row['max']}", str(row["target"]))):
            table.cell(number, column).text = words
    quiz = _slide(
        deck, "随堂三题", "第一题答案：进塔液温与下段气浓度。第二题：进塔温度偏低或尾气吸收差。第三题：缺“动了什么”。"
    )
    _write(
        quiz,
        "1　中部温度两小时升了 3℃，先查哪两样？\n2　沉降 140 秒、上层浑黄，可能是什么原因？\n3　“4 号塔压力高，注意”这句交班话少了什么？",
        (0.6, 1.8, 12, 4),
        26,
        INK,
    )
    deck.save(target)
