"""The rules of goal checks: whole, dated, refused where they are bad."""

import re
from datetime import date

import pytest

from gongzhi.core.goals import GOAL_CHECKS
from gongzhi.rules.entry import BadRules
from gongzhi.rules.goals import load_goal_rules, read_goal_rules
from gongzhi.rules.goals.reading import ROOM

CHINESE = re.compile(r"[\u3400-\u9fff]")
TEXT = (ROOM / "checks.toml").read_text(encoding="utf-8")
LATER = """
[[check]]
code = "below_history"
name = { zh = "目标低于历史", en = "easier than the years before" }
meaning = { zh = "五年", en = "five years" }
since_on = 2028-01-01
numbers = { years = 5 }
source = { zh = "例", en = "example" }
verified = false
"""
SLIPS = [
    ('code = "heavy"', 'code = "heavier"', "code 只能是"),
    ("numbers = { years = 3 }", "numbers = { year = 3 }", "缺少 numbers.years"),
    ("numbers = { years = 3 }", "", "缺少 numbers"),
    ("patterns = { vague = '", "patterns = { vague = '(", "patterns.vague 不是正则表达式"),
    ("since_on = 2026-01-01", "since = 2026-01-01", "缺少 since_on"),
    ("verified = false", "", "缺少 verified"),
]


@pytest.mark.parametrize("code", [check.code for check in GOAL_CHECKS])
def test_every_check_is_explained_in_both_languages_and_says_that_it_is_ours(code):
    rule = load_goal_rules(on=date(2026, 3, 1))[code]
    for text in (rule.name, rule.meaning, rule.source):
        assert CHINESE.search(text.zh)
        assert not CHINESE.search(text.en.replace("进一步", "").replace("无", ""))
    assert not rule.verified
    assert rule.clause == f"goals/{code}@2026-01-01"


@pytest.mark.parametrize(("good", "bad", "reason"), SLIPS)
def test_a_slip_is_refused_with_its_reason(tmp_path, good, bad, reason):
    assert good in TEXT
    path = tmp_path / "checks.toml"
    path.write_text(TEXT.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(BadRules) as caught:
        read_goal_rules(path)
    assert reason in str(caught.value)


def test_a_later_rule_is_a_rule_of_its_own_from_its_day_on(tmp_path):
    path = tmp_path / "checks.toml"
    path.write_text(TEXT + LATER, encoding="utf-8")
    years = [
        rule.numbers["years"] for rule in read_goal_rules(path) if rule.code == "below_history"
    ]
    assert years == [3, 5]


def test_two_rules_of_one_check_on_one_day_are_refused(tmp_path):
    path = tmp_path / "checks.toml"
    path.write_text(TEXT + LATER.replace("2028", "2026"), encoding="utf-8")
    with pytest.raises(BadRules, match="在同一天开始两次"):
        read_goal_rules(path)


def test_a_check_without_a_rule_is_refused(tmp_path):
    path = tmp_path / "checks.toml"
    path.write_text(TEXT[: TEXT.rindex("[[check]]")], encoding="utf-8")
    with pytest.raises(BadRules, match="缺少 no_evidence"):
        read_goal_rules(path)
