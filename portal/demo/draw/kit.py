"""Pens and paper: the colours of the house and the few shapes that every picture is made of."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin
from random import Random
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 1200, 800

INK, STEEL, LINE, MIST, PAPER = "#1d1f23", "#4a5560", "#c9ced4", "#f5f6f7", "#ffffff"
RED, RED_SOFT = "#b3261e", "#fbeae8"
AMBER, AMBER_SOFT = "#b77400", "#fff3d0"
BLUE, BLUE_SOFT = "#0b57a4", "#e8f1fb"
GREEN, GREEN_SOFT = "#1b6b3a", "#e7f5ec"
METAL, METAL_DARK = "#c3cad1", "#87929d"
LIQUID, LIQUID_DARK = "#a9cdea", "#5b97c9"
WOOD, WOOD_DARK = "#e0b878", "#a8743a"
CLAY, CLAY_DARK = "#cfa266", "#94693a"
RUBBER = "#3c4248"
COPPER = "#c9793a"
CREAM = "#f4ecd6"
ORANGE = "#e08a1e"

Point = tuple[float, float]


def rect(
    x: float, y: float, w: float, h: float, fill: str = "none", stroke: str = INK, sw: float = 4, r: float = 0
) -> str:
    """A rectangle, its corners rounded by ``r``."""
    return (
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}" stroke="{stroke}" stroke-width="{sw}"/>'
    )


def circle(cx: float, cy: float, r: float, fill: str = "none", stroke: str = INK, sw: float = 4) -> str:
    """A circle about its centre."""
    return f'<circle cx="{cx}" cy="{cy}" r="{r}" fill="{fill}" stroke="{stroke}" stroke-width="{sw}"/>'


def ellipse(cx: float, cy: float, rx: float, ry: float, fill: str = "none", stroke: str = INK, sw: float = 4) -> str:
    """An ellipse about its centre."""
    return f'<ellipse cx="{cx}" cy="{cy}" rx="{rx}" ry="{ry}" fill="{fill}" stroke="{stroke}" stroke-width="{sw}"/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = INK, sw: float = 4, dash: str = "") -> str:
    """A straight line, dashed when ``dash`` says how."""
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" stroke-width="{sw}" '
        f'stroke-dasharray="{dash}" stroke-linecap="round"/>'
    )


def poly(points: Sequence[Point], fill: str = "none", stroke: str = INK, sw: float = 4) -> str:
    """A closed polygon."""
    where = " ".join(f"{x},{y}" for x, y in points)
    return f'<polygon points="{where}" fill="{fill}" stroke="{stroke}" stroke-width="{sw}" stroke-linejoin="round"/>'


def path(d: str, fill: str = "none", stroke: str = INK, sw: float = 4, dash: str = "") -> str:
    """A free path in SVG's own words."""
    return (
        f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{sw}" stroke-dasharray="{dash}" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
    )


def text(
    x: float, y: float, words: str, size: float = 40, fill: str = INK, anchor: str = "middle", weight: int = 500
) -> str:
    """Words with their baseline at ``y``; 40 px stay readable on a phone."""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(words)}</text>"
    )


def group(body: str, dx: float = 0, dy: float = 0, turn: float = 0, at: Point = (0, 0), scale: float = 1) -> str:
    """Move, then turn about ``at`` (degrees, clockwise), then scale what is inside."""
    return f'<g transform="translate({dx} {dy}) rotate({turn} {at[0]} {at[1]}) scale({scale})">{body}</g>'


def arrow(x1: float, y1: float, x2: float, y2: float, stroke: str = BLUE, sw: float = 8, dash: str = "") -> str:
    """A line with a head at its end, in one of the house colours."""
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" stroke-width="{sw}" stroke-dasharray="{dash}" '
        f'marker-end="url(#head-{stroke[1:]})"/>'
    )


def double_arrow(x1: float, y1: float, x2: float, y2: float, stroke: str = STEEL, sw: float = 4) -> str:
    """A line with a head at both ends: a measure or a to and fro."""
    mark = f"url(#head-{stroke[1:]})"
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" stroke-width="{sw}" '
        f'marker-start="{mark}" marker-end="{mark}"/>'
    )


def measure(
    x1: float, y1: float, x2: float, y2: float, words: str, dx: float = 0, dy: float = -16, colour: str = STEEL
) -> str:
    """A measure between two points with its figure beside the middle."""
    middle = ((x1 + x2) / 2 + dx, (y1 + y2) / 2 + dy)
    return double_arrow(x1, y1, x2, y2, colour) + tag(middle[0], middle[1], words, colour)


def tag(x: float, y: float, words: str, colour: str = INK, size: float = 38, fill: str = PAPER) -> str:
    """Words on a small plate, so that they stay readable over a drawing."""
    width = sum(size if ord(c) > 0x2E80 else size * 0.58 for c in words) + 28
    box = rect(x - width / 2, y - size * 0.95, width, size * 1.4, fill, "none", 0, 8)
    return box + text(x, y, words, size, colour, weight=600)


