"""Port work: big bags, plywood, forks, blind spots, daily checks, scooping."""

from __future__ import annotations

from portal.demo.draw import kit as k
from portal.demo.draw import machines as m

SLING = "#2f6fb0"


def bag_sling_right() -> str:
    beam = k.rect(330, 210, 540, 46, "#5d666f", k.INK, 5, 8) + k.rect(570, 150, 60, 60, "#5d666f", k.INK, 5)
    guards = "".join(k.path(f"M{x - 34} 256 v34 q34 34 68 0 v-34Z", k.ORANGE, k.INK, 4) for x in (430, 770))
    slings = "".join(k.line(x, 286, to, 430, SLING, 16) for x, to in ((418, 500), (442, 560), (758, 640), (782, 700)))
    body = (
        m.ground(720)
        + beam
        + slings
        + guards
        + k.group(m.bag(300, 260), 600, 424)
        + k.line(600, 130, 600, 716, k.GREEN, 4, "18 12")
        + k.note(240, 400, "四带同紧", (470, 370), k.GREEN)
        + k.note(980, 340, "护角在位", (790, 280), k.GREEN)
        + k.note(980, 560, "袋身居中", (606, 560), k.GREEN)
        + k.measure(360, 686, 360, 716, "试提 50 mm", dx=-150, dy=6, colour=k.GREEN)
    )
    return k.page(body, True, "挂正吊带")


def bag_sling_wrong() -> str:
    forks = (
        k.rect(380, 210, 60, 30, "#5d666f", k.INK, 5)
        + k.rect(720, 210, 60, 30, "#5d666f", k.INK, 5)
        + k.rect(340, 150, 480, 40, "#5d666f", k.INK, 5, 8)
        + k.rect(396, 186, 28, 30, "#5d666f", k.INK, 4)
        + k.rect(736, 186, 28, 30, "#5d666f", k.INK, 4)
    )
    slings = k.line(410, 226, 500, 430, SLING, 16) + k.line(750, 226, 650, 370, SLING, 16)
    loose = k.path("M520 440 C470 400 470 360 520 350", "none", SLING, 12) + k.path(
        "M690 380 C760 350 740 310 700 320", "none", SLING, 12
    )
    cut = k.path("M396 222 l-30 -22 M400 240 l-42 6 M404 206 l-20 -34", "none", k.RED, 6)
    body = (
        m.ground(720)
        + forks
        + slings
        + loose
        + cut
        + k.group(m.bag(300, 250), 590, 420, turn=-12, at=(0, 0))
        + k.note(190, 350, "叉齿割带", (402, 236), k.RED)
        + k.note(990, 400, "只挂两根", (720, 330), k.RED)
        + k.note(980, 600, "袋身歪斜", (740, 560), k.RED)
    )
    return k.page(body, False, "叉尖直接挑袋")


def _hung_bag(x: float = 130, top: float = -150, turn: float = 0) -> str:
    beam = k.rect(-8, -210, 280, 22, "#5d666f", k.INK, 4)
    slings = k.line(x - 60, -190, x - 60, top + 6, SLING, 10) + k.line(x + 60, -190, x + 60, top + 6, SLING, 10)
    return beam + k.group(slings + k.group(m.bag(200, 190), x, top), turn=turn, at=(x, -200))


def bag_travel_right() -> str:
    body = (
        m.ground()
        + k.group(m.forklift(_hung_bag(), 110, 4), 250, 680, scale=1.25)
        + k.measure(985, 620, 985, 676, "300 mm", dx=110, dy=6, colour=k.GREEN)
        + k.note(220, 250, "视线从侧面过", (500, 280), k.GREEN)
        + k.note(960, 210, "后倾 4°", (790, 300), k.GREEN)
        + k.arrow(150, 740, 420, 740, k.BLUE)
        + k.tag(640, 752, "重车不超 6 km/h", k.BLUE)
    )
    return k.page(body, True, "低位行走")


def bag_travel_wrong() -> str:
    truck = k.group(m.forklift(_hung_bag(150, -150, -16), 330, -3), 230, 676, turn=9, at=(420, 0), scale=1.0)
    body = (
        m.ground()
        + truck
        + k.path("M210 640 q-50 -30 -30 -90", "none", k.RED, 7)
        + k.arrow(240, 700, 240, 600, k.RED, 8)
        + k.note(190, 420, "后轮离地", (300, 590), k.RED)
        + k.note(1020, 200, "举过驾驶室", (880, 270), k.RED)
        + k.note(1010, 560, "袋子甩起来", (900, 420), k.RED)
    )
    return k.page(body, False, "举高走、急转弯")


