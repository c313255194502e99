"""Q4 目标写成≥100%: a rate cannot exceed the whole."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said

BEGINNINGS = ("≥100%", "≥100百分比")


def find(case: Case) -> Iterator[Fault]:
    """The target begins with ≥100%."""
    for row in case.rows:
        if row.promise.text.startswith(BEGINNINGS):
            values = {"name": row.name, "target": shortened(row.indicator.target_text)}
            said = Said("“{name}”的目标写成“{target}”，比率最多 100%，可写成 =100%", values)
            yield Fault(where=row.where, said=said)


CHECK = Check(code="Q4", certain=False, find=find)
