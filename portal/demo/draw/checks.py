"""Daily checks of a truck and how a loader takes bulk."""

from __future__ import annotations

from math import cos, radians, sin

from portal.demo.draw import kit as k
from portal.demo.draw import machines as m


def _nuts(cx: float, cy: float, r: float, loose: bool) -> str:
    out = ""
    for i in range(6):
        a = radians(60 * i - 90)
        x, y = cx + r * cos(a), cy + r * sin(a)
        turn = 38 if loose and i in (1, 4) else 0
        nut = k.poly(
            [(cos(radians(60 * j)) * 22, sin(radians(60 * j)) * 22) for j in range(6)], k.METAL, k.INK, 4
        ) + k.line(0, 0, 0, -20, k.RED if turn else k.GREEN, 7)
        out += k.group(nut, x, y, turn=60 * i + turn) + k.line(
            x + cos(a) * 24, y + sin(a) * 24, x + cos(a) * 44, y + sin(a) * 44, k.GREEN, 7
        )
    return out


def _tyre(bulge: bool) -> str:
    tread = "".join(k.group(k.rect(-12, -282, 24, 30, k.RUBBER, k.INK, 3), 400, 430, turn=i * 15) for i in range(24))
    lump = k.path("M600 600 q110 20 64 -110", k.RUBBER, k.RED, 7) if bulge else ""
    return (
        lump
        + tread
        + k.circle(400, 430, 262, k.RUBBER, k.INK, 5)
        + k.circle(400, 430, 160, "#dfe4e9", k.INK, 5)
        + k.circle(400, 430, 48, k.METAL_DARK, k.INK, 5)
        + _nuts(400, 430, 100, bulge)
    )


def tyre_check_right() -> str:
    body = (
        _tyre(False)
        + k.gauge(930, 380, 170, 0.52, "0.80", (0.42, 0.64))
        + k.path("M640 560 C760 640 860 620 920 552", "none", k.INK, 9)
        + k.tag(930, 610, "MPa", k.STEEL)
        + k.note(860, 720, "防松线一条直线", (486, 382), k.GREEN)
    )
    return k.page(body, True, "胎压 0.75～0.85 MPa")


def tyre_check_wrong() -> str:
    body = (
        _tyre(True)
        + k.gauge(930, 380, 170, 0.2, "0.52", (0.42, 0.64))
        + k.note(880, 640, "胎侧鼓包", (655, 540), k.RED)
        + k.note(240, 752, "防松线错位", (314, 482), k.RED)
        + k.note(1010, 190, "气压不足", (830, 362), k.RED)
    )
    return k.page(body, False, "带病轮胎不出车")


def _chain(pitch: float, wear: float) -> str:
    links = ""
    for i in range(9):
        x = 130 + i * pitch
        links += k.rect(x - 16, 360, pitch + 32 - wear, 76, "#9aa5b0" if i % 2 else k.METAL, k.INK, 5, 38)
    pins = "".join(k.circle(130 + i * pitch, 398, 17, "#5d666f", k.INK, 4) for i in range(10))
    return links + pins


def chain_gauge_right() -> str:
    ruler = k.rect(110, 520, 940, 86, "#fff7d8", k.INK, 5, 8) + "".join(
        k.line(x, 520, x, 560 if i % 5 else 580, k.INK, 3) for i, x in enumerate(range(130, 1040, 20))
    )
    body = (
        _chain(98, 0)
        + ruler
        + k.line(1012, 330, 1012, 640, k.GREEN, 6, "16 10")
        + k.line(1044, 500, 1044, 640, k.RED, 8)
        + k.note(900, 240, "十七节长没到停用线", (1012, 350), k.GREEN)
        + k.tag(600, 720, "拉长率 0.8%（≤2%）", k.GREEN, 46, k.GREEN_SOFT)
    )
    return k.page(body, True, "量规卡链")


def chain_gauge_wrong() -> str:
    ruler = k.rect(110, 520, 940, 86, "#fff7d8", k.INK, 5, 8) + "".join(
        k.line(x, 520, x, 560 if i % 5 else 580, k.INK, 3) for i, x in enumerate(range(130, 1040, 20))
    )
    rust = "".join(k.circle(x, y, 5, "#b4532a", "none", 0) for x, y in k.scatter(40, 120, 436, 920, 50, 14))
    body = (
        _chain(104, 16)
        + rust
        + ruler
        + k.line(1066, 330, 1066, 640, k.RED, 6, "16 10")
        + k.line(1044, 500, 1044, 640, k.RED, 8)
        + k.note(860, 240, "超过停用线", (1066, 350), k.RED)
        + k.note(270, 240, "销轴红锈粉", (338, 450), k.RED)
        + k.tag(600, 720, "拉长率 2.6%：停用，两条一起换", k.RED, 46, k.RED_SOFT)
    )
    return k.page(body, False, "链条在喊疼")


