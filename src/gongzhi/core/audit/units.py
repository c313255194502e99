"""A word of care where target and result carry different units."""

from gongzhi.core.audit.case import Row
from gongzhi.core.terms import Said, SaidValues


def units_differ(row: Row) -> bool:
    """Whether both have a unit and the units are not the same."""
    if row.target is None or row.result is None:
        return False
    one, other = row.target.unit, row.result.unit
    return bool(one) and bool(other) and one != other


def with_units(row: Row, said: Said) -> Said:
    """The sentence; where the units differ, with the advice to look at them first."""
    if row.target is None or row.result is None or not units_differ(row):
        return said
    values: SaidValues = {"said": said, "target": row.target.unit, "result": row.result.unit}
    return Said("{said}（目标值以“{target}”、完成值以“{result}”计，请先核对单位）", values)
