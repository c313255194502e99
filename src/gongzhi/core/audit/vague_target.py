"""Q1 空泛定性目标得满分: a vague target in words has full marks."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.reach import plain, shortened
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """The target is no number and matches the list of vague words."""
    for row in case.rows:
        if row.target is not None or row.score is None or row.weight is None:
            continue
        if row.score >= row.weight and case.limits.vague_target.search(row.promise.text):
            values = {"name": row.name, "target": shortened(row.indicator.target_text)}
            said = Said("“{name}”的目标“{target}”无法衡量，得了满分，待核实", values)
            figures = f"{plain(row.score)} ≥ {plain(row.weight)}"
            yield Fault(where=row.where, said=said, arithmetic=figures)


CHECK = Check(code="Q1", certain=False, find=find)
