"""What happened: one explanatory picture for each case, and one for each studio."""

from __future__ import annotations

from portal.demo.draw import kit as k
from portal.demo.draw import machines as m
from portal.demo.draw import towers


def _cap(x: float, scarred: bool) -> str:
    cap = k.path(f"M{x - 190} 560 Q{x - 170} 330 {x} 320 Q{x + 170} 330 {x + 190} 560", "none", k.INK, 26) + k.path(
        f"M{x - 190} 560 Q{x - 170} 330 {x} 320 Q{x + 170} 330 {x + 190} 560", "none", k.METAL, 16
    )
    stem = k.rect(x - 70, 440, 140, 260, k.METAL_DARK, k.INK, 5)
    crust = (
        "".join(
            k.circle(a, b, 17, k.CREAM, k.CLAY_DARK, 2)
            for a, b in [*k.scatter(22, x - 210, 520, 90, 90, 18), *k.scatter(23, x + 116, 520, 90, 90, 18)]
        )
        if scarred
        else ""
    )
    return stem + cap + crust


def tower_plug() -> str:
    body = (
        k.line(600, 160, 600, 760, k.LINE, 4)
        + _cap(300, False)
        + _cap(900, True)
        + k.arrow(300, 430, 130, 640, k.BLUE, 10)
        + k.arrow(300, 430, 470, 640, k.BLUE, 10)
        + k.arrow(900, 430, 800, 560, k.RED, 5)
        + k.arrow(900, 430, 1000, 560, k.RED, 5)
        + k.tag(300, 250, "气道通畅", k.GREEN, 46, k.GREEN_SOFT)
        + k.tag(900, 250, "细晶挂疤，气道变窄", k.RED, 46, k.RED_SOFT)
        + k.tag(300, 756, "进塔 40℃", k.GREEN)
        + k.tag(900, 756, "进塔 34℃", k.RED)
    )
    return k.page(body, None, "笠帽边缘")


def splash() -> str:
    zone = k.poly([(420, 300), (1160, 130), (1160, 590)], k.RED_SOFT, k.RED, 4)
    pipe = k.rect(330, 150, 90, 600, k.METAL, k.INK, 5) + k.circle(420, 340, 20, k.LIQUID_DARK, k.INK, 4)
    valve = k.poly([(320, 640), (430, 720), (430, 640), (320, 720)], k.ORANGE, k.INK, 5)
    jets = "".join(k.line(440, 340, 1000, 220 + i * 60, k.LIQUID_DARK, 6, "24 16") for i in range(5))

    def head(x: float, y: float, c: str) -> str:
        return k.ellipse(x, y, 64, 36, c, k.INK, 4) + k.circle(x, y, 30, "#f5d04c", k.INK, 4)

    body = (
        zone
        + pipe
        + valve
        + jets
        + head(560, 600, "#ef7d32")
        + head(210, 680, "#3f7ac0")
        + head(900, 330, "#ef7d32")
        + k.path("M860 290 l80 80 M940 290 l-80 80", "none", k.RED, 12)
    )
    body += (
        k.note(900, 470, "正面是喷射区", (900, 380), k.RED)
        + k.note(790, 720, "堵漏人站侧面", (600, 620), k.GREEN)
        + k.note(180, 560, "监护人守阀", (210, 650), k.BLUE)
    )
    return k.page(body, None, "站位俯视")


def flange_gap() -> str:
    plates = k.rect(430, 220, 90, 440, k.METAL_DARK, k.INK, 5) + k.poly(
        [(560, 220), (650, 220), (694, 660), (604, 660)], k.METAL_DARK, k.INK, 5
    )
    pipes = k.rect(60, 280, 370, 300, k.METAL, k.INK, 5) + k.poly(
        [(654, 280), (1140, 320), (1140, 620), (684, 580)], k.METAL, k.INK, 5
    )
    foot = k.poly([(900, 610), (980, 616), (1000, 740), (880, 740)], k.STEEL, k.INK, 5) + k.rect(
        840, 740, 200, 20, k.INK, k.INK, 0
    )
    body = (
        pipes
        + plates
        + foot
        + k.gas(566, 760, 0.7, k.RED)
        + k.measure(520, 690, 604, 690, "9 mm", dx=-110, dy=12, colour=k.RED)
        + k.note(790, 200, "上半圈贴合", (545, 250), k.STEEL)
        + k.note(250, 720, "下半圈张口", (560, 640), k.RED)
        + k.arrow(1090, 640, 1090, 740, k.RED, 9)
        + k.tag(1040, 520, "支座下沉 14 mm", k.RED)
    )
    return k.page(body, None, "窑气法兰为什么张口")


