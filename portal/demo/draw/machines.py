"""Machines and people seen from the side and from above: forklift, loader, bag, pallet, a worker."""

from __future__ import annotations

from portal.demo.draw import kit as k

TRUCK, TRUCK_DARK = "#e9a63a", "#b9791a"


def ground(y: float = 680) -> str:
    """The floor, with its edge."""
    return k.rect(0, y, 1200, 800 - y, "#e6e2da", "none", 0) + k.line(0, y, 1200, y, k.STEEL, 5)


def wheel(x: float, y: float, r: float) -> str:
    """A tyre with its rim."""
    return (
        k.circle(x, y, r, k.RUBBER, k.INK, 4)
        + k.circle(x, y, r * 0.5, k.METAL, k.INK, 3)
        + k.circle(x, y, r * 0.14, k.INK, k.INK, 0)
    )


def worker(x: float, y: float, scale: float = 1, back: bool = False) -> str:
    """A standing worker with helmet and vest; the feet at (x, y), facing left or, with ``back``, away."""
    head = k.circle(0, -196, 28, "#f1c7a5", k.INK, 4) + k.path("M-36 -204 q36 -56 72 0Z", "#f5d04c", k.INK, 4)
    vest = k.rect(-38, -164, 76, 92, "#ef7d32", k.INK, 4, 16) + k.rect(-38, -124, 76, 14, "#f7f3a8", "none", 0)
    legs = k.rect(-32, -74, 28, 74, "#3f5573", k.INK, 4, 6) + k.rect(4, -74, 28, 74, "#3f5573", k.INK, 4, 6)
    arm = (
        k.path("M-34 -150 L-66 -96", "none", "#ef7d32", 16)
        if not back
        else k.path("M34 -150 L66 -96", "none", "#ef7d32", 16)
    )
    return k.group(legs + vest + arm + head, x, y, scale=scale)


def forklift(load: str = "", lift: float = 0, tilt: float = 0, look_back: bool = False) -> str:
    """A counterbalanced truck facing right; floor at y = 0, the heel of its forks at (420, -lift).

    ``load`` is drawn from the heel (0, 0), x along the forks, y up negative; ``tilt`` in degrees, positive leans back.
    """
    mast_top = -360 - max(0, lift - 160)
    carriage = k.rect(-8, -150, 20, 156, k.METAL_DARK, k.INK, 4) + k.rect(0, -8, 250, 14, "#5d666f", k.INK, 3)
    mast = (
        k.rect(386, mast_top, 22, -mast_top - 20, "#5d666f", k.INK, 4)
        + k.line(400, mast_top + 12, 400, -lift - 140, k.INK, 3, "6 5")
        + k.group(carriage + load, 420, -lift)
    )
    body = (
        k.path("M20 -60 L20 -190 Q24 -214 60 -216 L190 -216 L214 -150 L330 -150 L372 -60Z", TRUCK, k.INK, 5)
        + k.path("M20 -60 L20 -190 Q24 -214 60 -216 L120 -216 L120 -60Z", TRUCK_DARK, k.INK, 5)
        + k.path("M96 -216 L118 -380 L310 -380 L352 -150", "none", k.INK, 9)
        + k.rect(100, -394, 222, 18, k.RUBBER, k.INK, 4, 6)
        + k.rect(170, -236, 80, 24, k.RUBBER, k.INK, 4, 8)
        + k.rect(160, -300, 20, 70, k.RUBBER, k.INK, 4, 8)
    )
    face = -6 if look_back else 8
    driver = (
        k.rect(178, -292, 54, 70, "#ef7d32", k.INK, 4, 14)
        + k.line(222, -270, 286, -236, "#ef7d32", 15)
        + k.line(296, -262, 276, -216, k.INK, 7)
        + k.circle(204, -322, 26, "#f1c7a5", k.INK, 4)
        + k.path("M170 -328 q34 -52 68 0Z", "#f5d04c", k.INK, 4)
        + k.circle(204 + face * 2, -318, 4, k.INK, k.INK, 0)
    )
    return k.group(mast, turn=-tilt, at=(390, -40)) + body + driver + wheel(84, -46, 46) + wheel(322, -54, 54)


