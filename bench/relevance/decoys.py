"""Fifty pages that look like the demo's pages and answer none of the gold queries.

They share the vocabulary (堵漏, 木塞, 叉车, 氧化铝, 碳化, 電纜 …) but are notices, rosters, stock lists and
minutes, so an engine that only counts words puts them above the method. The text is a pure function of
the index: the same fifty pages every time, on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

COUNT = 50

TOPICS = (
    ("木塞堵漏", "堵漏箱", "喉箍", "母液管线", "管阀检修班"),
    ("黄泥封堵", "黄泥料袋", "玻璃丝布带", "窑气法兰", "石灰车间"),
    ("碳化巡检", "点温枪", "碱浆留样", "碳化塔", "碳化乙班"),
    ("换塔清洗", "内窥镜", "清洗液", "出碱口", "碳化甲班"),
    ("尾气净氨", "氨检测仪", "洗水泵", "净氨塔", "净氨岗位"),
    ("叉车点检", "胎压表", "起升链条", "叉车", "流动机械队"),
    ("氧化铝吨袋", "横梁吊具", "吊带", "3 号库", "叉车一班"),
    ("胶合板堆码", "垫木", "防雨布", "7 号库", "叉车二班"),
    ("電纜接頭", "剝切刀具", "冷縮管", "電纜井", "電纜一班"),
    ("停電掛牌", "驗電器", "接地線", "開關櫃", "開關櫃班"),
)

FORMS = (
    (
        "{what}器材季度清点通知",
        (
            "请{who}在{day}日前清点{tool}、{part}和备件，数量填入附表。"
            "清点时两人同行，{place}附近的箱柜一并打开，铅封编号抄在备注栏。"
            "缺项由库房补发，不在本通知中说明用法。"
        ),
    ),
    (
        "{what}现场学习安排（第{n}期）",
        (
            "{who}本期学习地点改在{place}旁的休息室，时间为下午两点。"
            "请带上次发的{what}讲义和笔记本，{tool}由工作室统一准备。"
            "因故不能参加的，向班长请假并在下期补课。"
        ),
    ),
    (
        "关于{what}照片征集的说明",
        (
            "为布置宣传栏，征集{what}工作照片若干，横版为宜。"
            "照片里请不要出现车牌和个人证件，{place}、{part}、{tool}都可以入镜。"
            "稿件交{who}汇总，每张附二十字以内的文字。"
        ),
    ),
    (
        "{what}活动会议纪要（{n}）",
        (
            "会议由{who}主持，听取了{what}活动进展，讨论了{part}采购的到货日期。"
            "与会人员对{place}的照明和通道提出意见，由后勤答复。"
            "下次会议时间另行通知，{tool}借用登记表随纪要下发。"
        ),
    ),
    (
        "{what}比赛报名与分组",
        (
            "{what}比赛分两组进行，{who}报名不超过四人。"
            "比赛场地在{place}东侧，{tool}和{part}由赛务组统一编号，抽签决定先后。"
            "成绩当日公布，裁判名单和评分细则见附件{n}。"
        ),
    ),
)


@dataclass(frozen=True)
class Decoy:
    """One page that only looks relevant: ``key`` is stable, ``text`` is its body."""

    key: str
    title: str
    text: str


def decoys() -> Iterator[Decoy]:
    """Yield the fifty decoys: every topic in every form, always in the same order."""
    for topic_number, (what, tool, part, place, who) in enumerate(TOPICS):
        for form_number, (title, body) in enumerate(FORMS):
            number = topic_number * len(FORMS) + form_number
            words = {
                "what": what,
                "tool": tool,
                "part": part,
                "place": place,
                "who": who,
                "n": number % 9 + 1,
                "day": number % 27 + 1,
            }
            text = body.format(**words)
            yield Decoy(key=f"decoy-{number:02d}", title=title.format(**words), text=text)
