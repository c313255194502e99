"""tests/spec/goals: one page for each check of drafted goals, row by row.

The last column but one says whether the code holds, and on which lines (counted from 1).
"""

import re
from datetime import date
from pathlib import Path

import pytest

from gongzhi.core.goals import check_goal
from gongzhi.core.terms import Said
from gongzhi.rules.goals import load_goal_rules
from gongzhi.rules.packs import load_packs
from gongzhi.words import say
from spec.goals_in_tables import YEAR, goal_in, norms_in
from spec.tables import cases

PAGES = Path(__file__).parent / "goals"
CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize(("code", "row"), cases(PAGES))
def test_a_check_holds_where_the_table_says(code, row):
    pack = load_packs()[row.get("规则包", "mof-2020-10")]
    rules = load_goal_rules(on=date(YEAR, 3, 1))
    findings = check_goal(goal_in(row), pack=pack, rules=rules, norms=norms_in(row))
    found = [finding for finding in findings if finding.code == code]
    lines = [each.where.indicator + 1 for each in found if each.where.indicator is not None]
    holds, _, expected = row["结论"].partition("：")
    assert bool(found) == {"有": True, "无": False}[holds]
    assert not expected or lines == [int(part) for part in expected.split("、")]
    if row.get("算式"):
        assert found[0].arithmetic == row["算式"]
    for finding in found:
        assert CHINESE.search(say(finding.said, "zh"))
        without_values = Said(finding.said.text, dict.fromkeys(finding.said.values, "x"))
        assert not CHINESE.search(say(without_values, "en"))
