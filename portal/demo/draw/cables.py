"""Power work (captions in Traditional Chinese): cable joints, locating, isolation, infrared, crimping."""

from __future__ import annotations

from portal.demo.draw import kit as k

JACKET, SHIELD, SEMI, XLPE = "#2f353b", "#d08a4e", "#565d64", "#efe6cc"


def _cable(semi_edge: str, y: float = 400) -> str:
    """The layers stripped back from left to right; ``semi_edge`` draws the end of the screen."""
    jacket = k.rect(40, y - 130, 260, 260, JACKET, k.INK, 5)
    shield = k.rect(300, y - 112, 150, 224, SHIELD, k.INK, 4) + "".join(
        k.line(310 + i * 30, y - 110, 330 + i * 30, y + 110, "#a8652f", 3) for i in range(5)
    )
    xlpe = k.rect(450, y - 84, 470, 168, XLPE, k.INK, 4)
    core = k.rect(920, y - 48, 220, 96, k.COPPER, k.INK, 4) + "".join(
        k.line(924, y - 30 + i * 20, 1136, y - 30 + i * 20, "#8f4f1f", 3) for i in range(4)
    )
    return jacket + shield + xlpe + semi_edge + core


def cable_strip_right() -> str:
    semi = k.path("M450 304 L600 304 L628 318 L628 482 L600 496 L450 496Z", SEMI, k.INK, 4)
    body = (
        _cable(semi)
        + k.note(160, 600, "外護套", (160, 500), k.STEEL)
        + k.note(370, 680, "銅屏蔽", (370, 500), k.STEEL)
        + k.note(560, 600, "半導電層", (540, 486), k.GREEN)
        + k.note(780, 680, "絕緣", (780, 470), k.STEEL)
        + k.note(1040, 600, "導體", (1030, 446), k.STEEL)
        + k.measure(450, 260, 628, 260, "50 mm", colour=k.GREEN)
        + k.note(850, 210, "斷口是整圓、有緩坡", (630, 330), k.GREEN)
    )
    return k.page(body, True, "三道線層層分明", hant=True)


def cable_strip_wrong() -> str:
    semi = k.path(
        "M450 304 L600 304 L640 320 L606 344 L652 372 L604 400 L648 430 L606 456 L636 480 L600 496 L450 496Z",
        SEMI,
        k.INK,
        4,
    )
    cut = k.path("M704 312 q-16 88 0 176", "none", k.RED, 8)
    body = (
        _cable(semi)
        + cut
        + k.note(480, 640, "斷口有尖角", (640, 430), k.RED)
        + k.note(880, 640, "一圈刀痕", (700, 440), k.RED)
        + k.note(880, 220, "電場在尖角最密", (650, 372), k.RED)
    )
    return k.page(body, False, "一刀切到底", hant=True)


def _wiper(x: float) -> str:
    cloth = k.path(f"M{x - 70} 280 q70 -40 140 0 l14 130 q-84 46 -168 0Z", "#cfe6f7", k.INK, 5)
    hand = k.path(f"M{x - 40} 270 q-30 -110 10 -150 l90 0 q40 50 6 150Z", "#f1c7a5", k.INK, 5)
    return hand + cloth


def wipe_direction_right() -> str:
    semi = k.path("M450 304 L600 304 L628 318 L628 482 L600 496 L450 496Z", SEMI, k.INK, 4)
    body = (
        _cable(semi)
        + _wiper(860)
        + k.arrow(900, 560, 650, 560, k.GREEN, 14)
        + k.tag(770, 640, "導體端 → 半導電端，一次到底", k.GREEN)
        + k.note(240, 210, "每擦一次換一面", (800, 330), k.GREEN)
    )
    return k.page(body, True, "單向擦拭", hant=True)


