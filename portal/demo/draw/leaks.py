"""Leak stopping: the wooden plug, its clamp, clay and bandage."""

from __future__ import annotations

from portal.demo.draw import kit as k


def _wall(hole: float = 120) -> str:
    """A pipe wall in section: liquid to the left, air to the right, a hole in the middle."""
    top, low = 400 - hole / 2, 400 + hole / 2
    hatch = "".join(
        k.line(440, y, 520, y + 44, k.METAL_DARK, 3) for y in range(150, 700, 30) if y + 44 < top or y > low
    )
    return (
        k.rect(60, 140, 380, 600, k.LIQUID, "none", 0)
        + k.rect(440, 140, 80, top - 140, k.METAL, k.INK, 5)
        + k.rect(440, low, 80, 740 - low, k.METAL, k.INK, 5)
        + hatch
        + k.text(240, 700, "母液", 44, k.BLUE, weight=600)
    )


def _plug(length: float = 420, big: float = 150, small: float = 100) -> str:
    """A tapered plug lying along x, its small end at the origin, with grain and hemp."""
    grain = "".join(
        k.line(30, i * small / 7, length - 20, i * big / 7, k.WOOD_DARK, 2.5) for i in (-2.4, -1.2, 0, 1.2, 2.4)
    )
    body = k.poly([(0, -small / 2), (length, -big / 2), (length, big / 2), (0, small / 2)], k.WOOD, k.INK, 5)
    hemp = "".join(k.line(24 + i * 16, -small / 2 - i, 34 + i * 16, small / 2 + i, "#8d7b4f", 6) for i in range(7))
    return body + grain + hemp


def plug_shape() -> str:
    body = (
        k.group(_plug(640, 220, 130), 270, 400)
        + k.measure(270, 570, 910, 570, "长 = 大头的 3 倍", dy=62)
        + k.measure(950, 290, 950, 510, "大头", dx=86, dy=14)
        + k.measure(226, 335, 226, 465, "小头", dx=-86, dy=14)
        + k.note(420, 220, "缠两层麻丝", (340, 350), k.AMBER)
        + k.note(800, 210, "木纹顺着轴线", (720, 360), k.STEEL)
        + k.tag(600, 740, "锥度 1∶10　比孔径大 6～8 mm", k.GREEN, 46, k.GREEN_SOFT)
    )
    return k.page(body, None, "木塞尺寸")


def plug_fit_right() -> str:
    body = (
        _wall()
        + k.group(_plug(360, 150, 112), 390, 400)
        + k.line(120, 400, 1120, 400, k.GREEN, 4, "20 12")
        + k.measure(530, 560, 748, 560, "露出三分之一", dx=60, dy=66, colour=k.GREEN)
        + k.note(930, 300, "塞与孔一条轴线", (800, 398), k.GREEN)
        + k.arrow(1080, 470, 800, 470, k.BLUE)
        + k.tag(965, 530, "轻送、停两秒", k.BLUE)
    )
    return k.page(body, True, "对正轻送")


def plug_fit_wrong() -> str:
    spray = "".join(k.line(530, 460, 530 + 250 + 30 * i, 500 + 48 * i, k.LIQUID_DARK, 7, "26 14") for i in range(5))
    drops = "".join(k.drop(820 + 40 * i, 600 + 26 * (i % 3), 13) for i in range(6))
    body = (
        _wall(150)
        + k.group(_plug(360, 150, 112), 408, 446, turn=-17)
        + spray
        + drops
        + k.line(120, 400, 1120, 400, k.STEEL, 3, "20 12")
        + k.note(900, 180, "歪着打进去", (720, 350), k.RED)
        + k.note(960, 460, "一侧留缝", (535, 470), k.RED)
    )
    return k.page(body, False, "歪塞必漏")


def _pipe() -> str:
    shine = k.rect(60, 330, 1080, 40, "#dfe5ea", "none", 0)
    return k.rect(60, 300, 1080, 260, k.METAL, k.INK, 5) + shine


