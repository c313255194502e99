"""S5 超额＞30%未调减: the result is so far beyond the target that the target looks low."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import rounded
from gongzhi.core.audit.units import with_units
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """Where more is better, a result above the pack's limit of over-achievement."""
    limit = 1 + Fraction(case.pack.over_achievement_max)
    for row in case.rows:
        if not row.is_met or row.promise.less_is_better or row.target is None or row.result is None:
            continue
        if not row.target.value:
            continue
        ratio = Fraction(row.result.value) / Fraction(row.target.value)
        if ratio > limit:
            percent = Decimal(round(ratio * 100))
            values = {"name": row.name, "percent": percent}
            said = Said("“{name}”完成值是目标值的 {percent}%，目标可能偏低，待核实", values)
            quotient = f"{plain(row.result.value)} ÷ {plain(row.target.value)}"
            figures = f"{quotient} = {plain(rounded(ratio))} > {plain(rounded(limit))}"
            yield Fault(where=row.where, said=with_units(row, said), arithmetic=figures)


CHECK = Check(code="S5", certain=False, find=find)
