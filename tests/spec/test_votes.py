"""tests/spec/votes: what each rule of voting funds, and what voters pay."""

from fractions import Fraction
from pathlib import Path

import pytest

from gongzhi.core.balance.voting import (
    Ballot,
    BallotKind,
    Candidate,
    Completion,
    Rule,
    Stop,
    Utility,
    count,
    election_of,
    method_for,
)
from spec.tables import EMPTY, items, rows_of

PAGES = Path(__file__).parent / "votes"


def election_in(row):
    named = (each.split("=") for each in items(row, "项目"))
    return election_of(
        [Candidate(id=name, cost=Fraction(cost)) for name, cost in named],
        [ballot_in(each) for each in items(row, "选票")],
        budget=Fraction(row["预算"]),
        kind=BallotKind(row["类型"]),
    )


def ballot_in(text):
    times, _, chosen = text.partition("×")
    pairs = [each.partition(":") for each in chosen.split(",") if each]
    return Ballot(
        choices=tuple(name for name, _, _ in pairs),
        points=tuple(Fraction(points or 1) for _, _, points in pairs),
        count=int(times),
    )


@pytest.mark.parametrize("row", rows_of(PAGES / "equal_shares.md"))
def test_equal_shares_funds_what_the_table_says(row):
    election = election_in(row)
    stop = Stop.OVERSPEND if row["停"] == EMPTY else Stop(row["停"])
    method = method_for(
        election.kind,
        utility=Utility(row["效用"]),
        completion=Completion(row["补足"]),
        stop=stop,
    )
    outcome = count(election, method)
    assert list(outcome.selected) == items(row, "选出")
    prices = items(row, "每人（每分）付")
    for made, price in zip(outcome.rounds, prices, strict=False):
        assert price == EMPTY or made.shares.exact == price


@pytest.mark.parametrize("row", rows_of(PAGES / "other_rules.md"))
def test_other_rules_fund_what_the_table_says(row):
    election = election_in(row)
    method = method_for(
        election.kind,
        rule=Rule(row["规则"]),
        utility=Utility(row["效用"]),
        threshold=int(row["门槛"]),
    )
    outcome = count(election, method)
    chosen = outcome.selected if method.rule is not Rule.MAX_WELFARE else sorted(outcome.selected)
    assert list(chosen) == items(row, "选出")
