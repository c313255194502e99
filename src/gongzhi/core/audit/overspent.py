"""X2 执行率＞100%: more spent than budgeted."""

from collections.abc import Iterator
from fractions import Fraction

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import as_printed, rounded, unit_of
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """Executed money above the whole budget."""
    form, percent = case.form, case.execution_percent
    limit = Fraction(case.limits.full_marks + case.limits.overspent_tolerance)
    if percent is None or form.executed is None or form.budget is None or percent <= limit:
        return
    executed, budget = as_printed(form, form.executed), as_printed(form, form.budget)
    said = Said(
        "执行数 {executed} {unit}超过预算数 {budget} {unit}",
        {"executed": executed, "budget": budget, "unit": unit_of(form)},
    )
    figures = f"{executed} ÷ {budget} = {plain(rounded(percent))}% > 100%"
    yield Fault(where=case.money_where, said=said, arithmetic=figures)


CHECK = Check(code="X2", certain=True, find=find)