def _band(x: float, tilt: float = 0) -> str:
    strap = k.rect(x - 24, 284, 48, 292, "#eef1f4", k.INK, 5, 6) + "".join(
        k.line(x - 14, y, x + 14, y, k.METAL_DARK, 3) for y in range(310, 560, 22)
    )
    bolt = k.rect(x - 44, 250, 88, 44, k.METAL_DARK, k.INK, 4, 8) + k.circle(x, 272, 14, k.METAL, k.INK, 3)
    return k.group(strap + bolt, turn=tilt, at=(x, 430))


def plug_clamp_right() -> str:
    block = k.rect(510, 360, 180, 140, k.RUBBER, k.INK, 5, 12) + k.rect(540, 384, 120, 92, k.WOOD, k.INK, 5, 46)
    press = k.rect(420, 404, 360, 52, "#eef1f4", k.INK, 5, 10)
    body = (
        _pipe()
        + block
        + press
        + _band(440)
        + _band(760)
        + k.line(600, 250, 600, 610, k.GREEN, 4, "14 10")
        + k.measure(440, 640, 600, 640, "40～60", dy=66, colour=k.GREEN)
        + k.measure(600, 640, 760, 640, "40～60", dy=66, colour=k.GREEN)
        + k.note(980, 210, "两道箍对称", (770, 270), k.GREEN)
        + k.note(330, 200, "压块压正塞头", (560, 410), k.GREEN)
    )
    return k.page(body, True, "加垫上箍　8～12 N·m")


def plug_clamp_wrong() -> str:
    plug = k.group(k.rect(-70, -60, 140, 120, k.WOOD, k.INK, 5, 50), 640, 390, turn=14)
    spray = "".join(k.line(640 + 34 * i, 320, 680 + 90 * i, 190 - 10 * i, k.LIQUID_DARK, 7, "24 14") for i in range(4))
    body = (
        _pipe()
        + spray
        + plug
        + _band(500, 11)
        + k.drop(720, 610, 16)
        + k.drop(770, 660, 13)
        + k.arrow(640, 380, 700, 170, k.RED, 10)
        + k.note(300, 200, "只上一道，又歪", (486, 270), k.RED)
        + k.note(960, 660, "塞头被顶出来", (690, 420), k.RED)
    )
    return k.page(body, False, "单箍压偏")


def _ground(y: float = 640) -> str:
    return k.rect(0, y, 1200, 160, "#e6e2da", "none", 0) + k.line(0, y, 1200, y, k.STEEL, 5)


def clay_ball_right() -> str:
    ball = k.circle(260, 280, 90, k.CLAY, k.CLAY_DARK, 5) + k.arrow(260, 400, 260, 590, k.STEEL, 7, "18 12")
    lobes = (
        k.path("M610 640 C600 540 660 500 720 520 L730 640Z", k.CLAY, k.CLAY_DARK, 5)
        + k.path("M742 640 L736 510 C800 480 850 530 840 640Z", k.CLAY, k.CLAY_DARK, 5)
        + k.path("M852 640 C856 560 900 520 960 560 C990 590 990 640 990 640Z", k.CLAY, k.CLAY_DARK, 5)
    )
    body = (
        _ground()
        + ball
        + lobes
        + k.measure(140, 290, 140, 636, "齐胸", dx=-6, dy=10)
        + k.note(820, 360, "裂三四瓣，不散", (780, 520), k.GREEN)
        + k.tag(760, 740, "水分 18%～22%", k.GREEN, 46, k.GREEN_SOFT)
    )
    return k.page(body, True, "握团、松手、看裂")


