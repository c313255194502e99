"""tests/spec/results: what is proposed for next year's money, step by step."""

from decimal import Decimal
from pathlib import Path

import pytest

from gongzhi.core.results.proposing import ResultFacts, propose, propose_for_institution
from gongzhi.rules.packs.results import load_results
from gongzhi.words import say
from spec.tables import EMPTY, items, number_in, rows_of

PAGES = Path(__file__).parent / "results"
RULES = load_results("mof-2020-10")


def steps_are_as_told(proposal, row):
    assert proposal.result == Decimal(row["建议"])
    assert [step.code for step in proposal.steps] == items(row, "步骤")
    if row["算式"] != EMPTY:
        assert proposal.steps[0].arithmetic == row["算式"]
    said = [proposal.said, *(step.said for step in proposal.steps)]
    said += [note.said for note in proposal.notes]
    assert all(say(each, "en") != each.text for each in said)


@pytest.mark.parametrize("row", rows_of(PAGES / "project.md"))
def test_results_do_to_next_years_money_what_the_table_says(row):
    facts = ResultFacts(
        base=Decimal(row["基数"]),
        grade=None if row["等级"] == EMPTY else row["等级"],
        execution=number_in(row["执行率"]),
        rectifications_open=int(row["整改"]),
        duties_unmet=int(row["义务"]),
    )
    proposal = propose(facts, rules=RULES)
    steps_are_as_told(proposal, row)
    assert (proposal.use or EMPTY) == row["用途"]
    assert bool(proposal.notes) == (row["等级"] == EMPTY)


@pytest.mark.parametrize("row", rows_of(PAGES / "institution.md"))
def test_an_institution_gets_what_the_table_says(row):
    reached = {"quality": number_in(row["质量"]), "satisfaction": number_in(row["满意度"])}
    facts = ResultFacts(base=Decimal(row["基数"]))
    formula = RULES.institutions["hospital"]
    proposal = propose_for_institution(facts, formula=formula, reached=reached, rules=RULES)
    steps_are_as_told(proposal, row)
    assert bool(proposal.notes) == (EMPTY in (row["质量"], row["满意度"]))