def restart() -> str:
    marks = (
        (110, "0 分", "三泵跳闸", k.RED),
        (340, "1 分", "关出碱阀", k.AMBER),
        (560, "3 分", "报中控", k.AMBER),
        (790, "9 分", "热母液反冲", k.BLUE),
        (1060, "38 分", "负荷恢复", k.GREEN),
    )
    body = k.line(90, 440, 1120, 440, k.INK, 10)
    for i, (x, when, what, colour) in enumerate(marks):
        up = i % 2 == 0
        body += (
            k.circle(x, 440, 26, colour, k.PAPER, 6)
            + k.tag(x + (60 if i == 0 else -30 if i == 4 else 0), 330 if up else 590, what, colour, 44)
            + k.text(x, 396 if up else 520, when, 38, k.STEEL, weight=700)
            + k.line(x, 410 if up else 470, x, 400 if up else 478, colour, 5)
        )
    bars = "".join(k.rect(820 + i * 40, 740 - i * 18, 30, 20 + i * 18, k.GREEN, "none", 0, 4) for i in range(8))
    return k.page(body + bars + k.text(690, 740, "每次加一成", 40, k.STEEL), None, "晃电 0.6 秒之后")


def float_gauge() -> str:
    crystals = "".join(k.rect(x, y, 16, 16, k.PAPER, k.LIQUID_DARK, 3) for x, y in k.scatter(26, 540, 330, 120, 60, 16))
    body = (
        k.rect(470, 160, 260, 580, "#eef5fa", k.INK, 7, 20)
        + k.rect(474, 650, 252, 86, k.LIQUID, "none", 0)
        + k.line(600, 170, 600, 730, k.STEEL, 8)
        + k.ellipse(600, 440, 84, 44, k.ORANGE, k.INK, 5)
        + crystals
        + k.line(474, 650, 726, 650, k.BLUE, 7)
        + k.note(950, 330, "结晶卡住导杆", (650, 360), k.RED)
        + k.note(950, 450, "浮子停在 52%", (684, 440), k.RED)
        + k.note(950, 660, "真实液位 12%", (726, 650), k.BLUE)
        + k.rect(110, 330, 250, 200, "#12303a", k.INK, 6, 12)
        + k.text(235, 460, "52%", 78, "#7ef0b3", weight=700)
        + k.tag(235, 600, "画面很漂亮", k.STEEL)
    )
    return k.page(body, None, "太平的直线要当心")


def blind_spot() -> str:
    zone = k.path("M300 250 L60 150 L60 690 L300 590Z", k.RED_SOFT, k.RED, 4, "16 10")
    person = k.ellipse(170, 430, 56, 34, "#ef7d32", k.INK, 4) + k.circle(170, 430, 28, "#f5d04c", k.INK, 4)
    walk = k.rect(880, 660, 280, 70, k.PAPER, "none", 0) + "".join(
        k.rect(900 + i * 44, 666, 26, 58, "#f2c230", "none", 0) for i in range(6)
    )
    body = (
        zone
        + k.group(m.truck_from_above(1.4), 310, 420)
        + person
        + walk
        + k.arrow(300, 660, 150, 660, k.RED, 10)
        + k.double_arrow(90, 180, 90, 660, k.RED, 5)
        + k.tag(200, 220, "1.8 米", k.RED)
        + k.note(520, 720, "镜子照不着", (230, 560), k.RED)
        + k.note(1000, 600, "人走这里", (1020, 664), k.GREEN)
    )
    return k.page(body, None, "放货后倒车的头两米")


def bag_corner() -> str:
    rows = (("吊带根部内侧", 34, k.RED), ("袋底挤破", 3, k.AMBER), ("袋身划伤", 0, k.STEEL), ("缝线开裂", 0, k.STEEL))
    body = ""
    for i, (name, count, colour) in enumerate(rows):
        y = 210 + i * 130
        body += (
            k.text(360, y + 52, name, 42, k.INK, "end", 600)
            + k.rect(390, y, max(6, count * 17), 74, colour, "none", 0, 8)
            + k.text(410 + count * 17 + 20, y + 52, f"{count} 袋", 44, colour, "start", 700)
        )
    return k.page(body + k.tag(600, 744, "数完部位，才知道刀在哪里", k.RED, 44, k.RED_SOFT), None, "三十七袋破在哪里")


