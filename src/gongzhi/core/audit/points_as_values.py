"""V1 分值填进指标值、完成值列: points typed into target and result."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault, Row
from gongzhi.core.audit.figures import total_of
from gongzhi.core.indicators.numbers import bare_number
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said

LEAST_ROWS = 3
TYPICAL_TOTALS = (90, 100)


def find(case: Case) -> Iterator[Fault]:
    """Every numeric row repeats its points; or a form without points adds up to 90 or 100."""
    for row in _with_points(case) or _without_points(case):
        said = Said("“{name}”的指标值和完成值疑为分值，待核实", {"name": row.name})
        figures = plain(row.target.value) if row.target else None
        yield Fault(where=row.where, said=said, arithmetic=figures)


def _with_points(case: Case) -> list[Row]:
    numeric = [row for row in case.rows if row.target is not None]
    return numeric if all(_repeats_points(row) for row in numeric) else []


def _repeats_points(row: Row) -> bool:
    values = {
        bare_number(row.indicator.target_text),
        bare_number(row.indicator.actual_text),
        row.weight,
        row.score,
    }
    return len(values) == 1 and None not in values


def _without_points(case: Case) -> list[Row]:
    if case.has_weights or any(row.score is not None for row in case.rows):
        return []
    targets = [bare_number(row.indicator.target_text) for row in case.rows]
    results = [bare_number(row.indicator.actual_text) for row in case.rows]
    known = [target for target in targets if target is not None]
    if len(known) < max(LEAST_ROWS, len(case.rows)) or targets != results:
        return []
    return list(case.rows) if total_of(known) in TYPICAL_TOTALS else []


CHECK = Check(code="V1", certain=False, find=find)
