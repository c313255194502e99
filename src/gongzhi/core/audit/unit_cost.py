"""H-UNIT 单价×数量与预算不符: unit costs times quantities do not meet the budget."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.audit.case import Case, Check, Fault, Row
from gongzhi.core.audit.figures import total_of
from gongzhi.core.indicators.amounts import TEN_THOUSAND
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Money, Said

QUANTITY, COST, MYRIAD = "数量", "成本", "万"
PRICE_UNIT = re.compile(r"(万?)元(?:/|每)(.+)")
MONEY_UNIT = re.compile(r"(万?)元")
PER = re.compile(r"(?:/|每)([^0-9()（）]{1,4})$")
AT_MOST = ("≤", "<")


@dataclass(frozen=True, slots=True)
class Priced:
    """A unit cost with the quantities that are counted in its unit."""

    row: Row
    yuan: Decimal
    quantities: tuple[Row, ...]

    @property
    def amount(self) -> Money:
        """Unit cost times quantity."""
        return self.yuan * total_of(_value(row) for row in self.quantities)

    @property
    def figures(self) -> str:
        """The product in figures."""
        counts = " + ".join(plain(_value(row)) for row in self.quantities)
        counts = f"({counts})" if len(self.quantities) > 1 else counts
        return f"{plain(self.yuan)} × {counts}"


def find(case: Case) -> Iterator[Fault]:
    """Too much in any case; too little only where every quantity has its price."""
    budget, quantities = case.form.budget, _quantities(case)
    priced = [found for row in case.rows if (found := _priced(case, row, quantities)) is not None]
    if not priced or budget is None or budget <= 0:
        return
    total = total_of(each.amount for each in priced)
    slack = budget * case.limits.unit_cost_tolerance
    counted = {row.position for each in priced for row in each.quantities}
    ceilings = any(each.row.target and each.row.target.sign in AT_MOST for each in priced)
    too_little = len(counted) == len(quantities) and total < budget - slack and not ceilings
    if total <= budget + slack and not too_little:
        return
    said = Said(
        "按单价乘数量合计 {total} 元，预算 {budget} 元，两者不符，待核实",
        {"total": total, "budget": budget},
    )
    products = " + ".join(each.figures for each in priced)
    figures = f"{products} = {plain(total)} ≠ {plain(budget)}"
    yield Fault(where=priced[0].row.where, said=said, arithmetic=figures)


def _quantities(case: Case) -> list[Row]:
    return [
        row
        for row in case.rows
        if canonical(row.indicator.level2).startswith(QUANTITY)
        and row.target is not None
        and row.target.unit
        and row.target.value > 0
    ]


def _priced(case: Case, row: Row, quantities: list[Row]) -> Priced | None:
    """A cost in 元/件, or in 元 with a name that ends in /件."""
    if row.target is None or COST not in canonical(row.indicator.level2):
        return None
    unit, name = row.target.unit, canonical(row.indicator.level3)
    price = PRICE_UNIT.fullmatch(unit)
    if price is not None:
        myriad, counted_in = price[1], price[2]
    else:
        plain_money, per = MONEY_UNIT.fullmatch(unit), PER.search(name)
        if plain_money is None or per is None or not case.limits.unit_cost_name.search(name):
            return None
        myriad, counted_in = plain_money[1], per[1]
    counted = tuple(each for each in quantities if each.target and each.target.unit == counted_in)
    yuan = row.target.value * (TEN_THOUSAND if myriad == MYRIAD else 1)
    return Priced(row, yuan, counted) if counted else None


def _value(row: Row) -> Decimal:
    assert row.target is not None, "a quantity is a number"
    return row.target.value


CHECK = Check(code="H-UNIT", certain=False, find=find)
