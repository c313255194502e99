"""Every yuan is explained, nothing goes below nothing, a better grade never gets less."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.results.proposing import (
    USES,
    ResultFacts,
    propose,
    propose_for_institution,
    why_not_decided,
)
from gongzhi.core.results.rules import UseOfResult
from gongzhi.core.terms import Said
from gongzhi.rules.packs.results import load_results
from gongzhi.words import say

RULES = load_results("mof-2020-10")
HOSPITAL = RULES.institutions["hospital"]
GRADES = list(RULES.grades)
MONEY = st.integers(0, 10**14).map(lambda fen: Decimal(fen) / 100)
SHARES = st.integers(0, 10000).map(lambda parts: Decimal(parts) / 10000)
FACTS = st.builds(
    ResultFacts,
    base=MONEY,
    grade=st.sampled_from([None, *GRADES]),
    execution=st.none() | SHARES,
    rectifications_open=st.integers(0, 20),
    duties_unmet=st.integers(0, 20),
)


def explained(proposal):
    made = proposal.base + sum(step.amount for step in proposal.steps)
    assert made == proposal.result
    assert 0 <= proposal.result <= proposal.base
    assert all(step.amount < 0 and step.clause and step.arithmetic for step in proposal.steps)
    assert all(step.amount == round(step.amount, 2) for step in proposal.steps)


@given(FACTS)
def test_every_yuan_belongs_to_a_step(facts):
    explained(propose(facts, rules=RULES))


@given(FACTS)
def test_a_better_grade_never_gets_less(facts):
    results = [propose(replace(facts, grade=grade), rules=RULES).result for grade in GRADES]
    assert results == sorted(results, reverse=True)


@given(FACTS, SHARES, SHARES)
def test_spending_more_of_the_budget_never_gets_less(facts, one, other):
    less, more = sorted((one, other))
    lower = propose(replace(facts, execution=less), rules=RULES).result
    assert lower <= propose(replace(facts, execution=more), rules=RULES).result


@given(MONEY, st.none() | SHARES, st.none() | SHARES)
def test_every_yuan_of_an_institution_belongs_to_a_step(base, quality, satisfaction):
    reached = {"quality": quality, "satisfaction": satisfaction}
    facts = ResultFacts(base=base)
    found = propose_for_institution(facts, formula=HOSPITAL, reached=reached, rules=RULES)
    explained(found)
    assert found.result >= base * (1 - HOSPITAL.tied) - Decimal("0.01")


@given(MONEY, SHARES, SHARES, SHARES)
def test_more_quality_never_gets_an_institution_less(base, one, other, satisfaction):
    worse, better = (
        propose_for_institution(
            ResultFacts(base=base),
            formula=HOSPITAL,
            reached={"quality": quality, "satisfaction": satisfaction},
            rules=RULES,
        ).result
        for quality in sorted((one, other))
    )
    assert worse <= better


def test_who_decides_otherwise_says_why():
    proposal = propose(ResultFacts(base=Decimal(1000), grade="中"), rules=RULES)
    assert why_not_decided(Decimal(900), proposal=proposal, reason="") is None
    assert why_not_decided(Decimal(950), proposal=proposal, reason="在建桥梁不能停") is None
    silent = why_not_decided(Decimal(950), proposal=proposal, reason=" ")
    assert "请写明理由" in say(silent, "zh")


@pytest.mark.parametrize("amount", ["-1", "0.001"])
def test_a_decision_is_an_amount_of_money(amount):
    proposal = propose(ResultFacts(base=Decimal(1000)), rules=RULES)
    assert isinstance(why_not_decided(Decimal(amount), proposal=proposal, reason="改"), Said)


def test_every_use_has_its_words_in_both_languages():
    assert set(USES) == set(UseOfResult)
    assert all(say(said, "en") != said.text for said in USES.values())
