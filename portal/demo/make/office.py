"""Word and Excel files: work instruction, training plan, round records, stacking parameters."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from portal.demo.loader.content import methods, read


def _document(title: str, subtitle: str) -> Document:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Microsoft YaHei", Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Microsoft YaHei")
    document.add_heading(title, 0)
    document.add_paragraph(subtitle)
    return document


def _table(document: Document, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.text = words
        cell.paragraphs[0].runs[0].bold = True
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def five_musts_guide(target: Path) -> None:
    """The work instruction of the daily check, with the card to sign."""
    method = read("methods/five-musts")
    document = _document("叉车班前“五必要”作业指导书", "流动机械队　编号 JX-CC-05　第 2 版　适用 CPCD30、CPCD50、ZL50G")
    document.add_heading("一、目的和范围", 1)
    document.add_paragraph(method["effect"])
    document.add_paragraph(method["applicability"])
    document.add_heading("二、要带的东西", 1)
    for name in [*method["tools"], *method["protective_gear"]]:
        document.add_paragraph(name, style="List Bullet")
    document.add_heading("三、危险与要求", 1)
    for item in method["hazards"]:
        document.add_paragraph(item["text"], style="List Bullet")
    document.add_page_break()
    document.add_heading("四、怎么查", 1)
    for number, step in enumerate(method["steps"], start=1):
        document.add_heading(f"{number}　{step['title']}", 2)
        for words in (step["action"], f"要领：{step['key_point']}", f"为什么：{step['why']}"):
            document.add_paragraph(words)
    document.add_page_break()
    document.add_heading("五、数值一览", 1)
    rows = [
        (v["name"], f"{v['min']}～{v['max']}", v["unit"], str(v["target"]))
        for s in method["steps"]
        for v in s.get("values", [])
    ]
    _table(document, ("检查什么", "范围", "单位", "目标"), rows)
    document.add_heading("六、点检卡（每班一张）", 1)
    checks = (
        "轮：胎压、胎侧、防松线",
        "链：拉长、销轴",
        "制：踏板余量、手刹",
        "油：油位、颜色、渗漏",
        "灯：大灯、蜂鸣、蓝光",
    )
    _table(document, ("项目", "正常打勾", "缺陷写位置和程度", "签名"), [(name, "", "", "") for name in checks])
    document.save(target)


def plug_training_plan(target: Path) -> None:
    """The plan of a practical lesson; for the studio only."""
    document = _document("堵漏实训教案（工作室内部）", "实训架 DN150 管段三处孔：16、22、30 mm；介质清水，压力 0.1 MPa")
    document.add_heading("一、课前", 1)
    document.add_paragraph("教员提前一小时充水升压，检查实训架支腿与回水槽；木塞按号摆好，故意混进两只锥度不对的。")
    document.add_heading("二、九十分钟怎么分", 1)
    rows = [
        ("0～10", "四句话", "教员指孔，学员抢答介质、压力、温度、孔形", "少一句扣五分"),
        ("10～25", "选塞", "用卡尺量孔并从箱中取塞", "三十秒内取对"),
        ("25～60", "堵一遍", "两人一组，一堵一监，轮换", "滴漏不超过每分钟 2 滴"),
        ("60～75", "升压观察", "0.1 升到 0.15 MPa，停五分钟", "记录湿印位置"),
        ("75～90", "剖析", "拔出木塞看麻丝压痕，讲偏在哪边", "每人说一条改法"),
    ]
    _table(document, ("分钟", "环节", "做什么", "判据"), rows)
    document.add_page_break()
    document.add_heading("三、评分表", 1)
    points = [("站位", "20"), ("选塞", "20"), ("对正与锤击", "25"), ("上箍", "20"), ("复述七步", "15")]
    _table(document, ("项目", "满分", "得分", "评语"), [(name, full, "", "") for name, full in points])
    document.add_heading("四、教员手记", 1)
    document.add_paragraph("学员最常犯的错是锤击前不再看一眼轴线；其次是监护人盯着木塞看，忘了看表。")
    document.save(target)


def _sheet(sheet: Worksheet, head: tuple[str, ...], rows: list[tuple[object, ...]], widths: tuple[int, ...]) -> None:
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="F5F6F7")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(65 + number)].width = width
    sheet.freeze_panes = "A2"


def round_records(target: Path) -> None:
    """Three days of rounds on tower 4, the table of figures, kept samples, how to fill it in."""
    chance, book, rounds = Random(4), Workbook(), []  # noqa: S311 - invented readings, the same every time
    start = dt.datetime(2026, 9, 7, 8)  # noqa: DTZ001 - a wall-clock time in a table
    for hour in range(0, 72, 2):
        middle = 64.5 + chance.uniform(-1.2, 1.2) + (hour / 72)
        word = "中部升高，下段气减 2%" if hour == 40 else "压力上窜，通知排换塔" if hour == 66 else ""
        moment = (start + dt.timedelta(hours=hour)).strftime("%m-%d %H:%M")
        rounds.append(
            (moment, "4 号", round(middle, 1), round(28.4 + chance.uniform(-0.8, 1.2), 1), round(0.284 + hour * 0.0004, 3),
             round(83 + chance.uniform(-2, 2), 1), int(84 + chance.uniform(-8, 10) + hour / 6), "甲乙"[hour // 12 % 2] + "班", word)
        )  # fmt: skip
    head = ("时间", "塔号", "中部温度 ℃", "出碱温度 ℃", "塔底压力 MPa", "下段气 CO₂ %", "沉降 s", "班次", "变化与动作")
    sheet = book.active
    sheet.title = "巡检记录"
    _sheet(sheet, head, rounds, (14, 8, 12, 12, 14, 14, 9, 8, 34))
    wanted = [m for m in methods() if m["studio"] == "soda"]
    rows = [
        (m["title"], s["title"], v["name"], v["unit"], v["min"], v["max"], v["target"])
        for m in wanted
        for s in m["steps"]
        for v in s.get("values", [])
    ]
    _sheet(
        book.create_sheet("指标对照"),
        ("操作法", "步骤", "检查什么", "单位", "下限", "上限", "目标"),
        rows,
        (24, 22, 24, 12, 9, 9, 9),
    )
    samples = [
        (f"0{4 + n}-{8 + n:02d}", "4 号", s, "清" if s < 110 else "浑黄", "正常" if s < 110 else "查进塔温度")
        for n, s in enumerate((82, 88, 161, 95, 86))
    ]
    _sheet(book.create_sheet("沉降留样"), ("日期", "塔号", "沉降 s", "上层", "判断"), samples, (12, 8, 10, 10, 22))
    notes = [
        ("只写变化", "数值没有变化的格子可以不填，变化与动作一栏必须写清动了什么。"),
        ("留样", "每班一瓶，保留十天，瓶上写塔号和时间。"),
        ("单位", "温度 ℃，压力 MPa，沉降 s，浓度按体积百分数。"),
    ]
    _sheet(book.create_sheet("填写说明"), ("事项", "说明"), notes, (14, 70))
    book.save(target)


def stacking_parameters(target: Path) -> None:
    """How high, on what, how far apart each cargo may stand."""
    cargo = [
        ("氧化铝", "吨袋 1.5 t", 3, 0, 300, "横梁吊具", "逐层内收 150 mm"), ("胶合板", "成捆 2.2 t", 5, 150, 30, "加长叉套 1800 mm", "垫木上下对齐"),
        ("原盐", "散装", 1, 0, 0, "装载机 ZL50G", "坡面不陡于 40°"), ("铝矾土", "散装", 1, 0, 0, "装载机 ZL50G", "雨后降一级高度"), ("石灰石", "散装", 1, 0, 0, "装载机 ZL50G", "块度大于 500 mm 先破"),
        ("纯碱", "50 kg 袋成组", 4, 150, 500, "3 t 叉车", "防潮布离地 200 mm"), ("纸浆", "捆 0.25 t", 4, 100, 300, "夹包车", "夹持压力 8～10 MPa"), ("钢卷", "卷 8～12 t", 2, 120, 600, "卷叉", "木楔两侧塞紧"),
        ("木方", "成捆", 5, 100, 50, "3 t 叉车", "头部对齐"), ("化肥", "吨袋 1 t", 3, 100, 300, "横梁吊具", "与碱类分库"), ("玻璃", "架装", 1, 0, 800, "5 t 叉车低速", "架脚落黄线框"), ("冻品", "托盘", 3, 0, 300, "电动叉车", "开门不超过十分钟"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "货种堆码"
    _sheet(
        sheet, ("货种", "包装", "最高层数", "垫高 mm", "垛距 mm", "工具", "要点"), cargo, (12, 16, 10, 10, 10, 20, 26)
    )
    floors = [
        ("A", 12, "可堆最高层数"),
        ("B", 8, "可堆最高层数，重件加垫板"),
        ("C", 5, "一律减一层"),
        ("D", 3, "只放空托盘"),
    ]
    _sheet(book.create_sheet("地面等级"), ("等级", "承载 t/m²", "规则"), floors, (8, 14, 30))
    gear = [
        ("双袋横梁吊具", 4.0, "护角圆角 3～8 mm，班检"),
        ("加长叉套", 3.0, "销子落底，班检"),
        ("卷叉", 12.0, "焊缝月检"),
        ("吊带", 3.0, "断线一处即换"),
    ]
    _sheet(book.create_sheet("工具与吊具"), ("名称", "额定 t", "检查"), gear, (18, 10, 30))
    waits = [
        ("雨后氧化铝", "无明水、白浆已铲、试刹车不超过 3 m"),
        ("六级以上大风", "停止吨袋与高垛作业"),
        ("照度不足 50 lx", "补灯后复测再干"),
    ]
    _sheet(book.create_sheet("停工与恢复"), ("情形", "怎样恢复"), waits, (20, 44))
    book.save(target)
