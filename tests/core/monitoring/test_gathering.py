"""Targets as people write them, and facts of other systems, become plans to be followed."""

from datetime import date
from decimal import Decimal

import pytest

from gongzhi.core.facts import (
    BudgetFact,
    ContractFact,
    PaymentFact,
    PlanFact,
    ProjectFact,
    ReadingFact,
    TargetFact,
)
from gongzhi.core.monitoring import Contract, Course, Payment, Reading, curves
from gongzhi.core.monitoring.gathering import gather
from gongzhi.core.monitoring.promising import promised_of
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.monitoring import load_monitoring

RULES = load_monitoring("mof-2020-10")
LEXICON = load_packs()["mof-2020-10"].lexicon


@pytest.mark.parametrize(
    ("target", "heading", "number", "less", "course"),
    [
        ("≥120公里", "数量指标", 120, False, Course.SO_FAR),
        ("不超过30万元", "成本指标", 30, True, Course.KEPT),
        ("≥95%", "质量指标", 95, False, Course.KEPT),
        ("≥95%", "数量指标", 95, False, Course.KEPT),
        ("12次", "满意度指标", 12, False, Course.KEPT),
        ("效果显著", "社会效益指标", None, False, Course.SO_FAR),
        ("完善", "可持续影响指标", None, False, Course.KEPT),
        (None, None, None, False, Course.SO_FAR),
    ],
)
def test_a_written_target_becomes_a_promise(target, heading, number, less, course):
    found = promised_of(
        key="一",
        name="指标",
        target_text=target,
        heading=heading,
        lexicon=LEXICON,
        kept_under=RULES.kept_under,
    )
    assert (found.target, found.less_is_better, found.course) == (number, less, course)


FACTS = [
    ProjectFact("P1", "桥", category="工程", starts_on=date(2026, 2, 1), currency="BRL"),
    BudgetFact("1", 2026, "P1", "U", initial=Decimal(600), adjusted=Decimal(700)),
    BudgetFact("2", 2026, "P1", "U", initial=Decimal(300), received=Decimal(50)),
    BudgetFact("3", 2025, "P1", "U", initial=Decimal(9000)),
    PaymentFact("p1", "P1", "U", date(2026, 3, 1), Decimal(70), "甲公司", "X9", economic="310"),
    ContractFact(
        "C1", project="P1", supplier="甲公司", amount=Decimal(90), signed_on=date(2026, 2, 2)
    ),
    ContractFact("C2", project="P1", amount=None),
    TargetFact("P1", "i1", 2026, "里程", Decimal(100), course="adds_up", weight=Decimal(20)),
    TargetFact("P1", "i2", 2026, text="完善"),
    TargetFact("P1", "i1", 2025, "里程", Decimal(50)),
    PlanFact("P1", 2026, 3, Decimal(300)),
    PlanFact("P1", 2026, 6, Decimal(200), part="staff"),
    PlanFact("P1", 2026, 6, Decimal(200), part="other"),
    PlanFact("P1", 2026, 6, Decimal(40), "i1"),
    PlanFact("P1", 2026, 12, Decimal(60), "i1"),
    ReadingFact("P1", "i1", date(2026, 3, 1), date(2026, 3, 31), Decimal(12), unit="U"),
    PaymentFact("p2", "P0", "U", date(2026, 3, 1), Decimal(7)),
    PaymentFact("p3", "", "U", date(2026, 3, 1), Decimal(7)),
]


def test_facts_are_gathered_project_by_project():
    (empty, paid), (plan, facts) = gather(FACTS, year=2026)
    assert (empty.project, empty.indicators, empty.money, empty.currency) == ("P0", (), (), "元")
    assert paid.payments == (Payment(date(2026, 3, 1), Decimal(7), key="p2"),)
    assert (plan.project, plan.category, plan.starts_on, plan.currency) == (
        "P1", "工程", date(2026, 2, 1), "BRL",
    )  # fmt: skip
    assert [int(amount) for amount in plan.money] == [0, 0, 300, 300, 300, *[700] * 7]
    assert (facts.initial, facts.adjusted, facts.received) == (900, 700, 50)
    assert facts.payments == (Payment(date(2026, 3, 1), Decimal(70), "X9", "", "310", "p1"),)
    assert facts.contracts == (Contract("C1", Decimal(90), date(2026, 2, 2), "甲公司"),)
    assert facts.readings == (Reading("i1", date(2026, 3, 31), Decimal(12), None, "U"),)


def test_a_plan_in_figures_becomes_shares_of_the_target():
    _, (plan, facts) = gather(FACTS, year=2026)
    road, words = plan.indicators
    assert (road.name, road.course, road.weight) == ("里程", Course.ADDS_UP, 20)
    assert [str(share) for share in road.by_month][4:] == ["0", *["0.4"] * 6, "1"]
    assert (words.name, words.target, words.by_month) == ("i2", None, ())
    drawn = curves(plan, facts, today=date(2026, 6, 30), degrees=RULES.words.shares)
    assert drawn.goals[2] == Decimal("0.12")
