"""Next year's money by rule: steps, exact amounts, reasons; or what excludes what.

In order: (1) floors lack as little as possible, (2) the weighted value is as large as possible,
(3) requests are changed as little as possible. A proposal: people decide.
"""

from dataclasses import replace

import highspy
import numpy as np

from gongzhi.core.balance.allocation.allocated import Allocation, Impossible
from gongzhi.core.balance.allocation.asked import (
    LIMITED,
    Asked,
    faults_of,
)
from gongzhi.core.balance.allocation.explaining import Explaining
from gongzhi.core.balance.allocation.program import SCALE, Program, RowOf
from gongzhi.core.balance.allocation.ranges import Ranges, ranges_of, regional_floors
from gongzhi.core.balance.allocation.rounding import rounded, sums_of
from gongzhi.core.balance.allocation.steps import Contradicting, Solved, solve
from gongzhi.core.fen import FEN, grouped
from gongzhi.core.solving import highs
from gongzhi.core.terms import Money, Said, SaidValues

SECONDS = 20.0
PRICED = 1e-7


def allocate(
    asked: Asked, *, seconds: float = SECONDS
) -> Allocation | Impossible | tuple[Said, ...]:
    """The allocation; what excludes what; or what is wrong with what is asked."""
    faults = tuple(faults_of(asked))
    if faults:
        return faults
    ranges = ranges_of(asked)
    asked = replace(asked, limits=(*asked.limits, *regional_floors(asked, ranges)))
    try:
        solved = solve(asked, ranges, seconds=seconds)
    except Contradicting:
        return _impossible(asked, ranges)
    amounts = rounded(asked, ranges, solved)
    return _allocation(asked, ranges, solved, amounts)


def _allocation(asked: Asked, ranges: Ranges, solved: Solved, amounts: list[int]) -> Allocation:
    why = Explaining(asked, ranges, solved, amounts)
    sums = sums_of(asked.limits, asked, amounts)
    made = Allocation(
        granted=tuple(why.granted(at) for at in range(len(amounts))),
        total=asked.total,
        uses=tuple(why.use(place, used=used) for place, used in enumerate(sums)),
        price=why.price,
        value=_value(asked, ranges, amounts),
        gap=solved.gap,
        steps=(),
    )
    return replace(made, steps=_told(made, solved))


def _value(asked: Asked, ranges: Ranges, amounts: list[int]) -> float:
    """The weighted value in yuan: the floor's part in full, then part by part."""
    got = np.array(amounts, dtype=np.float64)
    value = np.minimum(got, ranges.low)
    width = (ranges.high - ranges.low) / len(asked.rules.segments)
    for part, slope in enumerate(asked.rules.segments):
        value += np.clip(got - ranges.low - part * width, 0, width) * float(slope)
    return float((value * ranges.weight).sum() / 100)


def _told(made: Allocation, solved: Solved) -> tuple[Said, ...]:
    """The steps, each in a sentence."""
    said = [
        Said("第一步：各项下限共缺 {lacking} 元", {"lacking": grouped(made.lacking)})
        if made.lacking
        else Said("第一步：各项下限都保住了"),
        Said(
            "第二步：加权值最大，为 {value} 元；总额多一元，加权值多 {price}",
            {"value": f"{made.value:,.2f}", "price": f"{made.price:.2f}"},
        ),
        Said(
            "第三步：值相同的，少动申请；共 {together} 元，剩 {left} 元",
            {"together": grouped(made.together), "left": grouped(made.left)},
        ),
    ]
    if solved.gap > 0:
        gap: SaidValues = {"gap": f"{solved.gap:.4%}"}
        said.append(Said("停办与否一起算，离最好的结果不超过 {gap}", gap))
    if solved.unordered:
        count: SaidValues = {"count": len(solved.unordered)}
        said.append(Said("有 {count} 个项目没能做到得分高的增幅不低，限额不容", count))
    return tuple(said)


# ── what excludes what ──


def _impossible(asked: Asked, ranges: Ranges) -> Impossible:
    """The limits whose prices prove that they exclude each other, and what they lack together."""
    program = Program(asked, ranges, elastic=True, firm=False)
    solver = highs()
    model = program.model(program.lacks())
    model.integrality_ = []
    solver.passModel(model)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, "everything gives way"
    lacking = solver.getInfo().objective_function_value * SCALE
    prices = zip(program.rows.of, solver.getSolution().row_dual, strict=True)
    named = [row for row, price in prices if abs(price) > PRICED]
    said = [_named(row, asked) for row in named if row.kind in ("total", "most", "least")]
    rigid = sum(int(low) for low in ranges.low[ranges.rigid]) * FEN
    if rigid:
        said.append(Said("刚性支出合计 {amount} 元", {"amount": grouped(rigid)}))
    if any(row.kind in ("held", "lifted", "levels") for row in named):
        said.append(Said("同部门得分高的增幅不能低"))
    return Impossible(lacking=round(lacking) * FEN, said=tuple(said))


def _named(row: RowOf, asked: Asked) -> Said:
    if row.kind == "total":
        return Said("总额 {amount} 元", {"amount": grouped(asked.total)})
    limit = asked.limits[row.place]
    amount: Money | None = limit.most if row.kind == "most" else limit.least
    assert amount is not None, "the row has a bound"
    values: SaidValues = {"of": LIMITED[limit.of], "name": limit.name, "amount": grouped(amount)}
    most, least = "{of}“{name}”的上限 {amount} 元", "{of}“{name}”的下限 {amount} 元"
    text = most if row.kind == "most" else least
    return Said(text, values)
