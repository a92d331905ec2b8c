"""Carbonation: the tower, the settling test, the scrubber, the alarm panel, washing."""

from __future__ import annotations

from collections.abc import Sequence

from portal.demo.draw import kit as k

HOT, WARM, COOL, COLD = "#e2725b", "#f0b27a", "#a9cdea", "#6aa5d6"


def tower(x: float, bands: Sequence[str], w: float = 220) -> str:
    """A tower of equal rings from the top down, its caps drawn inside."""
    h = 560 / len(bands)
    rings = "".join(k.rect(x, 170 + i * h, w, h, c, k.INK, 3) for i, c in enumerate(bands))
    caps = "".join(
        k.path(f"M{x + w * 0.3} {170 + i * h + h * 0.7} q{w * 0.2} {-h * 0.5} {w * 0.4} 0", "none", k.INK, 4)
        for i in range(len(bands))
    )
    head = k.path(f"M{x} 170 q{w / 2} -60 {w} 0Z", k.METAL, k.INK, 4) + k.rect(x, 170, w, 560, "none", k.INK, 7)
    return head + rings + caps


def _curve_box(x: float = 640) -> str:
    grid = "".join(k.line(x, y, x + 480, y, k.LINE, 2) for y in range(170, 731, 80))
    return (
        k.rect(x, 170, 480, 560, k.PAPER, k.LINE, 3)
        + grid
        + k.text(x + 20, 714, "低", 34, k.STEEL, "start")
        + k.text(x + 460, 714, "温度 高", 34, k.STEEL, "end")
    )


def tower_profile_right() -> str:
    bands = [WARM, HOT, HOT, WARM, COOL, COLD, COLD]
    curve = k.thermometer_curve([(800, 190), (1020, 330), (1010, 410), (860, 540), (730, 640), (700, 720)], k.GREEN)
    body = (
        tower(160, bands)
        + _curve_box()
        + k.rect(960, 290, 110, 150, k.GREEN_SOFT, k.GREEN, 3, 8)
        + curve
        + k.note(500, 330, "60～68℃", (370, 330), k.GREEN, 44)
        + k.note(510, 700, "26～32℃", (372, 690), k.BLUE, 44)
        + k.arrow(120, 250, 158, 250, k.BLUE)
        + k.arrow(120, 640, 158, 640, k.STEEL)
        + k.text(70, 232, "液", 40, k.BLUE)
        + k.text(70, 655, "气", 40, k.STEEL)
    )
    return k.page(body, True, "中间热、两头凉")


def tower_profile_wrong() -> str:
    bands = [COOL, WARM, WARM, WARM, HOT, HOT, WARM]
    curve = k.thermometer_curve([(720, 190), (790, 330), (850, 440), (1010, 560), (1020, 640), (900, 720)], k.RED)
    body = (
        tower(160, bands)
        + _curve_box()
        + curve
        + k.note(500, 560, "热区下移", (370, 560), k.RED, 44)
        + k.note(510, 700, "出碱 36℃", (372, 700), k.RED, 44)
        + "".join(k.circle(x, y, 5, k.INK, k.INK, 0) for x, y in k.scatter(9, 180, 742, 180, 28, 12))
    )
    return k.page(body, False, "冷却段太热")


def _cylinder(x: float, clear: float, cloudy: bool) -> str:
    top, low = 190, 710
    level = top + (low - top) * clear
    upper = "#d7dfb4" if cloudy else "#e4f1fb"
    edge = (
        f"M{x} {level} q20 -34 40 0 q20 40 40 4 q22 -46 44 -4 q22 34 56 0"
        if cloudy
        else f"M{x} {level} L{x + 180} {level}"
    )
    specks = (
        "".join(
            k.circle(a, b, 5, k.PAPER, k.STEEL, 1.5)
            for a, b in k.scatter(24, x + 14, top + 44, 152, level - top - 80, 16)
        )
        if cloudy
        else ""
    )
    body = (
        k.rect(x, top + 30, 180, level - top - 30, upper, "none", 0)
        + k.rect(x, level, 180, low - level, "#f6f3e7", "none", 0)
        + specks
    )
    grain = "".join(
        k.circle(a, b, 3 if cloudy else 7, "#c9c1a2", "none", 0)
        for a, b in k.scatter(60, x + 12, level + 46, 156, low - level - 60, 13)
    )
    marks = "".join(
        k.line(x, y, x + (50 if i % 5 == 0 else 26), y, k.STEEL, 3) for i, y in enumerate(range(230, 700, 24))
    )
    glass = k.rect(x, top, 180, low - top, "none", k.INK, 6, 10) + k.rect(x - 40, low, 260, 34, k.METAL, k.INK, 5, 8)
    return body + grain + marks + k.path(edge, "none", k.RED if cloudy else k.GREEN, 8) + glass