def wipe_direction_wrong() -> str:
    semi = k.path("M450 304 L600 304 L628 318 L628 482 L600 496 L450 496Z", SEMI, k.INK, 4)
    soot = "".join(k.line(x, y, x + 46, y + 4, "#4b4f54", 6) for x, y in k.scatter(18, 650, 330, 220, 140, 26))
    body = (
        _cable(semi)
        + soot
        + _wiper(740)
        + k.double_arrow(560, 560, 900, 560, k.RED, 12)
        + k.tag(730, 640, "來回擦", k.RED, 44, k.RED_SOFT)
        + k.note(1020, 230, "碳粉抹上絕緣", (850, 400), k.RED)
    )
    return k.page(body, False, "走回頭路", hant=True)


def _scope(cursor: float) -> str:
    screen = (
        k.rect(90, 160, 1020, 470, "#12303a", k.INK, 8, 18)
        + "".join(k.line(90, y, 1110, y, "#2c5563", 2) for y in range(220, 630, 68))
        + "".join(k.line(x, 160, x, 630, "#2c5563", 2) for x in range(192, 1110, 102))
    )
    wave = k.path(
        "M110 420 L200 420 L214 230 L250 230 L264 420 L560 420 L580 560 L636 580 L676 420 L900 420 L916 330 L950 330 L966 420 L1090 420",
        "none",
        "#7ef0b3",
        7,
    )
    return (
        screen
        + wave
        + k.line(cursor, 176, cursor, 616, "#ffd54a", 5, "14 10")
        + k.text(232, 216, "發射", 36, "#ffffff")
        + k.text(930, 312, "末端", 36, "#ffffff")
    )


def tdr_wave_right() -> str:
    body = _scope(562) + k.note(600, 720, "游標對準前沿　反極性＝短路接地", (562, 430), k.GREEN)
    return k.page(body, True, "故障點 862 m", hant=True)


def tdr_wave_wrong() -> str:
    body = (
        _scope(628)
        + k.line(562, 176, 562, 616, "#ffffff", 3, "6 10")
        + k.note(600, 720, "游標放在波峰，多算 43 公尺", (628, 570), k.RED)
        + k.double_arrow(562, 500, 628, 500, k.RED, 6)
    )
    return k.page(body, False, "故障點 905 m", hant=True)


def _earth() -> str:
    soil = k.rect(0, 380, 1200, 420, "#d6c2a0", "none", 0) + k.line(0, 380, 1200, 380, k.GREEN, 10)
    stones = "".join(k.ellipse(x, y, 14, 9, "#c3ab83", "none", 0) for x, y in k.scatter(40, 20, 430, 1160, 340, 60))
    return soil + stones + k.rect(0, 610, 1200, 60, JACKET, k.INK, 4) + k.rect(0, 632, 1200, 16, k.COPPER, "none", 0)


def _probe(x: float, reading: str, colour: str) -> str:
    box = (
        k.rect(x - 90, 180, 180, 110, "#e9edf0", k.INK, 5, 12)
        + k.rect(x - 66, 198, 132, 56, "#dff3e6", k.INK, 3)
        + k.text(x, 242, reading, 42, colour, weight=700)
    )
    return (
        box
        + k.line(x, 290, x, 350, k.INK, 6)
        + k.path(f"M{x - 46} 380 L{x - 30} 344 L{x + 30} 344 L{x + 46} 380Z", k.METAL_DARK, k.INK, 5)
    )


def _spark(x: float) -> str:
    rings = "".join(k.circle(x, 640, r, "none", k.ORANGE, 5) for r in (60, 110, 160))
    return rings + k.path(f"M{x - 14} 600 l30 26 l-24 8 l30 40", "none", k.RED, 9)


def locate_right() -> str:
    flag = k.line(640, 380, 640, 250, k.INK, 6) + k.poly([(640, 250), (740, 276), (640, 304)], k.RED, k.INK, 3)
    body = (
        _earth()
        + _spark(520)
        + _probe(520, "0.3 ms", k.GREEN)
        + k.group(flag, -40)
        + k.note(860, 220, "時間差最小處落旗", (612, 290), k.GREEN)
        + k.note(880, 740, "故障點", (540, 642), k.GREEN)
    )
    return k.page(body, True, "聲磁同步", hant=True)


