"""S2 未达标扣分与比例不符: the deduction is not in proportion."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from gongzhi.core.audit.case import Case, Check, Fault, Row
from gongzhi.core.audit.figures import rounded
from gongzhi.core.audit.units import with_units
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """Result ÷ target × weight against the score, where more is better."""
    for row in case.rows:
        share = _share(row)
        if share is None or row.weight is None or row.score is None or row.score >= row.weight:
            continue
        weight, score = Fraction(row.weight), Fraction(row.score)
        if abs(share * weight - score) <= Fraction(case.limits.proportion_tolerance) * weight:
            continue
        earned = rounded(share * weight)
        values = {"name": row.name, "earned": earned, "score": row.score}
        said = Said("“{name}”未达到目标，按比例应得 {earned} 分，所报 {score} 分", values)
        yield Fault(where=row.where, said=with_units(row, said), arithmetic=_figures(row, earned))


def _share(row: Row) -> Fraction | None:
    if row.is_met is not False or row.promise.less_is_better:
        return None
    if row.target is None or row.result is None or not row.target.value:
        return None
    return Fraction(row.result.value) / Fraction(row.target.value)


def _figures(row: Row, earned: Decimal) -> str | None:
    if row.target is None or row.result is None or row.weight is None or row.score is None:
        return None
    quotient = f"{plain(row.result.value)} ÷ {plain(row.target.value)} × {plain(row.weight)}"
    return f"{quotient} = {plain(earned)} ≠ {plain(row.score)}"


CHECK = Check(code="S2", certain=True, find=find)
