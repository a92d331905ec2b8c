"""Draws the demo's pictures: plain SVG composed here, rendered by Chromium, kept as WebP in `files/pictures`."""

from __future__ import annotations

from collections.abc import Callable

from portal.demo.draw import cables, checks, leaks, plaques, port, portraits, scenes, towers

PICTURES: dict[str, Callable[[], str]] = {
    **leaks.PICTURES,
    **towers.PICTURES,
    **port.PICTURES,
    **checks.PICTURES,
    **cables.PICTURES,
    **scenes.PICTURES,
    **plaques.PICTURES,
    **portraits.PICTURES,
}
