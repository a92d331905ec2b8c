"""Two booklets as PDF: leak stopping (Simplified) and cable joints (Traditional)."""

from __future__ import annotations

from html import escape
from pathlib import Path

from weasyprint import HTML

from portal.demo.loader.content import FILES, Data, cases, read

STYLE = """
@page { size: A4; margin: 20mm 18mm 22mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; color: #4a5560 }
  @bottom-left { content: string(book); font-size: 9pt; color: #4a5560 } }
@page :first { margin: 0; @bottom-center { content: none } @bottom-left { content: none } }
body { font-family: "Noto Sans CJK SC"; font-size: 11pt; line-height: 1.75; color: #1d1f23 }
html[lang=zh-Hant] body { font-family: "Noto Sans CJK TC" }
.cover { height: 297mm; background: #f5f6f7; page-break-after: always; padding: 60mm 24mm 0; box-sizing: border-box; border-left: 9mm solid #b3261e }
.cover h1 { string-set: book content(); font-size: 34pt; line-height: 1.3; margin: 0 0 8mm } .cover p { font-size: 13pt; color: #4a5560; margin: 0 }
.cover img { width: 100%; margin-top: 22mm; border-radius: 3mm }
h2 { font-size: 19pt; page-break-before: always; border-bottom: .6mm solid #b3261e; padding-bottom: 2mm } h3 { font-size: 14pt; margin: 6mm 0 2mm; break-after: avoid }
.step { break-inside: avoid; margin-bottom: 6mm } .pair { display: flex; gap: 5mm } .pair figure { flex: 1; margin: 2mm 0 } .pair img { width: 100% } figcaption { font-size: 9.5pt; color: #4a5560 }
.key { background: #fff3d0; padding: 1.5mm 3mm; border-radius: 1mm } .safe { background: #e8f1fb; padding: 1.5mm 3mm; border-radius: 1mm }
table { break-inside: avoid; width: 100%; border-collapse: collapse; font-size: 10pt; margin: 3mm 0 } th, td { border: .3mm solid #c9ced4; padding: 1.6mm 2.4mm; text-align: left; vertical-align: top } th { background: #f5f6f7 }
.blank td { height: 9mm }
"""


def _figure(side: Data | None, mark: str) -> str:
    if side is None:
        return ""
    source = (FILES / "pictures" / f"{side['picture']}.webp").as_uri()
    return f"<figure><img src='{source}'><figcaption>{mark} {escape(side['caption'])}</figcaption></figure>"


def _values(rows: list[Data], words: tuple[str, str, str]) -> str:
    if not rows:
        return ""
    body = "".join(
        f"<tr><td>{escape(row['name'])}</td><td>{row['min']}～{row['max']} {escape(row['unit'])}</td><td>{row['target']}</td></tr>"
        for row in rows
    )
    return f"<table><tr>{''.join(f'<th>{word}</th>' for word in words)}</tr>{body}</table>"


def _step(number: int, row: Data, hant: bool) -> str:
    key, why, safe = ("要領", "為什麼", "安全") if hant else ("要领", "为什么", "安全")
    words = ("檢查什麼", "範圍", "目標") if hant else ("检查什么", "范围", "目标")
    safety = f"<p class=safe><b>{safe}　</b>{escape(row['safety'])}</p>" if row.get("safety") else ""
    pictures = _figure(row.get("right"), "✓") + _figure(row.get("wrong"), "✗")
    return (
        f"<div class=step><h3>{number}　{escape(row['title'])}</h3><p>{escape(row['action'])}</p>"
        f"<p class=key><b>{key}　</b>{escape(row['key_point'])}</p><p><b>{why}　</b>{escape(row['why'])}</p>{safety}"
        f"{_values(row.get('values', []), words)}<div class=pair>{pictures}</div></div>"
    )


