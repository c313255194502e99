"""tests/spec/evaluating: who may not evaluate a thing, and by which clause."""

from pathlib import Path

import pytest

from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.evaluating.independence import Candidate, EvaluatedThing, obstacles
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.words import say
from spec.tables import EMPTY, items, rows_of

PAGE = Path(__file__).parent / "evaluating" / "independence.md"
RULES = load_evaluation("mof-2020-10")
CANTEEN = EvaluatedThing(code="食堂", unit="学校", above=("教育局",), year=2026)


@pytest.mark.parametrize("row", rows_of(PAGE))
def test_who_may_not_evaluate_is_what_the_table_says(row):
    past = (item.split() for item in items(row, "评价过"))
    candidate = Candidate(
        code=row["评价方"],
        party=PartyKind(row["类别"]),
        above=tuple(items(row, "上级")),
        conflicts=frozenset(items(row, "申报冲突")),
        paid_by=frozenset(items(row, "受其报酬")),
        evaluated=frozenset((code, int(year)) for code, year in past),
    )
    found = obstacles(candidate, thing=CANTEEN, kind=RULES.kind(row["评价类别"]), rules=RULES)
    assert [each.code for each in found] == items(row, "障碍")
    assert row["条款"] == (found[0].clause if found else EMPTY)
    assert all(say(each.said, "en") != each.said.text for each in found)
