"""X6 资金合计行≠明细行之和: a money total differs from its parts."""

import re
from collections.abc import Callable, Iterator, Sequence

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import as_printed, total_of, unit_of
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.terms import FundRow, Money, Said

Column = Callable[[FundRow], Money | None]
COLUMNS: tuple[tuple[str, Column], ...] = (
    ("年初预算数", lambda row: row.initial),
    ("全年预算数", lambda row: row.adjusted),
    ("执行数", lambda row: row.executed),
)
OF_WHICH = "其中"
# Whose money or which budget it is: lines that divide a part again, not the total.
DIVIDES_A_PART = re.compile(
    r"中央|省|市|州|县|区|镇|地方|本级|上级|一般公共预算|政府性基金|国有资本"
)


def find(case: Case) -> Iterator[Fault]:
    """Column by column, where the total and at least one part are filled in."""
    form = case.form
    if not form.fund_rows:
        return
    total_row, parts = form.fund_rows[0], first_level(form.fund_rows[1:])
    for label, column in COLUMNS:
        total, amounts = column(total_row), [column(part) for part in parts]
        filled = [amount for amount in amounts if amount is not None]
        added = total_of(filled)
        if total is None or not filled or abs(total - added) <= case.limits.money_tolerance:
            continue
        shown = as_printed(form, total)
        said = Said(
            "{column}合计 {total} {unit}，明细之和 {added} {unit}，两者不符",
            {
                "column": Said(label),
                "total": shown,
                "added": as_printed(form, added),
                "unit": unit_of(form),
            },
        )
        terms = " + ".join(as_printed(form, amount) for amount in filled)
        result = as_printed(form, added)
        figures = f"{terms} = {result} ≠ {shown}" if len(filled) > 1 else f"{result} ≠ {shown}"
        yield Fault(where=total_row.where, said=said, arithmetic=figures)


def first_level(rows: Sequence[FundRow]) -> list[FundRow]:
    """The lines that divide the total; a second 其中 begins lines that divide a part."""
    found: list[FundRow] = []
    inside_a_part = False
    for row in rows:
        label = canonical(row.label)
        opens = label.startswith(OF_WHICH)
        if found and opens:
            inside_a_part = True
        elif inside_a_part and not DIVIDES_A_PART.search(label):
            inside_a_part = False
        if not inside_a_part:
            found.append(row)
    return found


CHECK = Check(code="X6", certain=True, find=find)
