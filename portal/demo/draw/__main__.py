"""Render every picture, or those named: ``python -m portal.demo.draw [name …]``."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from portal.demo.draw import PICTURES

TARGET = Path(__file__).resolve().parent.parent / "files" / "pictures"
QUALITY = 82


def main(names: list[str]) -> None:
    """Draw the named pictures (all without names) into ``files/pictures``."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        sheet = browser.new_page(viewport={"width": 1200, "height": 800})
        for name in names or PICTURES:
            svg = PICTURES[name]()
            sheet.set_content(f"<style>*{{margin:0}}svg{{display:block}}</style>{svg}")
            shot = sheet.locator("svg").screenshot()
            Image.open(BytesIO(shot)).convert("RGB").save(TARGET / f"{name}.webp", quality=QUALITY, method=6)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
