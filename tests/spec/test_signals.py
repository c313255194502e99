"""tests/spec/monitoring: one page for each signal, row by row.

结论 says whether the signal shows, and of which colour or about what: 有, 无, 有：red, 有：里程.
"""

from datetime import date
from pathlib import Path

import pytest

from gongzhi.core.monitoring import SIGNALS, Day
from gongzhi.core.monitoring.watching import watch
from gongzhi.rules.packs.monitoring import load_monitoring
from spec.projects_in_tables import day_in, facts_in, plan_in, rule_in
from spec.tables import cases

PAGES = Path(__file__).parent / "monitoring"
WATCHES = {each.code: each for each in SIGNALS}
RULES = load_monitoring("mof-2020-10")


@pytest.mark.parametrize(("code", "row"), cases(PAGES))
def test_a_signal_shows_where_the_table_says(code, row):
    each, today = WATCHES[code], day_in(row["今天"])
    day = Day(today=today, rules=RULES, watched=((each, rule_in(row, each)),))
    found = watch(plan_in(row), facts_in(row), day=day).signals
    shows, _, about = row["结论"].partition("：")
    assert bool(found) == {"有": True, "无": False}[shows], [each.arithmetic for each in found]
    if about:
        seen = {str(part) for each in found for part in (each.level, *_keys(each.where))}
        assert about in seen
    if row.get("算式"):
        assert [each.arithmetic for each in found] == row["算式"].split("；")
    if row.get("自"):
        assert [each.since for each in found] == [day_in(part) for part in row["自"].split("；")]


@pytest.mark.parametrize("code", WATCHES)
def test_every_signal_has_its_table_with_both_answers(code):
    rows = [case.values[1] for case in cases(PAGES) if case.values[0] == code]
    assert {row["结论"][0] for row in rows} == {"有", "无"}


def _keys(where):
    return [key for key in (where.indicator, where.contract, where.payee, where.payment) if key]


def test_a_signal_says_since_when_and_never_later_than_today():
    for case in cases(PAGES):
        code, row = case.values
        each, today = WATCHES[code], day_in(row["今天"])
        day = Day(today=today, rules=RULES, watched=((each, rule_in(row, each)),))
        for signal in watch(plan_in(row), facts_in(row), day=day).signals:
            assert date(2026, 1, 1) <= signal.since <= today, (code, row)
