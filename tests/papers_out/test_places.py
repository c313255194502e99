"""Places are told as a reader looks for them, and hostile text can't disguise them."""

import pytest

from gongzhi.core.terms import Where
from gongzhi.papers.places import place_text
from gongzhi.papers.plain import one_line, plain


@pytest.mark.parametrize(
    ("where", "zh", "en"),
    [
        (Where(), "", ""),
        (Where(table=1, row=5, column=3), "表 1 第 5 行 第 3 列", "table 1 row 5 column 3"),
        (Where(sheet="自评", row=5), "工作表“自评” 第 5 行", "sheet “自评” row 5"),
        (Where(page=2, table=3, row=1), "第 2 页 表 3 第 1 行", "page 2 table 3 row 1"),
        (Where(indicator=0), "（第 1 项指标）", "(indicator 1)"),
    ],
)
def test_a_place_is_told_from_the_widest_to_the_nearest(where: Where, zh: str, en: str) -> None:
    assert place_text(where, "zh") == zh
    assert place_text(where, "en") == en


@pytest.mark.parametrize("hidden", ["\x00", "\x1b[31m", "\u202e", "\ud800", "\x9b", "\ufffe"])
def test_s36_control_characters_reach_no_paper_and_no_terminal(hidden: str) -> None:
    assert plain(f"甲{hidden}乙") in ("甲乙", "甲[31m乙")


def test_a_line_stays_one_line() -> None:
    assert one_line(" 一\n二\t三  四 ") == "一 二 三 四"
