"""H-MONEY 元与万元混用: yuan and ten thousand yuan mixed up."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.amounts import TEN_THOUSAND, amounts_in, without_thousands
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Money, Said, SaidValues, Where

MYRIAD = "万"
YUAN = "元"


def find(case: Case) -> Iterator[Fault]:
    """Within a row, and texts against the budget."""
    for row in case.rows:
        if row.target is None or row.result is None:
            continue
        one, other = row.target.unit, row.result.unit
        if YUAN in one and YUAN in other and MYRIAD in (one + other) and one != other:
            values = {"name": row.name, "target": one, "result": other}
            said = Said("“{name}”的目标值以“{target}”计，完成值以“{result}”计，单位不同", values)
            yield Fault(where=row.where, said=said)
    for text, where in _texts(case):
        yield from _against_budget(case, text=text, where=where)


def _texts(case: Case) -> Iterator[tuple[str | None, Where]]:
    yield case.form.goal_text, case.form.where
    yield case.form.goal_actual_text, case.form.where
    for row in case.rows:
        yield row.indicator.target_text, row.where


def _against_budget(case: Case, *, text: str | None, where: Where) -> Iterator[Fault]:
    """The first amount that is the budget times or by ten thousand, exactly."""
    budgets = _budgets(case)
    amounts = amounts_in(without_thousands(canonical(text)))
    for amount in (each for each in amounts if not each.is_price):
        for budget in budgets:
            high, low = max(amount.yuan, budget), min(amount.yuan, budget)
            if high == low * TEN_THOUSAND:
                values: SaidValues = {"amount": amount.yuan, "budget": budget}
                text = "文字中的 {amount} 元与资金栏的 {budget} 元正好差一万倍，待核实"
                said = Said(text, values)
                figures = f"{plain(high)} ÷ {plain(low)} = 10000"
                yield Fault(where=where, said=said, arithmetic=figures)
                return


def _budgets(case: Case) -> tuple[Money, ...]:
    amounts = (case.form.budget_initial, case.form.budget_adjusted, case.form.executed)
    return tuple(amount for amount in amounts if amount is not None and amount > 0)


CHECK = Check(code="H-MONEY", certain=False, find=find)
