"""W3 一级权重违反本表注明的规定: printed points differ from the form's own note."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """Heading by heading: what the note fixes against what is printed."""
    fixed = {canonical(name): points for name, points in case.form.weight_rule.items()}
    for heading, points in case.form.level1_weights.items():
        wanted = fixed.get(canonical(heading))
        if wanted is None or wanted == points:
            continue
        said = Said(
            "本表说明规定“{heading}”{wanted} 分，表中注明 {points} 分",
            {"heading": heading, "wanted": wanted, "points": points},
        )
        rows = (row for row in case.rows if canonical(row.indicator.level1) == canonical(heading))
        row = next(rows, None)
        yield Fault(
            where=case.form.where if row is None else row.where,
            said=said,
            arithmetic=f"{plain(points)} ≠ {plain(wanted)}",
        )


CHECK = Check(code="W3", certain=True, find=find)
