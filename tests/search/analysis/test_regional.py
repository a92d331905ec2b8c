"""Other regions' words: what OpenCC knows of them, and the house's."""

from __future__ import annotations

import pytest

from scripts import regional_words as written
from search.analysis.regional import regional_words


def test_the_table_is_what_the_script_writes():
    assert written.TARGET.read_text(encoding="utf-8").splitlines() == list(written.lines())


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("主機板的檢測", "主板"),
        ("主机板的检测", "主板"),
        ("軟體更新之後", "软件"),
        ("網路斷線", "网络"),
        ("穿著絕緣鞋", "穿着"),
        ("屋簷漏水", "屋檐"),
    ],
)
def test_the_mainlands_word_is_given_in_whichever_script_it_was_asked(query, word):
    assert word in regional_words(query)


@pytest.mark.parametrize("query", ["什么", "诉讼程序", "软体动物", "参考资料一览", "木塞堵漏", "", "0.6MPa"])
def test_a_longer_word_keeps_its_parts_and_the_usual_words_have_no_others(query):
    assert not {"什幺", "诉讼进程", "软件"} & set(regional_words(query))
    assert query in {"诉讼程序", "参考资料一览"} or regional_words(query) == ()


def test_nothing_is_given_that_the_query_says_itself():
    assert "项目" not in regional_words("专案就是项目")
