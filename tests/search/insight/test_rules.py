"""What is kept of a query, who is shown it, which spellings are one."""

from __future__ import annotations

import pytest

from search.analysis.dictionary import Abbreviation, Synonyms, built
from search.insight.rules import MOST_SPELLINGS, kept_text, may_be_shown, spellings


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" 堵漏　ＰＶＣ ", "堵漏 pvc"),
        ("臺帳", "台帐"),
        ("YJV-22 10kV", "yjv-22 10kv"),
        ("13800001234", ""),
        ("电话 138-0000-1234", ""),
        ("长" * 61, ""),
        ("——", ""),
        ("", ""),
    ],
)
def test_a_query_is_kept_in_one_spelling_and_long_numbers_not_at_all(text: str, kept: str) -> None:
    assert kept_text(text) == kept


@pytest.mark.parametrize(("count", "days", "shown"), [(1, 1, False), (2, 1, False), (3, 1, True), (2, 2, True)])
def test_what_one_typed_once_is_not_shown(count: int, days: int, shown: bool) -> None:
    assert may_be_shown(count, days) is shown


def test_other_regions_words_and_synonyms_are_spellings_of_a_query() -> None:
    words = built(1, (), (Synonyms(("快堵灵", "堵漏胶")),), (Abbreviation("压机", "压缩机"),))
    assert set(spellings("臺帳", words)) == {"台帐", "台账"}
    assert set(spellings("快堵靈 用法", words)) == {"快堵灵 用法", "堵漏胶 用法"}
    assert "压缩机检修" in spellings("压机检修", words)
    assert spellings("阀门", words) == ("阀门",)
    assert len(spellings("起重机 轴承 质量 信息 视频 数据 螺丝", words)) == MOST_SPELLINGS
