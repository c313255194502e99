"""tests/spec/indicators: one page for each kind, row by row."""

from fractions import Fraction
from pathlib import Path

import pytest

from gongzhi.core.indicators import kind_of
from gongzhi.core.indicators.promise import promise_of
from gongzhi.rules.packs import load_packs
from spec.tables import cases

PAGES = Path(__file__).parent / "indicators"
MET = {"是": True, "否": False, "不明": None}
DEGREES = {"达成": "full", "部分": "part", "未达成": "none", "": None}


@pytest.mark.parametrize(("kind", "row"), cases(PAGES))
def test_a_target_is_reached_as_far_as_the_table_says(kind, row):
    promise = promise_of(
        target_text=row["目标值"],
        level2=row["二级指标"],
        lexicon=load_packs()["mof-2020-10"].lexicon,
    )
    reach = kind_of(promise).reached(promise, row["完成值"])
    share = Fraction(row["比例"].replace("÷", "/")) if row["比例"] else None
    assert kind_of(promise).name == kind
    assert (reach.met, reach.share) == (MET[row["达到"]], share)
    if "文字" in row:
        assert reach.degree == DEGREES[row["文字"]]