def locate_wrong() -> str:
    pipe = k.path("M520 590 C640 520 760 470 900 386", "none", "#8d98a3", 40) + k.path(
        "M520 590 C640 520 760 470 900 386", "none", "#e8ecef", 22
    )
    body = (
        _earth()
        + pipe
        + _spark(300)
        + _probe(930, "4.8 ms", k.RED)
        + k.path("M420 610 C560 560 720 490 880 400", "none", k.ORANGE, 6, "16 12")
        + k.note(470, 240, "聲音順著管道跑", (720, 490), k.RED)
        + k.note(330, 750, "真正的故障點", (300, 646), k.RED)
        + k.tag(1060, 470, "在這裡開挖", k.RED)
    )
    return k.page(body, False, "聽到最響就挖", hant=True)


def _cabinet() -> str:
    return (
        k.rect(120, 150, 560, 600, "#dfe4e8", k.INK, 6, 10)
        + k.rect(160, 190, 480, 110, "#cbd3da", k.INK, 4)
        + k.text(400, 262, "10 kV　207", 56, k.INK, weight=700)
        + k.rect(160, 330, 480, 380, "#eef1f3", k.INK, 4)
        + k.circle(400, 500, 76, k.METAL, k.INK, 6)
        + k.rect(380, 430, 40, 190, k.METAL_DARK, k.INK, 5, 12)
    )


def _sign(x: float, y: float, words: str, turn: float = 0) -> str:
    return k.group(
        k.rect(-120, 0, 240, 120, k.PAPER, k.RED, 7, 10)
        + k.text(0, 76, words, 46, k.RED, weight=700)
        + k.line(0, -40, 0, 0, k.STEEL, 4),
        x,
        y,
        turn=turn,
    )


def lockout_right() -> str:
    hasp = k.rect(430, 470, 210, 56, k.METAL_DARK, k.INK, 5, 18)
    locks = ""
    for i, colour in enumerate((k.RED, k.BLUE, k.GREEN)):
        x = 472 + i * 64
        locks += (
            k.path(f"M{x - 16} 540 v-26 q16 -30 32 0 v26", "none", k.INK, 8)
            + k.rect(x - 25, 536, 50, 62, colour, k.INK, 4, 8)
            + k.rect(x - 16, 550, 32, 26, k.PAPER, "none", 0, 4)
        )
    people = "".join(
        k.group(
            k.circle(0, -60, 26, "#f1c7a5", k.INK, 4)
            + k.path("M-34 -66 q34 -52 68 0Z", c, k.INK, 4)
            + k.path("M-44 20 q0 -50 44 -50 q44 0 44 50Z", c, k.INK, 4),
            820 + i * 130,
            520,
        )
        for i, c in enumerate((k.RED, k.BLUE, k.GREEN))
    )
    body = (
        _cabinet()
        + hasp
        + locks
        + _sign(280, 600, "禁止合閘")
        + people
        + k.tag(950, 620, "三個人、三把鎖", k.GREEN, 44, k.GREEN_SOFT)
        + k.note(930, 300, "鎖扣鎖住把手", (540, 480), k.GREEN)
    )
    return k.page(body, True, "人人一把鎖", hant=True)


def lockout_wrong() -> str:
    hand = k.path(
        "M820 640 C760 560 640 560 470 560 C430 560 430 620 470 622 L640 640 L700 760 L860 760Z", "#f1c7a5", k.INK, 5
    )
    body = (
        _cabinet()
        + _sign(280, 560, "禁止合閘", 9)
        + hand
        + k.path("M470 420 a100 100 0 0 1 50 80", "none", k.RED, 9)
        + k.note(940, 260, "把手照樣能扳", (420, 480), k.RED)
        + k.note(960, 450, "只有牌子沒有鎖", (380, 640), k.RED)
    )
    return k.page(body, False, "只掛一塊牌", hant=True)


