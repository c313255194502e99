"""Next year's money between districts: how even before, how even after, by heads."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from gongzhi.core.balance.allocation import Allocation, Request, allocate
from gongzhi.parties.models import Region
from gongzhi.rules.packs.allocation import load_allocation
from gongzhi.rules.packs.folders import USUAL
from gongzhi.web.pages.results.allocation_asked import Ground, Scenario
from gongzhi.web.pages.results.allocation_districts import (
    WHOLE,
    District,
    districts_of,
    evenness_of,
)
from gongzhi.web.pages.results.allocation_lately import allocated

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
        departments={}, fields={},
        districts={
            EAST: District(name="东区", people=None),
            WEST: District(name="西区", people=None),
        },
        pack=load_allocation(USUAL),
    )  # fmt: skip


def laid_out(of: Ground, scenario: Scenario) -> Allocation:
    found = allocate(of.asked(scenario))
    assert isinstance(found, Allocation), found
    return found


def test_money_moves_to_where_a_head_has_less():
    scenario = Scenario(total=Decimal(210_000), heads=HEADS)
    of = ground()
    found = evenness_of(laid_out(of, scenario), of.heads(scenario))
    assert found is not None
    assert found.before.gini == pytest.approx(0.25)
    assert found.after.gini < found.before.gini
    assert found.uncounted is None
    assert [row[0].text for row in found.table.rows] == ["东区", "西区"]
    assert [row[4].text for row in found.table.rows] == ["333.33", "1,000.00"]


def test_without_all_heads_nothing_is_said_and_no_floor_is_set():
    of, scenario = ground(), Scenario(heads={EAST: 300})
    assert of.asked(scenario).rules.regional_least is None
    assert evenness_of(laid_out(of, scenario), of.heads(scenario)) is None


def test_the_floor_by_heads_holds_where_the_regions_projects_may_get_as_much():
    of = ground(base=(280_000, 120_000))
    scenario = Scenario(total=Decimal(404_000), heads=HEADS)
    found = laid_out(of, scenario)
    share = sum(each.amount for each in found.granted if each.request.region == "东区")
    assert share >= FLOOR * Decimal(404_000) * 300 / 400


def test_what_units_of_the_whole_do_is_counted_to_no_district():
    of, scenario = ground(), Scenario(heads=HEADS)
    of = replace(of, requests=(*of.requests, replace(of.requests[0], id="全", region=WHOLE)))
    found = evenness_of(laid_out(of, replace(scenario, total=Decimal(330_000))), of.heads(scenario))
    assert found is not None
    assert found.uncounted is not None
    assert found.uncounted.values["count"] == 1
    assert sum(each.share.amount for each in found.before.places) == 200_000


def region(*line: int) -> Region:
    """A region by its number, with those around it, the nearest first."""
    own, *around = (str(UUID(int=each)) for each in line)
    return Region(id=UUID(own), ancestors=around)


@pytest.mark.parametrize(
    ("regions", "found"),
    [
        ([region(1)], {1: None}),
        ([region(1), region(2, 1)], {1: None, 2: 2}),
        ([region(2, 1), region(3, 1)], {2: 2, 3: 3}),
        ([region(1), region(4, 2, 1), region(3, 1)], {1: None, 4: 2, 3: 3}),
        ([region(4, 2, 1), region(5, 2, 1), region(2, 1)], {4: 4, 5: 5, 2: None}),
        ([region(1), region(2)], {1: 1, 2: 2}),
    ],
)
def test_a_district_is_just_below_the_division_that_holds_all(regions, found):
    named = {str(UUID(int=at)): str(UUID(int=to)) if to else WHOLE for at, to in found.items()}
    assert districts_of(regions) == named


def test_what_was_computed_lately_is_not_computed_again():
    of = ground()
    asked = of.asked(Scenario(total=Decimal(210_000), heads=HEADS))
    found = allocated(asked)
    assert allocated(replace(asked)) is found
    assert allocated(replace(asked, total=Decimal(209_999))) is not found
    dearer = (replace(asked.requests[0], need=Decimal(2)), *asked.requests[1:])
    assert allocated(replace(asked, requests=dearer)) is not found
    assert allocated(replace(asked, heads={**asked.heads, "东区": 301})) is not found
