"""Portraits of people who do not exist: flat, friendly, each told apart by hair, helmet, glasses and colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from portal.demo.draw import kit as k

SKINS = ("#f1c9a5", "#e8b98f", "#dba67a")
FRINGE = "M262 372 C254 226 330 192 400 192 C470 192 546 226 538 372 C520 306 450 262 366 296 C312 318 284 336 262 372Z"
HAIR = ("#2b2b2e", "#4a3b32", "#8d8f94", "#3a3a3f")


@dataclass(frozen=True)
class Face:
    """What tells one portrait from another."""

    ground: str
    coat: str
    skin: int = 0
    hair: int = 0
    style: str = "short"  # short, bob, bun, grey
    helmet: str = ""
    glasses: bool = False
    lines: bool = False


FACES = {
    "gui-yining": Face("#e8f1fb", "#4a5560", 0, 0, "short", glasses=True),
    "wu-xiaolan": Face("#fff3d0", "#7d3a52", 0, 1, "bob"),
    "min-changgeng": Face("#fbeae8", "#2f4a6d", 1, 2, "short", lines=True),
    "rong-xiuchuan": Face("#e7f5ec", "#54606b", 1, 0, "short", glasses=True),
    "lin-wenchao": Face("#eceff2", "#3a3f46", 0, 3, "short", glasses=True, lines=True),
    "chu-heming": Face("#f3ece1", "#6b5a3e", 0, 2, "short", glasses=True, lines=True),
    "bai-changhe": Face("#e8f1fb", "#1f4e79", 2, 2, "short", "#b3261e", lines=True),
    "ruan-qinghe": Face("#e7f5ec", "#2d6a4f", 1, 0, "bun", "#0b57a4"),
    "yan-shijie": Face("#fff3d0", "#ef7d32", 2, 0, "short", "#f5d04c", lines=True),
    "mai-qiurong": Face("#fbeae8", "#ef7d32", 1, 1, "bob", "#f5d04c"),
    "zhuo-qiliang": Face("#eef0e8", "#44617b", 1, 2, "short", "#0b57a4", glasses=True, lines=True),
    "shi-yayun": Face("#f1eaf5", "#44617b", 0, 0, "bun", "#0b57a4", glasses=True),
    "ding-xiaoman": Face("#e8f1fb", "#1f4e79", 0, 0, "short", "#f5d04c"),
    "xun-yifan": Face("#eceff2", "#2d6a4f", 1, 3, "short", "#f5d04c"),
    "qi-dongmei": Face("#e7f5ec", "#1f4e79", 0, 1, "bob", "#f5d04c"),
    "tong-dayong": Face("#fff3d0", "#ef7d32", 2, 0, "short", "#f5d04c"),
    "lan-haitang": Face("#fbeae8", "#ef7d32", 0, 0, "bun", "#f5d04c"),
    "hou-jiaju": Face("#eef0e8", "#44617b", 1, 0, "short", "#f5d04c"),
    "li-yongshi": Face("#f1eaf5", "#44617b", 0, 1, "bob", "#f5d04c"),
    "ni-wangshu": Face("#eceff2", "#54606b", 0, 3, "bob"),
}


def _hair(face: Face, colour: str) -> str:
    if face.style == "bob":
        return k.path(
            "M248 420 C226 210 330 170 400 170 C470 170 574 210 552 420 L520 470 L506 330 L294 330 L280 470Z",
            colour,
            "none",
            0,
        )
    if face.style == "bun":
        knot = "" if face.helmet else k.circle(400, 168, 52, colour, "none", 0)
        return knot + k.path(
            "M262 370 C250 220 330 190 400 190 C470 190 550 220 538 370 L520 320 L280 320Z", colour, "none", 0
        )
    return k.path(
        "M264 350 C250 220 330 184 400 184 C470 184 550 220 536 350 L520 300 C470 270 330 270 280 300Z",
        colour,
        "none",
        0,
    )


def portrait(face: Face) -> str:
    """Head and shoulders on a square 800 × 800 ground."""
    skin, colour = SKINS[face.skin], HAIR[face.hair]
    shoulders = k.path("M110 800 C120 650 240 590 330 570 L470 570 C560 590 680 650 690 800Z", face.coat, "none", 0)
    neck = k.rect(348, 500, 104, 110, skin, "none", 0, 30) + k.path(
        "M330 572 L400 650 L470 572 L500 590 L400 720 L300 590Z", k.PAPER, "none", 0
    )
    ears = k.circle(268, 392, 28, skin, "none", 0) + k.circle(532, 392, 28, skin, "none", 0)
    head = k.path(
        "M272 340 C272 250 330 220 400 220 C470 220 528 250 528 340 L522 420 C516 500 460 546 400 546 C340 546 284 500 278 420Z",
        skin,
        "none",
        0,
    )
    eyes = (
        k.circle(346, 384, 11, k.INK, "none", 0)
        + k.circle(454, 384, 11, k.INK, "none", 0)
        + k.path("M322 350 q24 -16 48 0 M430 350 q24 -16 48 0", "none", colour, 9)
    )
    mouth = k.path("M356 474 q44 36 88 0", "none", "#9a4a3c", 8) + k.path("M400 396 q14 32 -6 40", "none", "#c78f68", 6)
    wrinkles = (
        k.path("M306 432 q-8 24 6 40 M494 432 q8 24 -6 40 M352 286 h96", "none", "#c78f68", 4) if face.lines else ""
    )
    glasses = (
        k.circle(346, 386, 44, "none", k.INK, 7)
        + k.circle(454, 386, 44, "none", k.INK, 7)
        + k.line(390, 380, 410, 380, k.INK, 7)
        if face.glasses
        else ""
    )
    helmet = (
        k.path("M246 306 C246 170 330 120 400 120 C470 120 554 170 554 306Z", face.helmet, "none", 0)
        + k.rect(222, 292, 356, 34, face.helmet, "none", 0, 17)
        + k.rect(378, 124, 44, 176, "#00000022", "none", 0, 20)
        + k.rect(222, 312, 356, 14, "#00000022", "none", 0, 7)
        if face.helmet
        else ""
    )
    behind = _hair(face, colour) if face.style == "bob" else ""
    bare = face.style != "bob" and not (face.helmet and face.style == "short")
    front = _hair(face, colour) if bare else "" if face.helmet else k.path(FRINGE, colour, "none", 0)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" viewBox="0 0 800 800">'
        + k.rect(0, 0, 800, 800, face.ground, "none", 0)
        + behind
        + shoulders
        + neck
        + ears
        + head
        + front
        + eyes
        + mouth
        + wrinkles
        + glasses
        + helmet
        + "</svg>"
    )


PICTURES: dict[str, Callable[[], str]] = {f"portrait-{name}": partial(portrait, face) for name, face in FACES.items()}