def _method(slug: str, hant: bool = False) -> str:
    row = read(f"methods/{slug}")
    hazards = "".join(f"<li>{escape(item['text'])}</li>" for item in row["hazards"])
    tools = "、".join([*row["tools"], *row["protective_gear"]])
    names = ("適用", "準備", "先看危險") if hant else ("适用", "准备", "先看危险")
    steps = "".join(_step(number, step, hant) for number, step in enumerate(row["steps"], start=1))
    return (
        f"<h2>{escape(row['title'])}</h2><p><b>{escape(row['effect'])}</b></p><p><b>{names[0]}　</b>{escape(row['applicability'])}</p>"
        f"<p><b>{names[1]}　</b>{escape(tools)}</p><p><b>{names[2]}</b></p><ul>{hazards}</ul>{steps}"
    )


def _sections(rows: list[Data]) -> str:
    parts = []
    for row in rows:
        body = "".join(f"<p>{escape(line)}</p>" for line in row["text"].splitlines())
        parts.append(f"<h3>{escape(row['heading'])}</h3>{body}")
    return "".join(parts)


def _book(lang: str, title: str, by: str, picture: str, body: str, target: Path) -> None:
    cover = (FILES / "pictures" / f"{picture}.webp").as_uri()
    html = (
        f"<html lang={lang}><head><title>{title}</title><style>{STYLE}</style></head><body>"
        f"<div class=cover><h1>{title}</h1><p>{by}</p><img src='{cover}'></div>{body}</body></html>"
    )
    HTML(string=html).write_pdf(target, optimize_images=True, dpi=110, jpeg_quality=72)


def leak_handbook(target: Path) -> None:
    """The leak-stopping booklet."""
    textbook = next(row for row in read("reading/textbooks")["textbooks"] if row["slug"] == "textbook-leak-stopping")
    accident = next(row for row in cases() if row["slug"] == "accident-liquor-splash")
    choice = (
        "<table><tr><th>漏点</th><th>介质</th><th>压力上限</th><th>温度上限</th><th>用什么</th></tr>"
        "<tr><td>近圆孔 6～40 mm</td><td>母液、氨盐水、水</td><td>0.2 MPa</td><td>60℃</td><td>木塞</td></tr>"
        "<tr><td>长缝 2～15 mm</td><td>窑气、微压气体</td><td>0.03 MPa</td><td>壁温 80℃</td><td>黄泥</td></tr>"
        "<tr><td>裂纹、焊缝撕裂</td><td>任何</td><td>—</td><td>—</td><td>隔离停车</td></tr>"
        "<tr><td>任何</td><td>蒸汽、气相氨、酸</td><td>—</td><td>—</td><td>隔离停车</td></tr></table>"
    )
    ticket = (
        "<h2>带压堵漏票（样张）</h2><table class=blank><tr><th>介质</th><td></td><th>压力 MPa</th><td></td></tr>"
        "<tr><th>温度 ℃</th><td></td><th>孔形与尺寸</th><td></td></tr><tr><th>堵漏人</th><td></td><th>监护人</th><td></td></tr>"
        "<tr><th>上游阀编号</th><td></td><th>看表人</th><td></td></tr><tr><th>方法与塞号</th><td></td><th>到期换管日期</th><td></td></tr>"
        "<tr><th>班长签发</th><td></td><th>时间</th><td></td></tr></table>"
    )
    story = "".join(
        f"<p><b>{name}　</b>{escape(accident[field])}</p>"
        for name, field in (("经过", "what_happened"), ("原因", "cause"), ("处理", "handling"), ("教训", "lesson"))
    )
    body = (
        f"<h2>四句话与选方法</h2>{_sections(textbook['sections'])}{choice}{_method('wooden-plug-leak-stop')}{_method('clay-leak-stop')}"
        f"<h2>{escape(accident['title'])}</h2>{story}{ticket}"
    )
    _book("zh-Hans", "堵漏作业图解手册", "柏长河劳模创新工作室　编", "plug-fit-right", body, target)


def joint_atlas(target: Path) -> None:
    """The booklet of cable joints."""
    body = (
        _method("cable-joint-four-clean", True)
        + _method("crimp-ruler-pull", True)
        + _method("lockout-five-steps", True)
    )
    _book("zh-Hant", "電纜接頭製作圖冊", "卓啟樑勞模創新工作室　編", "cable-strip-right", body, target)