def note(x: float, y: float, words: str, to: Point, colour: str = INK, size: float = 38) -> str:
    """A plate of words with a thin leader to the thing it names."""
    return (
        line(x, y - size * 0.3, to[0], to[1], colour, 3)
        + circle(to[0], to[1], 7, colour, PAPER, 2)
        + tag(x, y, words, colour, size)
    )


def scatter(count: int, x: float, y: float, w: float, h: float, gap: float = 0) -> list[Point]:
    """Points strewn over a box, at least ``gap`` apart where there is room; the same ones every time."""
    chance, points = Random(count), list[Point]()  # noqa: S311 - a pattern, not a secret
    for _ in range(count * 30):
        here = (round(x + chance.random() * w), round(y + chance.random() * h))
        if all((here[0] - a) ** 2 + (here[1] - b) ** 2 >= gap**2 for a, b in points):
            points.append(here)
        if len(points) == count:
            break
    return points


def drop(x: float, y: float, r: float = 12, fill: str = LIQUID_DARK) -> str:
    """A falling drop."""
    return path(
        f"M{x} {y - r * 1.8} C{x + r * 1.6} {y} {x + r} {y + r} {x} {y + r} C{x - r} {y + r} {x - r * 1.6} {y} {x} {y - r * 1.8}Z",
        fill,
        "none",
        0,
    )


def gas(x: float, y: float, scale: float = 1, colour: str = STEEL) -> str:
    """Three wavy lines going up: gas or heat."""
    d = "M0 0 c-16 -22 16 -38 0 -62 c-16 -22 16 -38 0 -62"
    waves = "".join(group(path(d, "none", colour, 7), dx=i * 34) for i in range(3))
    return group(waves, x - 34 * scale, y, scale=scale)


def gauge(cx: float, cy: float, r: float, share: float, words: str, good: tuple[float, float] = (0.3, 0.7)) -> str:
    """A dial: the needle at ``share`` of its span (0–1), the good zone in green."""

    def at(part: float, radius: float) -> Point:
        angle = radians(-225 + 270 * part)
        return cx + radius * cos(angle), cy + radius * sin(angle)

    (x1, y1), (x2, y2) = at(good[0], r * 0.78), at(good[1], r * 0.78)
    large = 1 if (good[1] - good[0]) * 270 > 180 else 0
    zone = path(f"M{x1} {y1} A{r * 0.78} {r * 0.78} 0 {large} 1 {x2} {y2}", "none", GREEN, r * 0.16)
    ticks = "".join(line(*at(i / 10, r * 0.68), *at(i / 10, r * 0.86), STEEL, 3) for i in range(11))
    ok = good[0] <= share <= good[1]
    needle = line(cx, cy, *at(share, r * 0.66), GREEN if ok else RED, 8)
    return (
        circle(cx, cy, r, PAPER, INK, 6)
        + zone
        + ticks
        + needle
        + circle(cx, cy, r * 0.08, INK, INK, 0)
        + text(cx, cy + r * 0.62, words, r * 0.26, INK, weight=700)
    )


def thermometer_curve(points: Sequence[Point], colour: str = RED) -> str:
    """A smooth line through points: a trend."""
    d = f"M{points[0][0]} {points[0][1]}"
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        d += f" C{x0} {(y0 + y1) / 2} {x1} {(y0 + y1) / 2} {x1} {y1}"
    return path(d, "none", colour, 8)


def _verdict(good: bool, hant: bool) -> str:
    colour, soft = (GREEN, GREEN_SOFT) if good else (RED, RED_SOFT)
    word = ("正確" if hant else "正确") if good else ("錯誤" if hant else "错误")
    sign = (
        path("M62 78 l16 18 l34 -38", "none", PAPER, 11)
        if good
        else path("M66 58 l40 40 M106 58 l-40 40", "none", PAPER, 11)
    )
    return (
        rect(36, 36, 240, 84, soft, colour, 4, 42)
        + circle(86, 78, 34, colour, colour, 0)
        + sign
        + text(190, 94, word, 44, colour, weight=700)
    )


def page(body: str, verdict: bool | None = None, title: str = "", hant: bool = False, ground: str = MIST) -> str:
    """A whole picture: paper, frame, the sign ✓/✗ with its word, and a short title."""
    heads = "".join(
        f'<marker id="head-{c[1:]}" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="4.4" markerHeight="4.4" '
        f'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="{c}"/></marker>'
        for c in (INK, STEEL, RED, BLUE, GREEN, AMBER, LIQUID_DARK, PAPER, ORANGE)
    )
    frame = RED if verdict is False else GREEN if verdict else LINE
    sign = "" if verdict is None else _verdict(verdict, hant)
    head = text(1150, 94, title, 42, STEEL, "end", 600) if title else ""
    face = "Noto Sans CJK TC" if hant else "Noto Sans CJK SC"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{face}, sans-serif"><defs>{heads}</defs>'
        + rect(0, 0, WIDTH, HEIGHT, ground, "none", 0)
        + body
        + rect(6, 6, WIDTH - 12, HEIGHT - 12, "none", frame, 10, 14)
        + sign
        + head
        + "</svg>"
    )
