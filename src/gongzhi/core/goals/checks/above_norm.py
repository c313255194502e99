"""单价超过支出标准: a unit cost above the norm that it falls under."""

from collections.abc import Iterator
from decimal import Decimal

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck, Line
from gongzhi.core.goals.costs import unit_price
from gongzhi.core.goals.rules import CostNorm, GoalRule
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said, SaidValues


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """元 per measure in the target, and the norm's name in the indicator's."""
    for line in case.lines:
        for norm in case.norms:
            price = _price_under(line, norm)
            if price is not None and price > norm.most:
                values: SaidValues = {
                    "name": line.name,
                    "price": price,
                    "measure": norm.measure,
                    "most": norm.most,
                    "clause": norm.clause,
                }
                text = "“{name}”{price} 元/{measure}，超过支出标准 {most} 元/{measure}（{clause}）"
                figures = f"{plain(price)} > {plain(norm.most)}"
                yield Fault(where=line.where, said=Said(text, values), arithmetic=figures)


def _price_under(line: Line, norm: CostNorm) -> Decimal | None:
    price = unit_price(line.number)
    if price is None or price.measure != canonical(norm.measure):
        return None
    return price.yuan if canonical(norm.name) in canonical(line.draft.name) else None


CHECK = GoalCheck(code="above_norm", field="target", find=find)
