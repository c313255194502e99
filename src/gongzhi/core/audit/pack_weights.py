"""H-PACK 权重与规则包不符: weights that break the rule pack in use."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import listed, total_of
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said, SaidValues


def find(case: Case) -> Iterator[Fault]:
    """Only where the form is whole: printed beside the headings, or weights that make 100.

    A form with headings that the pack doesn't know follows another frame, which is all to say.
    """
    sums = case.form.level1_weights or _added_up(case)
    if case.form.weight_rule or not sums:
        return
    pack = Said(case.pack.title.zh)
    strange = next((name for name in sums if name and case.pack.heading(name) is None), None)
    if strange is not None:
        values: SaidValues = {"heading": strange, "pack": pack}
        said = Said("一级指标“{heading}”不在规则包“{pack}”的指标体系中", values)
        yield Fault(where=case.form.where, said=said)
        return
    differing = list(_differing(case, sums))
    if differing:
        values = {"pack": pack, "differing": listed(_told(*each) for each in differing)}
        said = Said("权重与规则包“{pack}”不同：{differing}，待核实", values)
        figures = "; ".join(f"{plain(points)} ≠ {plain(wanted)}" for _, points, wanted in differing)
        yield Fault(where=case.form.where, said=said, arithmetic=figures)


def _told(name: str | Said, points: Decimal, wanted: Decimal) -> Said:
    values: SaidValues = {"heading": name, "points": points, "wanted": wanted}
    return Said("{heading} {points} 分（规则包 {wanted} 分）", values)


def _differing(
    case: Case, sums: Mapping[str, Decimal]
) -> Iterator[tuple[str | Said, Decimal, Decimal]]:
    """Names with the weights of the form and of the pack, where they are not the same."""
    weight, wanted = case.form.execution_weight, case.pack.execution.weight
    if weight is not None and weight != wanted:
        yield Said("预算执行率"), weight, wanted
    for name, points in sums.items():
        heading = case.pack.heading(name)
        if heading is not None and heading.weight is not None and heading.weight != points:
            yield name, points, heading.weight


def _added_up(case: Case) -> Mapping[str, Decimal]:
    """Weights by heading, if they are all there and make full marks with execution."""
    weights = case.all_weights
    if weights is None:
        return {}
    whole = total_of(weights) + case.execution_weight
    if abs(whole - case.limits.full_marks) > case.limits.weight_tolerance:
        return {}
    sums: dict[str, Decimal] = {}
    for row, weight in zip(case.rows, weights, strict=True):
        name = canonical(row.indicator.level1)
        sums[name] = sums.get(name, Decimal(0)) + weight
    return sums


CHECK = Check(code="H-PACK", certain=False, find=find)