def rain_cover() -> str:
    stack = (
        k.group(m.boards(420, 300, 14), 400, 640)
        + k.rect(430, 640, 60, 40, k.WOOD, k.INK, 4)
        + k.rect(730, 640, 60, 40, k.WOOD, k.INK, 4)
    )
    cover = k.path("M380 600 L380 330 L600 296 L850 330 L850 560", "none", "#2f6fb0", 18)
    wind = "".join(k.arrow(90, y, 300, y + 30, k.BLUE, 9) for y in (260, 380, 500))
    rain = "".join(k.drop(x, y, 10) for x, y in k.scatter(24, 90, 170, 900, 110, 60))
    body = (
        m.ground()
        + stack
        + cover
        + wind
        + rain
        + k.note(180, 640, "迎风面先盖、压三道绳", (380, 560), k.GREEN, 34)
        + k.measure(900, 600, 900, 676, "200 mm", dx=110, dy=12, colour=k.GREEN)
        + k.note(980, 420, "绳结在背风面", (852, 500), k.STEEL)
    )
    return k.page(body, None, "先看风旗再盖布")


def collapse() -> str:
    pile = k.path(
        "M600 680 Q560 620 590 560 Q640 520 660 470 Q760 260 900 200 L1200 190 L1200 680Z", "#d8b58a", k.CLAY_DARK, 5
    )
    fallen = k.path("M520 680 Q600 600 690 650 Q720 670 760 680Z", "#c39a66", k.CLAY_DARK, 4)
    body = (
        m.ground()
        + pile
        + fallen
        + k.path("M880 206 l-22 66 l26 58 l-30 70", "none", k.RED, 8)
        + k.group(m.loader("", (430, -150)), 40, 680, scale=0.86)
        + k.arrow(460, 740, 240, 740, k.GREEN, 12)
    )
    body += (
        k.note(1010, 330, "两指宽裂缝", (866, 320), k.RED)
        + k.note(560, 400, "坡脚悬空 1.2 米", (590, 590), k.RED)
        + k.tag(360, 250, "“退！退！退！”", k.GREEN, 48, k.GREEN_SOFT)
    )
    return k.page(body, None, "八秒之后塌下 90 吨")


def water_tree() -> str:
    tree = "".join(
        k.path(f"M600 300 q{dx} 70 {dx * 1.7} 190 m{-dx} -110 q{dx * 0.6} 30 {dx * 1.3} 70", "none", "#5b97c9", 6)
        for dx in (-60, -22, 18, 56)
    )
    body = (
        k.rect(60, 250, 1080, 260, "#efe6cc", k.INK, 5)
        + k.rect(60, 510, 1080, 150, k.COPPER, k.INK, 5)
        + tree
        + k.path("M580 250 L600 304 L620 250Z", k.MIST, k.RED, 6)
        + "".join(k.drop(x, y, 11) for x, y in ((520, 220), (600, 190), (680, 226)))
    )
    body += (
        k.note(860, 190, "刀痕 0.6 mm", (612, 276), k.RED)
        + k.note(920, 420, "水樹往導體長", (660, 420), k.BLUE)
        + k.text(240, 400, "絕緣", 44, k.STEEL, weight=600)
        + k.text(240, 600, "導體", 44, k.PAPER, weight=600)
        + k.tag(600, 750, "三十四個月", k.RED, 46, k.RED_SOFT)
    )
    return k.page(body, None, "一圈刀痕的下場", hant=True)