def bag(w: float = 210, h: float = 230) -> str:
    """A big bag hanging with its top at y = 0, centred on x = 0."""
    seams = k.line(-w * 0.2, 20, -w * 0.24, h - 12, "#c7cdd3", 4) + k.line(w * 0.2, 20, w * 0.24, h - 12, "#c7cdd3", 4)
    return (
        k.path(
            f"M{-w * 0.42} 0 L{w * 0.42} 0 C{w * 0.56} {h * 0.4} {w * 0.56} {h * 0.8} {w * 0.44} {h} L{-w * 0.44} {h} C{-w * 0.56} {h * 0.8} {-w * 0.56} {h * 0.4} {-w * 0.42} 0Z",
            "#f7f8f9",
            k.INK,
            5,
        )
        + seams
        + k.text(0, h * 0.52, "氧化铝", 38, k.STEEL, weight=700)
        + k.text(0, h * 0.72, "1.5 t", 36, k.STEEL)
    )


def pallet(w: float, h: float = 44) -> str:
    """A pallet from its end: top boards at y = -h, floor at y = 0, from x = 0."""
    blocks = "".join(k.rect(x, -h + 12, w * 0.12, h - 22, k.WOOD, k.WOOD_DARK, 3) for x in (0, w * 0.44, w * 0.88))
    return k.rect(0, -h, w, 12, k.WOOD, k.WOOD_DARK, 3) + blocks + k.rect(0, -10, w, 10, k.WOOD, k.WOOD_DARK, 3)


def boards(w: float, h: float, sheets: int = 9, slip: float = 0) -> str:
    """A bundle of plywood, bottom at y = 0; ``slip`` pushes each higher sheet further to the right."""
    each = h / sheets
    plies = "".join(
        k.rect(
            max(0, i - sheets * 0.5) * slip,
            -(i + 1) * each,
            w,
            each - 2,
            "#e6c28b" if i % 2 else "#d8ae72",
            k.WOOD_DARK,
            2.5,
        )
        for i in range(sheets)
    )
    straps = (
        ""
        if slip
        else k.rect(w * 0.25, -h, 12, h, k.STEEL, "none", 0) + k.rect(w * 0.72, -h, 12, h, k.STEEL, "none", 0)
    )
    return plies + straps


def truck_from_above(scale: float = 1) -> str:
    """The forklift seen from above, facing right; the heels of its forks at x = 300, its middle line y = 0."""
    forks = k.rect(300, -58, 220, 22, "#5d666f", k.INK, 4) + k.rect(300, 36, 220, 22, "#5d666f", k.INK, 4)
    tyres = "".join(
        k.rect(x, y, 74, 26, k.RUBBER, k.INK, 4, 8) for x, y in ((20, -100), (20, 74), (200, -112), (200, 86))
    )
    body = (
        k.rect(0, -88, 280, 176, TRUCK, k.INK, 5, 26)
        + k.rect(0, -88, 74, 176, TRUCK_DARK, k.INK, 5, 22)
        + k.rect(276, -96, 24, 192, k.METAL_DARK, k.INK, 5)
        + k.rect(94, -64, 140, 128, "none", k.INK, 7, 10)
        + k.circle(160, 0, 34, "#f5d04c", k.INK, 4)
        + k.circle(220, 0, 24, "none", k.INK, 6)
    )
    return k.group(forks + tyres + body, scale=scale)


def loader(bucket: str, arm: tuple[float, float] = (470, -70)) -> str:
    """A wheel loader facing right on y = 0; ``bucket`` is drawn about the pin at ``arm``."""
    body = (
        k.path("M10 -110 L30 -230 L150 -240 L150 -110Z", TRUCK_DARK, k.INK, 5)
        + k.path("M140 -100 L140 -240 L330 -240 L370 -130 L360 -90Z", TRUCK, k.INK, 5)
        + k.path("M176 -240 L190 -380 L300 -380 L320 -240Z", "#cfe4f3", k.INK, 6)
        + k.rect(176, -394, 140, 18, TRUCK, k.INK, 4, 6)
        + k.circle(244, -300, 24, "#f1c7a5", k.INK, 4)
        + k.path("M212 -306 q32 -48 64 0Z", "#f5d04c", k.INK, 4)
    )
    boom = k.line(320, -200, arm[0], arm[1], k.INK, 34) + k.line(320, -200, arm[0], arm[1], TRUCK, 24)
    return body + boom + k.group(bucket, *arm) + wheel(90, -74, 74) + wheel(320, -74, 74)
