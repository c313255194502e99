"""Next year's money between districts: how even before, how even after, by heads."""

from decimal import Decimal
from uuid import UUID

import pytest

from gongzhi.core.balance.allocation import Allocation, Request, allocate
from gongzhi.rules.packs.allocation import load_allocation
from gongzhi.rules.packs.folders import USUAL
from gongzhi.web.pages.results import allocation
from gongzhi.web.pages.results.allocation_asked import Ground, Scenario

EAST, WEST = str(UUID(int=1)), str(UUID(int=2))
HEADS = {EAST: 300, WEST: 100}
FLOOR = Decimal("0.80")


def ground(*, base: tuple[int, int] = (100_000, 100_000), grade: str = "优") -> Ground:
    """East and west have the same money this year; in the east there are three times the people."""
    return Ground(
        rows=(),
        requests=tuple(
            Request(
                id=str(UUID(int=9 + at)), name=region, department="教育局", region=region,
                base=Decimal(money), asked=Decimal(money) * 2, score=Decimal(95 - at), grade=grade,
            )
            for at, (region, money) in enumerate(zip(("东区", "西区"), base, strict=True))
        ),
        departments={}, fields={}, regions={EAST: "东区", WEST: "西区"},
        pack=load_allocation(USUAL),
    )  # fmt: skip


def laid_out(of: Ground, scenario: Scenario) -> Allocation:
    found = allocate(of.asked(scenario))
    assert isinstance(found, Allocation), found
    return found


def test_money_moves_to_where_a_head_has_less():
    scenario = Scenario(total=Decimal(210_000), heads=HEADS)
    of = ground()
    before, after = allocation._equity(of, scenario, laid_out(of, scenario))
    assert before.gini == pytest.approx(0.25)
    assert after.gini < before.gini
    table = allocation._by_region(before, after)
    assert [row[0].text for row in table.rows] == ["东区", "西区"]
    assert [row[1].text for row in table.rows] == ["333", "1,000"]


def test_without_all_heads_nothing_is_said_and_no_floor_is_set():
    of, scenario = ground(), Scenario(heads={EAST: 300})
    assert of.asked(scenario).rules.regional_least is None
    assert allocation._equity(of, scenario, laid_out(of, scenario)) is None


def test_the_floor_by_heads_holds_where_the_regions_projects_may_get_as_much():
    of = ground(base=(280_000, 120_000))
    scenario = Scenario(total=Decimal(404_000), heads=HEADS)
    found = laid_out(of, scenario)
    share = sum(each.amount for each in found.granted if each.request.region == "东区")
    assert share >= FLOOR * Decimal(404_000) * 300 / 400