def two_panels() -> str:
    def cabinet(x: float, number: str, colour: str) -> str:
        return (
            k.rect(x, 170, 320, 520, "#dfe4e8", k.INK, 6, 10)
            + k.rect(x + 30, 200, 260, 100, k.PAPER, colour, 6)
            + k.text(x + 160, 274, number, 72, colour, weight=700)
            + k.circle(x + 160, 480, 60, k.METAL, k.INK, 5)
            + k.rect(x + 144, 420, 32, 150, k.METAL_DARK, k.INK, 4, 10)
        )

    ticket = (
        k.rect(490, 300, 220, 280, k.PAPER, k.INK, 5, 8)
        + k.text(600, 370, "操作票", 42, k.STEEL)
        + k.text(600, 470, "207", 76, k.GREEN, weight=700)
        + "".join(k.line(520, y, 680, y, k.LINE, 4) for y in (510, 545))
    )
    body = (
        cabinet(90, "207", k.GREEN)
        + cabinet(790, "217", k.RED)
        + ticket
        + k.arrow(490, 440, 424, 440, k.GREEN, 10)
        + k.arrow(710, 440, 776, 440, k.RED, 10)
        + k.path("M728 410 l36 60 M764 410 l-36 60", "none", k.RED, 9)
        + k.tag(600, 750, "唱票、指牌、複誦兩遍", k.GREEN, 46, k.GREEN_SOFT)
    )
    return k.page(body, None, "只差一位", hant=True)


def studio_soda() -> str:
    bands = [towers.WARM, towers.HOT, towers.WARM, towers.COOL, towers.COLD]
    trio = "".join(towers.tower(x, bands, 150) for x in (120, 340, 560))
    pipes = k.line(100, 150, 730, 150, k.METAL_DARK, 16) + k.line(780, 560, 1200, 560, k.METAL_DARK, 22)
    return k.page(
        m.ground(730) + pipes + trio + m.worker(880, 730, 1.35, True) + m.worker(1030, 730, 1.2),
        None,
        "",
        ground="#eaf1f6",
    )


def studio_port() -> str:
    ship = (
        k.path("M560 560 L1180 560 L1120 680 L640 680Z", "#8c1d18", k.INK, 5)
        + k.rect(960, 430, 150, 130, k.PAPER, k.INK, 5)
        + k.rect(600, 480, 320, 80, k.METAL, k.INK, 5)
    )
    crane = (
        k.line(520, 690, 580, 190, k.STEEL, 16)
        + k.line(460, 690, 580, 190, k.STEEL, 16)
        + k.line(420, 230, 960, 200, k.STEEL, 14)
        + k.line(860, 206, 860, 400, k.INK, 5)
        + k.rect(820, 400, 80, 70, "#f7f8f9", k.INK, 4, 10)
    )
    return k.page(
        k.rect(0, 680, 1200, 120, k.LIQUID, "none", 0)
        + k.rect(0, 690, 560, 110, "#d9d4ca", k.INK, 5)
        + ship
        + crane
        + k.group(m.forklift(_bundle(), 40, 3), 60, 690, scale=0.8),
        None,
        "",
        ground="#eaf1f6",
    )


def _bundle() -> str:
    return k.group(m.boards(220, 140), 14, -8)


def studio_power() -> str:
    doors = "".join(
        k.rect(90 + i * 180, 200, 164, 500, "#dfe4e8", k.INK, 5, 8)
        + k.rect(110 + i * 180, 230, 124, 70, k.PAPER, k.STEEL, 4)
        + k.text(172 + i * 180, 282, f"20{i + 1}", 46, k.INK, weight=700)
        + k.circle(172 + i * 180, 470, 36, k.METAL, k.INK, 4)
        + k.circle(140 + i * 180, 340, 12, k.GREEN, k.INK, 3)
        for i in range(4)
    )
    bench = (
        k.rect(840, 560, 320, 26, k.WOOD, k.INK, 5)
        + k.rect(860, 586, 22, 114, k.WOOD_DARK, k.INK, 4)
        + k.rect(1116, 586, 22, 114, k.WOOD_DARK, k.INK, 4)
    )
    cable = (
        k.rect(860, 500, 110, 60, "#2f353b", k.INK, 4)
        + k.rect(970, 510, 80, 40, "#efe6cc", k.INK, 4)
        + k.rect(1050, 520, 80, 20, k.COPPER, k.INK, 4)
    )
    return k.page(
        m.ground(700) + doors + m.worker(1000, 700, 1.3, True) + bench + cable, None, "", hant=True, ground="#eef0e8"
    )


PICTURES = {
    "case-tower-plug": tower_plug,
    "case-splash": splash,
    "case-flange-gap": flange_gap,
    "case-restart": restart,
    "case-float": float_gauge,
    "case-blind-spot": blind_spot,
    "case-bag-corner": bag_corner,
    "case-rain-cover": rain_cover,
    "case-collapse": collapse,
    "case-water-tree": water_tree,
    "case-two-panels": two_panels,
    "studio-soda": studio_soda,
    "studio-port": studio_port,
    "studio-power": studio_power,
}