def clay_ball_wrong() -> str:
    crumbs = "".join(
        k.circle(x, 636 - (y - 560) ** 2 / 160, 10 + y % 14, k.CLAY, k.CLAY_DARK, 3)
        for x, y in k.scatter(30, 130, 560, 380, 80, 22)
    )
    puddle = k.path("M680 640 C690 580 780 560 880 566 C1010 560 1100 590 1110 640Z", "#b98a4e", k.CLAY_DARK, 5)
    shine = k.path("M760 604 C820 584 920 580 980 590", "none", "#e7c893", 7)
    body = (
        _ground()
        + crumbs
        + puddle
        + shine
        + k.drop(1000, 520, 14)
        + k.drop(800, 500, 12)
        + k.line(600, 180, 600, 760, k.LINE, 4)
        + k.tag(310, 420, "太干：一摔成渣", k.RED, 44, k.RED_SOFT)
        + k.tag(890, 420, "太湿：摔成饼", k.RED, 44, k.RED_SOFT)
    )
    return k.page(body, False, "水分不对")


def _flanges() -> str:
    pipes = k.rect(60, 520, 480, 190, k.METAL, k.INK, 5) + k.rect(660, 520, 480, 190, k.METAL, k.INK, 5)
    plates = k.rect(480, 400, 84, 320, k.METAL_DARK, k.INK, 5) + k.rect(636, 400, 84, 320, k.METAL_DARK, k.INK, 5)
    return pipes + plates + k.text(230, 640, "窑气", 44, k.STEEL, weight=600)


def clay_layers_right() -> str:
    base = k.path("M566 400 L634 400 L634 560 L566 560Z", "#b07f47", k.CLAY_DARK, 4)
    low = k.path("M420 400 L780 400 L740 350 L460 350Z", k.CLAY, k.CLAY_DARK, 4)
    cloth = "".join(k.line(452 + i * 20, 344, 468 + i * 20, 324, k.PAPER, 6) for i in range(15)) + k.rect(
        444, 320, 312, 28, "none", k.STEEL, 4
    )
    top = k.path(
        "M360 400 C420 330 440 300 500 290 L700 290 C760 300 780 330 840 400 L780 400 L756 320 L444 320 L420 400Z",
        "#dfb87c",
        k.CLAY_DARK,
        4,
    )
    body = (
        _flanges()
        + base
        + low
        + cloth
        + top
        + k.note(960, 230, "面层压光", (700, 300), k.GREEN)
        + k.note(250, 230, "玻璃丝布", (470, 334), k.GREEN)
        + k.note(980, 470, "底层压进缝", (610, 470), k.GREEN)
        + k.note(230, 460, "边缘成斜坡", (376, 392), k.GREEN)
        + k.measure(890, 290, 890, 400, "25～35", dx=92, dy=14)
    )
    return k.page(body, True, "三层咬合")


def clay_layers_wrong() -> str:
    lump = k.path("M400 400 C370 250 480 170 600 176 C740 170 840 260 800 400Z", k.CLAY, k.CLAY_DARK, 5)
    crack = k.path("M600 520 L588 450 L612 390 L590 320 L616 250 L602 176", "none", k.INK, 9)
    wet = k.ellipse(600, 330, 120, 60, "#a9793f", "none", 0)
    body = (
        _flanges()
        + lump
        + wet
        + crack
        + k.gas(610, 168, 0.9, k.RED)
        + k.note(970, 260, "外干里湿", (700, 320), k.RED)
        + k.note(230, 260, "裂缝直通漏点", (592, 400), k.RED)
        + k.measure(880, 176, 880, 400, "80 mm", dx=100, dy=100, colour=k.RED)
    )
    return k.page(body, False, "一次糊成疙瘩")


PICTURES = {
    "plug-shape": plug_shape,
    "plug-fit-right": plug_fit_right,
    "plug-fit-wrong": plug_fit_wrong,
    "plug-clamp-right": plug_clamp_right,
    "plug-clamp-wrong": plug_clamp_wrong,
    "clay-ball-right": clay_ball_right,
    "clay-ball-wrong": clay_ball_wrong,
    "clay-layers-right": clay_layers_right,
    "clay-layers-wrong": clay_layers_wrong,
}
