"""The living style page: tokens and every component with its states, on sample data written here."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.timezone import now

from people.access import require_role
from people.models import Role
from portal.style_forms import SampleForm

COLOURS = (
    "ink", "steel", "line", "edge", "mist", "paper", "craft", "craft-strong", "craft-soft", "gold", "gold-soft",
    "red", "red-soft", "amber", "amber-soft", "blue", "blue-soft", "green", "green-soft", "mark",
)  # fmt: skip
STATES = ("draft", "waiting", "returned", "released", "withdrawn", "todo", "running", "done", "failed", "late")
SIGNS = ("prohibition", "warning", "mandatory", "information")

STEP = {
    "number": 1,
    "anchor": "7b1e2f4c",
    "title": "关阀泄压，确认压力表回零",
    "action": "关闭漏点上、下游两道阀门，挂牌上锁。缓慢打开导淋阀泄压，直到压力表指针回零并保持五分钟。",
    "key_point": "先关上游再关下游；导淋阀每次只开四分之一圈，听声、看表、等稳。",
    "why": "下游先关会把液体憋在漏点，木塞还没对准就被顶出来。",
    "hazards": [
        {"kind": "prohibition", "title": "带压操作", "text": "压力表未回零前，任何人不得拆卸管件。"},
        {"kind": "mandatory", "title": "戴防酸面罩", "text": "残液可能溅出，面罩和长袖手套一直戴到冲洗结束。"},
    ],
    "values": [
        {
            "name": "管内压力",
            "target": "0",
            "unit": "MPa",
            "low": None,
            "high": "0.02",
            "how": "现场压力表，保持 5 分钟",
        },
        {"name": "管壁温度", "target": "35", "unit": "℃", "low": "10", "high": "45", "how": "红外测温，距漏点 20 cm"},
    ],
    "right": {
        "src": "/static/style/right.svg",
        "width": 480,
        "height": 320,
        "alt": "木塞正对漏点，锤柄与管壁垂直",
        "caption": "木塞正对漏点，锤柄与管壁垂直。",
    },
    "wrong": {
        "src": "/static/style/wrong.svg",
        "width": 480,
        "height": 320,
        "alt": "木塞歪斜，与管壁成锐角",
        "caption": "木塞歪斜，一锤就裂。",
    },
}


def style_page(request: HttpRequest) -> HttpResponse:
    """Show the style page to editors and administrators; to anybody where DEBUG is on."""
    return _shown(request) if settings.DEBUG else require_role(Role.EDITOR)(_shown)(request)


def _shown(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/style.html", _samples(request))


def _icons() -> list[str]:
    """Names of the icons in the sprite, signs and brand left out."""
    sprite = (settings.BASE_DIR / "static" / "icons" / "sprite.svg").read_text(encoding="utf-8")
    return [name for name in re.findall(r'<symbol id="([^"]+)"', sprite) if not name.startswith(("sign-", "brand"))]


def _samples(request: HttpRequest) -> dict[str, object]:
    form = SampleForm(data={"name": "", "trade": "2"}) if request.GET.get("errors") != "no" else SampleForm()
    return {
        "colours": COLOURS,
        "states": STATES,
        "icons": _icons(),
        "signs": SIGNS,
        "step": STEP,
        "form": form,
        "page": Paginator(range(95), 10).get_page(request.GET.get("page", 4)),
        "now": now(),
        "crumbs": [("工作室", "/studios/"), ("碳化工作室", "/studios/"), ("木塞堵漏法", "")],
        "lessons": LESSONS,
        "missing": [
            {"text": "第 4 课 现场演示：看到结尾", "url": "#"},
            {"text": "第 5 课 测验：需 80 分，最好 60 分", "url": "#"},
        ],
        "result": RESULT,
        "table_head": ["姓名", "班组", "进度", "状态", "完成日期"],
        "table_rows": TABLE_ROWS,
        "toc": [
            {"anchor": "tokens", "label": "颜色与字"},
            {"anchor": "actions", "label": "按钮与状态"},
            {"anchor": "forms", "label": "表单"},
            {"anchor": "method", "label": "操作法"},
            {"anchor": "found", "label": "搜索结果"},
            {"anchor": "learn", "label": "课程与测验"},
            {"anchor": "desk", "label": "我的、审核、工作室"},
            {"anchor": "tables", "label": "表格"},
            {"anchor": "signs", "label": "图标与标志"},
        ],
        "tabs": [
            {"label": "全部", "url": "?tab=all", "current": True, "count": 23},
            {"label": "待我处理", "url": "?tab=mine", "current": False, "count": 3},
            {"label": "已完成", "url": "?tab=done", "current": False},
        ],
    }


LESSONS = [
    {
        "number": 1,
        "title": "为什么会漏：三种常见漏点",
        "kind": "阅读",
        "minutes": 6,
        "state": "done",
        "rule": "读到结尾即完成。",
        "url": "#",
    },
    {
        "number": 2,
        "title": "木塞堵漏法（第 3 版）",
        "kind": "操作法",
        "minutes": 10,
        "state": "done",
        "rule": "看完全部 7 步并确认即完成。",
        "url": "#",
    },
    {
        "number": 3,
        "title": "现场演示：从发现到堵住",
        "kind": "视频",
        "minutes": 2,
        "state": "running",
        "rule": "看满 90% 即完成，随时可以接着看。",
        "url": "#",
        "next": True,
        "note": "看到 01:12",
    },
    {
        "number": 4,
        "title": "堵漏安全测验",
        "kind": "测验",
        "minutes": 5,
        "state": "failed",
        "rule": "80 分及格，次数不限，取最好成绩。",
        "url": "#",
        "note": "最好 60 分",
    },
    {
        "number": 5,
        "title": "拓展：黄泥堵漏法",
        "kind": "操作法",
        "minutes": 8,
        "state": "locked",
        "rule": "测验通过后开放。",
        "url": "",
        "optional": True,
    },
]

RESULT = {
    "url": "#step-7b1e2f4c",
    "title": mark_safe("木塞<mark>堵漏</mark>法"),
    "kind": "操作法",
    "release": 3,
    "studio": "碳化工作室",
    "master": "领衔人 梁启山",
    "text": mark_safe("……木塞削成一比十的锥度，浸水两小时后使用；<mark>堵漏</mark>时先轻敲三下定位，再一次敲实……"),
    "place": "第 3 步",
    "more": [
        {"url": "#", "place": "危险提示", "text": mark_safe("带压<mark>堵漏</mark>必须两人以上。")},
        {"url": "#", "place": "第 6 步", "text": mark_safe("<mark>堵漏</mark>后静置十分钟复查。")},
    ],
}

TABLE_ROWS = [
    [{"text": "周小满", "url": "#"}, "碳化二班", {"num": "100%"}, {"badge": "done", "text": "已完成"}, "2026-03-12"],
    [{"text": "何立新", "url": "#"}, "碳化二班", {"num": "60%"}, {"badge": "running", "text": "学习中"}, "—"],
    [{"text": "孟春生", "url": "#"}, "过滤一班", {"num": "0%"}, {"badge": "todo", "text": "未开始"}, "—"],
]
