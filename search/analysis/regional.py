"""Other regions' words for the same thing: 專案 is 项目, 臺帳 is 台账. They widen a query, never a stored text."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from search.analysis.normal import norm
from search.analysis.text import words

# What OpenCC knows, written by `scripts.regional_words`.
_WORDS_FILE = Path(__file__).with_name("regional.txt")
# Groups of words that mean the same (normalised: Simplified, lower case), beyond it.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("台账", "台帐"),
    ("知识产权", "智财权", "智慧财产权"),
    ("项目", "专案"),
    ("质量", "品质"),
    ("信息", "资讯"),
    ("视频", "影片"),
    ("计算机", "电脑"),
    ("数据", "资料"),
    ("程序", "程式"),
    ("激光", "雷射"),
    ("数字化", "数位化"),
    ("数控", "数值控制"),
    ("集成电路", "积体电路"),
    ("传感器", "感测器", "感应器"),
    ("螺丝", "螺钉"),
    ("扳手", "板手"),
    ("起重机", "吊车", "天车", "行车"),
    ("轴承", "培林"),
    ("焊接", "电焊", "熔接"),
    ("水泵", "抽水机"),
    ("外来务工人员", "外劳"),
    ("师傅带徒弟", "师带徒"),
    ("车间", "厂房"),
    ("反馈", "回馈"),
    ("培训", "训练"),
    ("叉车", "堆高机"),
    ("电动机", "马达"),
    ("泵", "帮浦"),
    ("螺母", "螺帽"),
    ("垫圈", "华司"),
    ("联轴器", "联轴节"),
    ("硅钢", "矽钢"),
    ("不锈钢", "白铁"),
    ("工艺", "制程"),
    ("合格率", "良率"),
    ("废品", "不良品"),
    ("质量管理", "品质管理", "品管"),
    ("安全生产", "工安", "职业安全"),
    ("操作规程", "作业程序"),
    ("信号", "讯号"),
    ("变频器", "变频机"),
    ("无人机", "空拍机"),
    ("幻灯片", "投影片"),
    ("演示文稿", "简报"),
    ("录像", "录影"),
    ("扫描", "扫瞄"),
    ("短路", "短接"),
    ("漏电保护器", "漏电断路器"),
    ("示波器", "示波仪"),
    ("劳动模范", "模范劳工"),
    ("技师", "技术士"),
)


def regional_words(text: str) -> tuple[str, ...]:
    """Words, normalised, that other regions write for words in this query; none that the query has itself.

    `text` is what was typed, NFKC or not, in either script.
    """
    plain = norm(text)
    found: dict[str, None] = {}
    for group in GROUPS:
        if any(word in plain for word in group):
            found.update(dict.fromkeys(word for word in group if word not in plain))
    other = _pattern().sub(lambda match: _table()[match[0]], plain)
    if other != plain:
        found.update(dict.fromkeys(word for word in words(other) if len(word) > 1 and word not in plain))
    return tuple(found)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Words of Taiwan and the mainland's, normalised; one that stands for itself keeps its parts from being taken."""
    rows = (line.partition("\t") for line in _WORDS_FILE.read_text(encoding="utf-8").splitlines())
    return {word: other or word for word, _tab, other in rows}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Any word of the table, the longest that stands at a place."""
    return re.compile("|".join(map(re.escape, sorted(_table(), key=lambda word: (-len(word), word)))))
