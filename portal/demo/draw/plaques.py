"""The studios' plaques: brass on the wall beside the door."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from portal.demo.draw import kit as k


def plaque(name: str, kind: str, giver: str, month: str, hant: bool = False) -> str:
    """A brass plate with the studio's name, who gave it and when."""
    screws = "".join(k.circle(x, y, 13, "#b08a3a", "#7d5f1f", 3) for x in (176, 1024) for y in (196, 624))
    lines = k.line(300, 470, 900, 470, "#9a7426", 3)
    body = (
        k.rect(0, 0, 1200, 800, "#dcd6ca", "none", 0)
        + "".join(k.line(0, y, 1200, y, "#d1cabc", 3) for y in range(100, 800, 100))
        + k.rect(146, 172, 920, 494, "#00000022", "none", 0, 18)
        + k.rect(136, 156, 928, 508, "#e9cf8a", "#9a7426", 6, 16)
        + k.rect(158, 178, 884, 464, "none", "#9a7426", 3, 10)
        + screws
        + f'<g font-family="Noto Serif CJK {"TC" if hant else "SC"}, serif">'
        + k.text(600, 330, name, 92, "#5b3d0c", weight=700)
        + k.text(600, 428, kind, 58, "#5b3d0c", weight=700)
        + k.text(600, 540, giver, 40, "#6f5116", weight=600)
        + k.text(600, 600, month, 36, "#6f5116", weight=500)
        + "</g>"
        + lines
    )
    return k.page(body, None, "", hant=hant)


PICTURES: dict[str, Callable[[], str]] = {
    "plaque-soda": partial(plaque, "柏长河", "劳模创新工作室", "沧澜实业集团有限公司工会", "二〇二三年四月"),
    "plaque-port": partial(plaque, "鄢士杰", "劳模创新工作室", "市总工会", "二〇二二年四月"),
    "plaque-power": partial(
        plaque, "卓啟樑", "勞模創新工作室", "滄瀾實業集團有限公司工會", "二〇二四年四月", hant=True
    ),
}
