"""X1 执行率与金额不符: the printed execution rate differs from the amounts."""

from collections.abc import Iterator
from fractions import Fraction

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import as_printed, rounded
from gongzhi.core.indicators.numbers import rate
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """Executed ÷ budget against the rate as printed, both in per cent."""
    form, percent = case.form, case.execution_percent
    printed = rate(form.execution_rate_text)
    if percent is None or printed is None or form.executed is None or form.budget is None:
        return
    if abs(percent - Fraction(printed)) <= Fraction(case.limits.rate_tolerance):
        return
    said = Said(
        "执行率写作 {printed}%，按金额计算为 {computed}%",
        {"printed": printed, "computed": rounded(percent)},
    )
    figures = (
        f"{as_printed(form, form.executed)} ÷ {as_printed(form, form.budget)}"
        f" = {plain(rounded(percent))}% ≠ {plain(printed)}%"
    )
    yield Fault(where=case.money_where, said=said, arithmetic=figures)


CHECK = Check(code="X1", certain=True, find=find)