def _tester(x: float, y: float, lit: bool) -> str:
    lamp = k.circle(x, y + 120, 26, "#ff5a4d" if lit else "#dfe4e8", k.INK, 4)
    rays = (
        "".join(
            k.line(x + dx, y + 120 + dy, x + dx * 1.5, y + 120 + dy * 1.5, k.RED, 5)
            for dx, dy in ((36, 0), (-36, 0), (26, -26), (-26, 26), (26, 26), (-26, -26))
        )
        if lit
        else ""
    )
    return (
        k.line(x, y, x, y + 90, k.INK, 10)
        + k.rect(x - 30, y + 86, 60, 220, k.ORANGE, k.INK, 5, 16)
        + lamp
        + rays
        + k.rect(x - 44, y + 210, 88, 18, k.RUBBER, k.INK, 3)
    )


def test_before_touch_right() -> str:
    cells = ""
    for i, (name, lit, word) in enumerate((("有電處", True, "亮"), ("作業處", False, "不亮"), ("有電處", True, "亮"))):
        x = 80 + i * 360
        cells += (
            k.rect(x, 160, 320, 560, k.PAPER, k.LINE, 4, 14)
            + k.text(x + 160, 222, f"{i + 1}　{name}", 44, k.INK, weight=700)
            + k.rect(x + 30, 260, 260, 36, k.COPPER, k.INK, 4, 6)
            + _tester(x + 160, 300, lit)
            + k.tag(x + 160, 690, word, k.RED if lit else k.GREEN, 46)
        )
    return k.page(
        cells + k.arrow(404, 440, 434, 440, k.GREEN, 9) + k.arrow(764, 440, 794, 440, k.GREEN, 9),
        True,
        "先試、再驗、回頭再試",
        hant=True,
    )


def test_before_touch_wrong() -> str:
    battery = (
        k.rect(820, 250, 240, 110, k.PAPER, k.INK, 6, 12)
        + k.rect(1060, 284, 20, 42, k.INK, k.INK, 0)
        + k.rect(836, 266, 26, 78, k.RED, "none", 0)
    )
    hand = k.path(
        "M120 760 L140 640 C140 560 240 480 330 420 L400 330 C420 300 460 330 440 360 L410 430 C440 470 420 560 360 620 L330 760Z",
        "#f1c7a5",
        k.INK,
        5,
    )
    body = (
        k.rect(80, 270, 640, 46, k.COPPER, k.INK, 5, 8)
        + _tester(600, 318, False)
        + hand
        + k.path("M440 320 l24 -46 l10 30 l30 -50", "none", k.RED, 9)
        + battery
        + k.note(930, 480, "驗電器沒電", (860, 350), k.RED)
        + k.note(930, 620, "不亮就伸手", (430, 380), k.RED)
    )
    return k.page(body, False, "只驗一次", hant=True)


def _bars(fills: tuple[str, str, str], spots: tuple[str, str, str]) -> str:
    out = ""
    for i, (bar, spot) in enumerate(zip(fills, spots, strict=True)):
        x = 170 + i * 240
        out += (
            k.rect(x, 180, 110, 500, bar, "none", 0, 10)
            + k.ellipse(x + 55, 430, 74, 96, spot, "none", 0)
            + k.circle(x + 55, 430, 20, "#00000055", k.PAPER, 4)
            + k.text(x + 55, 736, "ABC"[i] + " 相", 42, k.INK, weight=700)
        )
    return out


def thermal_three_right() -> str:
    scale = "".join(
        k.rect(980, 190 + i * 60, 60, 60, c, "none", 0)
        for i, c in enumerate(("#fff3a3", "#ffc145", "#f2703f", "#b9336b", "#6a2c91", "#2b1f6b", "#141447"))
    )
    body = (
        k.rect(90, 160, 820, 530, "#141447", k.INK, 6, 12)
        + _bars(("#2b1f6b", "#2b1f6b", "#2b1f6b"), ("#6a2c91", "#ffc145", "#6a2c91"))
        + k.ellipse(465, 430, 40, 52, "#fff3a3", "none", 0)
        + scale
        + k.text(1060, 220, "80℃", 36, k.INK, "start")
        + k.text(1060, 604, "20℃", 36, k.INK, "start")
        + k.tag(225, 330, "34℃", k.INK)
        + k.tag(465, 296, "71℃", k.RED, 44)
        + k.tag(705, 330, "35℃", k.INK)
    )
    return k.page(body, True, "同一色標，獨熱立見", hant=True)