def settling_right() -> str:
    body = (
        _cylinder(260, 0.52, False)
        + k.gauge(860, 400, 190, 0.45, "85 秒", (0.28, 0.6))
        + k.note(600, 230, "上层清亮", (390, 300), k.GREEN)
        + k.note(610, 560, "界面一条线", (436, 462), k.GREEN)
    )
    return k.page(body, True, "碱浆沉降 60～110 秒")


def settling_wrong() -> str:
    body = (
        _cylinder(260, 0.3, True)
        + k.gauge(860, 400, 190, 0.9, "140 秒", (0.28, 0.6))
        + k.note(600, 230, "上层浑黄", (390, 300), k.RED)
        + k.note(610, 560, "界面发毛", (436, 360), k.RED)
    )
    return k.page(body, False, "晶体太细")


def _scrubber(level: float) -> str:
    packing = "".join(
        k.circle(380 + (i % 7) * 52, 300 + (i // 7) * 46, 20, k.PAPER, k.METAL_DARK, 4) for i in range(28)
    )
    pool = k.rect(350, level, 360, 700 - level, k.LIQUID, k.LIQUID_DARK, 4)
    shell = (
        k.rect(350, 180, 360, 520, "none", k.INK, 8, 30)
        + k.rect(350, 262, 360, 8, k.INK, "none", 0)
        + k.rect(350, 500, 360, 8, k.INK, "none", 0)
    )
    seal = k.path("M710 640 h120 v-90 h60", "none", k.INK, 26) + k.path("M710 640 h120 v-90 h60", "none", k.METAL, 14)
    sight = (
        k.rect(250, 530, 60, 170, k.PAPER, k.INK, 5, 8)
        + k.rect(250, 586, 60, 58, k.GREEN_SOFT, k.GREEN, 3)
        + k.line(244, level, 316, level, k.RED if level > 650 else k.GREEN, 9)
    )
    return packing + pool + shell + seal + sight


def scrubber_level_right() -> str:
    body = (
        _scrubber(612)
        + k.arrow(530, 480, 530, 290, k.STEEL, 9)
        + k.arrow(150, 560, 346, 560, k.STEEL, 9)
        + k.text(130, 530, "尾气", 42, k.STEEL)
        + k.arrow(600, 140, 600, 250, k.BLUE, 9)
        + k.text(700, 170, "洗水", 42, k.BLUE)
        + k.note(960, 400, "气走填料", (560, 390), k.GREEN)
        + k.note(1000, 660, "液封完好", (790, 640), k.GREEN)
        + k.note(150, 740, "35%～65%", (280, 620), k.GREEN)
    )
    return k.page(body, True, "液位居中")


def scrubber_level_wrong() -> str:
    body = (
        _scrubber(680)
        + k.arrow(150, 560, 346, 560, k.STEEL, 9)
        + k.path("M400 570 C560 600 640 640 720 640 C800 640 830 620 830 552 L900 550", "none", k.RED, 9, "24 14")
        + k.gas(980, 540, 0.9, k.RED)
        + k.note(980, 690, "液封跑气", (840, 570), k.RED)
        + k.note(150, 740, "液位 12%", (280, 682), k.RED)
        + k.text(130, 530, "尾气", 42, k.STEEL)
    )
    return k.page(body, False, "气从液封短路")


def _panel(lamps: dict[int, str]) -> str:
    body = k.rect(110, 160, 700, 560, "#3b424a", k.INK, 6, 18)
    for i in range(15):
        x, y = 160 + i % 5 * 126, 210 + i // 5 * 120
        body += k.rect(x, y, 100, 80, lamps.get(i, "#5b646e"), k.INK, 4, 10)
    return (
        body
        + k.rect(190, 600, 220, 80, "#d9dde1", k.INK, 4, 14)
        + k.text(300, 654, "消音", 42)
        + k.rect(500, 600, 220, 80, k.ORANGE, k.INK, 4, 14)
        + k.text(610, 654, "复位", 42)
    )


def alarm_panel_right() -> str:
    lamps = dict.fromkeys((1, 2, 6, 8, 12), "#e0564b") | {3: "#ffd54a"}
    pad = (
        k.rect(900, 330, 240, 320, k.PAPER, k.INK, 5, 12)
        + k.text(1020, 400, "01:07:12", 46, k.GREEN, weight=700)
        + "".join(k.line(930, y, 1110, y, k.LINE, 4) for y in (450, 500, 550, 600))
    )
    body = (
        _panel(lamps)
        + k.circle(588, 250, 92, "none", k.GREEN, 9)
        + k.note(960, 220, "首出信号", (680, 250), k.GREEN, 44)
        + pad
        + k.tag(1020, 710, "三十秒只看不动", k.GREEN, 38, k.GREEN_SOFT)
    )
    return k.page(body, True, "先找首出")


def alarm_panel_wrong() -> str:
    lamps = dict.fromkeys((1, 2, 6, 8, 12), "#e0564b")
    hand = k.path(
        "M1040 760 L1040 640 C1040 600 960 620 880 640 L760 640 C720 640 720 690 760 690 L900 700 L900 760Z",
        "#f1c7a5",
        k.INK,
        5,
    )
    body = (
        _panel(lamps)
        + hand
        + k.circle(588, 250, 92, "none", k.RED, 6)
        + k.note(980, 250, "首出记录丢了", (680, 250), k.RED, 44)
        + k.note(980, 480, "一响就按复位", (730, 620), k.RED, 44)
    )
    return k.page(body, False, "抢着复位")


def _wash(scale: float, even: bool) -> str:
    left = "".join(
        k.path(f"M370 {y} q{scale * (1.0 if even else 1.4)} 35 0 70Z", k.CREAM, k.CLAY_DARK, 4)
        for y in range(190, 690, 72)
    )
    right = "".join(
        k.path(f"M830 {y} q{-scale * (1.0 if even else 1.4)} 35 0 70Z", k.CREAM, k.CLAY_DARK, 4)
        for y in range(190, 690, 72)
    )
    return (
        k.rect(370, 170, 460, 560, "#e4f1fb", "none", 0)
        + left
        + right
        + k.rect(370, 170, 460, 560, "none", k.INK, 9, 20)
    )


def wash_flow_right() -> str:
    bubbles = "".join(
        k.circle(x, y, 12 + y % 12, k.PAPER, k.LIQUID_DARK, 4) for x, y in k.scatter(26, 430, 220, 340, 470, 56)
    )
    body = (
        _wash(30, True)
        + bubbles
        + k.arrow(520, 140, 520, 330, k.BLUE, 12)
        + k.arrow(680, 760, 680, 560, k.STEEL, 12)
        + k.note(200, 240, "清洗液下行", (510, 200), k.BLUE)
        + k.note(1000, 690, "窑气上行", (690, 690), k.STEEL)
        + k.note(1000, 380, "48～54℃", (700, 420), k.GREEN, 46)
        + k.note(190, 520, "疤层变薄", (384, 520), k.GREEN)
    )
    return k.page(body, True, "逆流鼓泡")


def wash_flow_wrong() -> str:
    body = (
        _wash(110, False)
        + k.arrow(600, 140, 600, 700, k.BLUE, 14)
        + k.note(1000, 300, "没有鼓泡", (640, 350), k.RED)
        + k.note(190, 520, "疤没动", (420, 520), k.RED)
        + k.note(1000, 620, "只走中间一条", (610, 600), k.RED)
    )
    return k.page(body, False, "有液没有气")


PICTURES = {
    "tower-profile-right": tower_profile_right,
    "tower-profile-wrong": tower_profile_wrong,
    "settling-right": settling_right,
    "settling-wrong": settling_wrong,
    "scrubber-level-right": scrubber_level_right,
    "scrubber-level-wrong": scrubber_level_wrong,
    "alarm-panel-right": alarm_panel_right,
    "alarm-panel-wrong": alarm_panel_wrong,
    "wash-flow-right": wash_flow_right,
    "wash-flow-wrong": wash_flow_wrong,
}
