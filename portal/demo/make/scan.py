"""Pages as an old scanner makes them: grey pictures without a word of text, a little crooked, with specks."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
SIZE = (1240, 1754)
MARGIN = 130
SPECKS = 400

PAGES = (
    """碳化塔巡塔手记

记录人：柏长河    二〇〇九年冬

第一条  笠帽结疤，先从声音听出来。
进气弯头的呼声一顿一顿，多半是第七圈笠帽
积了疤，不要急着加大气量。

第二条  冷却水箱列管发白，是水垢不是碱垢。
手摸管壁，温差不到三度就该酸洗。

第三条  出碱口挂霜花，说明中段热区下移。
先关小下段气，再看中部最高温度，半小时
之内会回到六十二度上下。""",
    """第四条  夜班最容易漏看的是塔底压力。
压力表指针发抖，先查导压管有没有结晶。

第五条  换塔前要留足晶种。
母液里留三成细晶，新塔起晶快一个钟头。

第六条  手记要写给下一班看。
写时间、写位置、写动过哪一个阀门，
不写“正常”两个字。

师傅留言：眼睛看不到的，让耳朵和手先到。""",
    """第七条  停塔检修先开人孔通风，测氧再进。
氧含量不到百分之十九点五，谁说都不进。

第八条  梯子要两个人抬，一个人扶。

这一本传给下一班，写满了换新本，
旧本交工作室保管，不许撕页。""",
)


def tower_notes(path: Path) -> None:
    """Three pages of handwritten rules of an old hand, set in type."""
    chance = random.Random(9)  # noqa: S311 - specks of dust
    pages = [_page(text, chance) for text in PAGES]
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=150.0, quality=32)
    path.write_bytes(buffer.getvalue())


def _page(text: str, chance: random.Random) -> Image.Image:
    page = Image.new("L", SIZE, 243)
    draw = ImageDraw.Draw(page)
    y = MARGIN
    for number, line in enumerate(text.split("\n")):
        font = ImageFont.truetype(SERIF, 52 if number == 0 and "手记" in line else 38, index=2)
        draw.text((MARGIN, y), line, fill=52, font=font)
        y += 74
    for _ in range(SPECKS):
        x, top = chance.randrange(SIZE[0]), chance.randrange(SIZE[1])
        draw.point((x, top), fill=chance.randrange(120, 220))
    return page.rotate(chance.uniform(-0.5, 0.5), resample=Image.Resampling.BICUBIC, fillcolor=243)