def _front(gap: float) -> str:
    frame = (
        k.rect(430, 200, 340, 330, m.TRUCK, k.INK, 5, 14)
        + k.rect(460, 150, 40, 430, "#5d666f", k.INK, 4)
        + k.rect(700, 150, 40, 430, "#5d666f", k.INK, 4)
        + k.circle(600, 300, 34, "#f5d04c", k.INK, 4)
    )
    tyres = k.rect(400, 560, 90, 130, k.RUBBER, k.INK, 5, 16) + k.rect(710, 560, 90, 130, k.RUBBER, k.INK, 5, 16)
    forks = "".join(k.rect(600 + s * gap / 2 - 26, 530, 52, 34, "#5d666f", k.INK, 5) for s in (-1, 1))
    return frame + tyres + forks


def plywood_forks_right() -> str:
    body = (
        m.ground(690)
        + _front(420)
        + k.group(m.boards(900, 130), 150, 528)
        + k.measure(390, 620, 810, 620, "900 mm", dy=-14, colour=k.GREEN)
        + k.note(990, 250, "两头几乎不垂", (1010, 440), k.GREEN)
    )
    return k.page(body, True, "叉距约为捆宽一半")


def plywood_forks_wrong() -> str:
    sag = "".join(
        k.path(
            f"M150 {560 - i * 14} Q420 {440 - i * 14} 600 {440 - i * 14} Q780 {440 - i * 14} 1050 {560 - i * 14} L1050 {572 - i * 14} Q780 {454 - i * 14} 600 {454 - i * 14} Q420 {454 - i * 14} 150 {572 - i * 14}Z",
            "#e6c28b" if i % 2 else "#d8ae72",
            k.WOOD_DARK,
            2.5,
        )
        for i in range(9)
    )
    cracks = k.path("M240 460 l24 30 l-18 26 M960 460 l-24 30 l18 26", "none", k.RED, 6)
    forks = "".join(k.rect(600 + s * 80 - 26, 466, 52, 34, "#5d666f", k.INK, 5) for s in (-1, 1))
    body = (
        m.ground(690)
        + _front(160)
        + forks
        + sag
        + cracks
        + k.measure(520, 620, 680, 620, "窄", dy=-14, colour=k.RED)
        + k.note(210, 330, "两头下垂", (200, 470), k.RED)
        + k.note(990, 330, "边角开裂", (958, 470), k.RED)
    )
    return k.page(body, False, "叉距太窄")


def plywood_tilt_right() -> str:
    body = (
        m.ground()
        + k.group(m.forklift(k.group(m.boards(230, 150), 12, -8), 60, 5), 260, 680, scale=1.3)
        + k.note(960, 300, "整面贴住挡货架", (830, 440), k.GREEN)
        + k.note(240, 200, "后倾 2～3 度", (772, 270), k.GREEN)
        + k.measure(1130, 610, 1130, 676, "200", dx=-74, dy=6, colour=k.GREEN)
    )
    return k.page(body, True, "微倾起升")


def plywood_tilt_wrong() -> str:
    body = (
        m.ground()
        + k.group(m.forklift(k.group(m.boards(230, 150, slip=26), 12, -8), 110, -7), 200, 680, scale=1.25)
        + k.arrow(900, 390, 1090, 440, k.RED, 9)
        + k.note(990, 330, "板片往外滑", (950, 450), k.RED)
        + k.note(280, 200, "门架前倾", (700, 280), k.RED)
    )
    return k.page(body, False, "像扑克牌一样滑出")


def _pallet_from_above(x: float, y: float) -> str:
    planks = "".join(k.rect(x, y + i * 62, 330, 44, k.WOOD, k.WOOD_DARK, 3) for i in range(6))
    feet = "".join(k.rect(x, y + top, 330, 40, "#b98b4c", k.WOOD_DARK, 4) for top in (0, 157, 314))
    return (
        feet
        + k.group(planks, scale=1)
        + "".join(k.rect(x, y + top, 330, 40, "none", k.INK, 4) for top in (0, 157, 314))
    )


