"""What one beneficiary and one unit cost."""

from decimal import Decimal

from gongzhi.core.goals import (
    Beneficiaries,
    DraftGoal,
    DraftIndicator,
    cost_per_beneficiary,
    cost_per_unit,
)

GOAL = DraftGoal(
    budget=Decimal(4_998_000),
    beneficiaries=(
        Beneficiaries(who="居民", count=Decimal(5200)),
        Beneficiaries(who="住户", count=Decimal(1785), measure="户"),
        Beneficiaries(who="商户"),
    ),
    indicators=(
        DraftIndicator(name="通气户数", level2="数量指标", target="≥1785", measure="户"),
        DraftIndicator(name="通气率", level2="数量指标", target="≥95%"),
        DraftIndicator(name="合格率", level2="质量指标", target="=100%"),
    ),
)


def test_the_budget_is_divided_by_each_group_that_was_counted():
    first, second = cost_per_beneficiary(GOAL)
    assert (first.what, first.amount, first.arithmetic) == (
        "居民",
        Decimal("961.15"),
        "4,998,000 ÷ 5,200 = 961.15",
    )
    assert (second.amount, second.measure) == (Decimal("2800.00"), "户")


def test_only_quantities_are_divided_by():
    [cost] = cost_per_unit(GOAL)
    assert (cost.what, cost.measure, cost.amount) == ("通气户数", "户", Decimal("2800.00"))


def test_without_money_there_is_no_cost():
    assert cost_per_beneficiary(DraftGoal(beneficiaries=GOAL.beneficiaries)) == ()
    assert cost_per_unit(DraftGoal(indicators=GOAL.indicators)) == ()