def thermal_three_wrong() -> str:
    out = ""
    for i, span in enumerate(("30～36", "60～72", "31～37")):
        x = 80 + i * 360
        out += (
            k.rect(x, 170, 310, 440, "#7b1530", k.INK, 6, 10)
            + k.rect(x + 100, 190, 110, 400, "#d33d36", "none", 0, 10)
            + k.ellipse(x + 155, 390, 76, 100, "#f8a13a", "none", 0)
            + k.ellipse(x + 155, 390, 36, 48, "#fff3a3", "none", 0)
        )
        out += k.text(x + 155, 664, "ABC"[i] + " 相", 42, k.INK, weight=700) + k.tag(
            x + 155, 730, f"色標 {span}℃", k.RED
        )
    return k.page(out, False, "各用各的色標", hant=True)


def _lug(inside: str, marks: str) -> str:
    barrel = k.rect(330, 300, 430, 220, k.METAL, k.INK, 6, 12)
    palm = k.path("M760 350 L880 350 Q1080 350 1080 410 Q1080 470 880 470 L760 470Z", k.METAL, k.INK, 6) + k.circle(
        980, 410, 42, k.MIST, k.INK, 6
    )
    wire = k.rect(60, 330, 260, 160, JACKET, k.INK, 5, 10)
    return wire + barrel + palm + inside + marks


def _strands(gap: int) -> str:
    return "".join(
        k.rect(300, 336 + i * (22 + gap), 440, 20, k.COPPER, "#8f4f1f", 2, 8) for i in range(148 // (22 + gap))
    )


def crimp_marks_right() -> str:
    marks = "".join(
        k.path(f"M{x} 300 l20 26 h60 l20 -26 M{x} 520 l20 -26 h60 l20 26", k.METAL_DARK, k.INK, 5) for x in (420, 600)
    )
    body = (
        _lug(_strands(0), marks)
        + k.measure(520, 570, 600, 570, "3 mm", dy=66, colour=k.GREEN)
        + k.note(330, 220, "線芯露出 2 mm", (324, 330), k.GREEN)
        + k.note(760, 220, "兩道壓痕分明", (650, 312), k.GREEN)
        + k.note(900, 660, "銅芯密實", (700, 440), k.GREEN)
    )
    return k.page(body, True, "二看壓紋", hant=True)


def crimp_marks_wrong() -> str:
    marks = "".join(
        k.path(f"M{x} 300 l20 26 h60 l20 -26 M{x} 520 l20 -26 h60 l20 26", k.METAL_DARK, k.INK, 5) for x in (460, 520)
    )
    pressed = k.rect(320, 338, 90, 144, JACKET, k.INK, 4, 8)
    body = (
        _lug(_strands(14) + pressed, marks)
        + k.path("M560 292 l16 -34 l16 34", k.METAL, k.RED, 5)
        + k.note(300, 220, "外皮壓進筒內", (370, 350), k.RED)
        + k.note(800, 220, "壓痕重疊、飛邊", (576, 272), k.RED)
        + k.note(860, 650, "線芯留空", (690, 400), k.RED)
    )
    return k.page(body, False, "壓痕連成一片", hant=True)


PICTURES = {
    "cable-strip-right": cable_strip_right,
    "cable-strip-wrong": cable_strip_wrong,
    "wipe-direction-right": wipe_direction_right,
    "wipe-direction-wrong": wipe_direction_wrong,
    "tdr-wave-right": tdr_wave_right,
    "tdr-wave-wrong": tdr_wave_wrong,
    "locate-right": locate_right,
    "locate-wrong": locate_wrong,
    "lockout-right": lockout_right,
    "lockout-wrong": lockout_wrong,
    "test-before-touch-right": test_before_touch_right,
    "test-before-touch-wrong": test_before_touch_wrong,
    "thermal-three-right": thermal_three_right,
    "thermal-three-wrong": thermal_three_wrong,
    "crimp-marks-right": crimp_marks_right,
    "crimp-marks-wrong": crimp_marks_wrong,
}