def fork_align_right() -> str:
    body = (
        _pallet_from_above(800, 240)
        + k.group(m.truck_from_above(1.15), 150, 417)
        + k.line(330, 417, 1140, 417, k.GREEN, 5, "22 12")
        + "".join(k.circle(x, 417, 13, k.GREEN, k.PAPER, 4) for x in (334, 480, 806))
        + k.note(330, 660, "眼", (334, 430), k.GREEN)
        + k.note(520, 660, "立柱标记", (482, 430), k.GREEN)
        + k.note(800, 720, "中墩", (808, 432), k.GREEN)
    )
    return k.page(body, True, "三点一线")


def fork_align_wrong() -> str:
    body = (
        _pallet_from_above(800, 240)
        + k.group(m.truck_from_above(1.15), 210, 600, turn=-17)
        + k.line(400, 550, 960, 376, k.STEEL, 4, "22 12")
        + k.path("M780 380 l-26 -40 M800 372 l8 -48 M784 404 l-46 4", "none", k.RED, 8)
        + k.note(650, 240, "叉尖顶中墩", (790, 396), k.RED)
        + k.note(300, 260, "车身斜着进", (440, 520), k.RED)
    )
    return k.page(body, False, "跟前打方向")


def _crate(w: float = 210, h: float = 200) -> str:
    return (
        k.group(m.pallet(w), 12, 8)
        + k.rect(12, -36 - h, w, h, "#d7e3ec", k.INK, 4)
        + k.line(12, -36 - h, 12 + w, -36, k.METAL_DARK, 4)
        + k.line(12, -36, 12 + w, -36 - h, k.METAL_DARK, 4)
    )


def fork_depth_right() -> str:
    body = (
        m.ground()
        + k.group(m.forklift(_crate(), 40, 2), 220, 680, scale=1.3)
        + k.arrow(905, 440, 905, 610, k.GREEN, 10)
        + k.note(990, 270, "重心落在叉齿中段", (905, 450), k.GREEN)
        + k.note(1010, 760, "叉跟贴住货面", (790, 620), k.GREEN, 36)
    )
    return k.page(body, True, "送到根")


def fork_depth_wrong() -> str:
    tipped = k.group(_crate(), 130, 0, turn=9, at=(20, 0))
    body = (
        m.ground()
        + k.group(m.forklift(tipped, 60, -2), 90, 680, scale=1.25)
        + k.arrow(935, 430, 950, 620, k.RED, 10)
        + k.note(960, 240, "重心在叉尖外", (935, 440), k.RED)
        + k.note(800, 752, "只插进一半", (740, 618), k.RED)
    )
    return k.page(body, False, "插浅前翻")


def _tall_load() -> str:
    return _crate(210, 330)


def view_reverse_right() -> str:
    body = (
        m.ground()
        + k.poly([(505, 270), (40, 130), (40, 560)], k.GREEN_SOFT, "none", 0)
        + k.group(m.forklift(_tall_load(), 50, 3, True), 260, 680, scale=1.2)
        + k.arrow(240, 735, 70, 735, k.GREEN, 12)
        + k.note(190, 330, "看着走的方向", (480, 300), k.GREEN)
        + k.tag(420, 750, "倒车慢行", k.GREEN)
    )
    return k.page(body, True, "货高挡眼就倒着走")


def view_forward_wrong() -> str:
    body = (
        m.ground()
        + k.poly([(420, 290), (1190, 130), (1190, 680), (870, 680)], k.RED_SOFT, "none", 0)
        + k.group(m.forklift(_tall_load(), 50, 3), 120, 680, scale=1.2)
        + m.worker(1040, 680, 1.15)
        + k.arrow(640, 740, 860, 740, k.RED, 12)
        + k.note(300, 240, "视线被挡", (640, 300), k.RED)
        + k.tag(1040, 380, "盲区里有人", k.RED)
    )
    return k.page(body, False, "挡着眼还往前开")


PICTURES = {
    "bag-sling-right": bag_sling_right,
    "bag-sling-wrong": bag_sling_wrong,
    "bag-travel-right": bag_travel_right,
    "bag-travel-wrong": bag_travel_wrong,
    "plywood-forks-right": plywood_forks_right,
    "plywood-forks-wrong": plywood_forks_wrong,
    "plywood-tilt-right": plywood_tilt_right,
    "plywood-tilt-wrong": plywood_tilt_wrong,
    "fork-align-right": fork_align_right,
    "fork-align-wrong": fork_align_wrong,
    "fork-depth-right": fork_depth_right,
    "fork-depth-wrong": fork_depth_wrong,
    "view-reverse-right": view_reverse_right,
    "view-forward-wrong": view_forward_wrong,
}