def _bucket(turn: float) -> str:
    return k.group(k.path("M0 -60 Q-20 40 30 64 L210 70 L196 56 L60 40 Q36 0 60 -60Z", "#5d666f", k.INK, 6), turn=turn)


def scoop_angle_right() -> str:
    pile = k.path("M690 680 Q840 520 930 330 Q1000 190 1090 170 L1200 170 L1200 680Z", "#d8b58a", k.CLAY_DARK, 5)
    body = (
        m.ground()
        + pile
        + k.group(m.loader(_bucket(-4), (560, -70)), 110, 680, scale=1.0)
        + k.path("M660 676 h240", "none", k.GREEN, 5, "14 10")
        + k.arrow(620, 750, 860, 750, k.GREEN, 10)
        + k.note(600, 300, "斗底夹角 3°～5°", (800, 664), k.GREEN)
        + k.tag(400, 760, "贴地平插，吃进三分之二", k.GREEN)
    )
    return k.page(body, True, "平插入堆")


def scoop_angle_wrong() -> str:
    pile = k.path(
        "M860 680 Q790 600 812 540 Q850 480 880 430 Q960 240 1090 170 L1200 170 L1200 680Z", "#d8b58a", k.CLAY_DARK, 5
    )
    crack = k.path("M1060 176 l-20 60 l24 50 l-22 60", "none", k.RED, 7)
    body = (
        m.ground()
        + pile
        + crack
        + k.group(m.loader(_bucket(30), (560, -120)), 110, 680)
        + k.path("M786 664 l-30 16 M800 676 l-16 30 M820 680 l10 34", "none", k.RED, 6)
        + k.note(560, 250, "斗尖扎地 30°", (780, 650), k.RED)
        + k.note(1000, 740, "坡脚掏空", (836, 590), k.RED)
        + k.note(860, 190, "堆顶裂缝", (1046, 240), k.RED)
    )
    return k.page(body, False, "啃地掏洞")


def _bucket_front(fill: str) -> str:
    return (
        fill
        + k.path("M240 300 L280 620 Q600 680 920 620 L960 300", "none", k.INK, 16)
        + "".join(k.rect(270 + i * 106, 640, 50, 60, "#5d666f", k.INK, 4, 6) for i in range(7))
    )


def scoop_fill_right() -> str:
    full = k.path("M250 306 Q600 270 950 306 L918 614 Q600 668 284 614Z", "#d8b58a", k.CLAY_DARK, 4)
    grains = "".join(k.circle(x, y, 9, "#c39a66", "none", 0) for x, y in k.scatter(70, 310, 330, 580, 270, 30))
    body = (
        _bucket_front(full + grains)
        + k.line(200, 300, 1000, 300, k.GREEN, 5, "18 12")
        + k.note(600, 210, "料面与斗沿平齐", (600, 292), k.GREEN)
    )
    return k.page(body, True, "满斗不外溢")


def scoop_fill_wrong() -> str:
    sides = k.path(
        "M250 306 Q320 190 420 210 Q470 330 430 420 Q520 360 620 400 Q760 360 780 420 Q730 320 790 210 Q880 190 950 306 L918 614 Q600 668 284 614Z",
        "#d8b58a",
        k.CLAY_DARK,
        4,
    )
    hollow = k.ellipse(600, 500, 170, 70, k.MIST, k.CLAY_DARK, 4)
    spill = "".join(
        k.circle(x, y, 9, "#c39a66", k.CLAY_DARK, 2)
        for x, y in [*k.scatter(14, 120, 300, 100, 420, 40), *k.scatter(15, 985, 300, 100, 420, 40)]
    )
    body = (
        _bucket_front(sides + hollow)
        + spill
        + k.note(600, 320, "里面架空", (600, 480), k.RED)
        + k.note(1020, 210, "两边外溢", (1010, 330), k.RED)
    )
    return k.page(body, False, "看着满，其实空半斗")


PICTURES = {
    "tyre-check-right": tyre_check_right,
    "tyre-check-wrong": tyre_check_wrong,
    "chain-gauge-right": chain_gauge_right,
    "chain-gauge-wrong": chain_gauge_wrong,
    "scoop-angle-right": scoop_angle_right,
    "scoop-angle-wrong": scoop_angle_wrong,
    "scoop-fill-right": scoop_fill_right,
    "scoop-fill-wrong": scoop_fill_wrong,
}
