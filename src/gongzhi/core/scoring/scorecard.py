"""The scorecard of a form: points per row, for execution, in total, and the grade.

A total is always derived from its parts; where a part is open, so is the total.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.indicators.reach import plain
from gongzhi.core.scoring.execution import ExecutionRate, execution_points, execution_rate
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.scoring.points import NOTHING, Basis, Earned, certainly
from gongzhi.core.scoring.rows import row_points
from gongzhi.core.terms import Form, Points, Said, SaidValues

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """What a form earns under a pack, part by part."""

    rows: tuple[Earned, ...]
    execution_rate: ExecutionRate | None
    execution: Earned
    total: Earned
    grade: str | None
    grade_said: Said


def score_form(form: Form, *, pack: Pack) -> Scorecard:
    """Score a form under a pack; papers that report no results earn nothing."""
    execution = execution_points(form, pack=pack)
    if form.form_type.is_self_evaluation:
        rows = tuple(row_points(indicator, pack=pack) for indicator in form.indicators)
    else:
        unscored = Earned(basis=Basis.NOT_SCORED, said=Said("此表不评分"), most=NOTHING)
        rows = (unscored,) * len(form.indicators)
    total = add_up((*rows, execution))
    grade, grade_said = _grade(form, total.points, pack=pack)
    return Scorecard(
        rows=rows,
        execution_rate=execution_rate(form),
        execution=execution,
        total=total,
        grade=grade,
        grade_said=grade_said,
    )


def add_up(parts: Iterable[Earned]) -> Earned:
    """The sum of parts; with an open part, the span in which the sum lies."""
    scored = [part for part in parts if part.basis is not Basis.NOT_SCORED]
    least = sum((part.least for part in scored), start=NOTHING)
    missing = sum(1 for part in scored if part.basis is Basis.OPEN)
    if not scored:
        return Earned(basis=Basis.NOT_SCORED, said=Said("没有可以合计的得分"))
    if missing:
        return _span(scored, least=least, missing=missing)
    accepted = sum(1 for part in scored if part.basis is Basis.ACCEPTED)
    text = "各项合计 {total} 分"
    if accepted:
        text = "各项合计 {total} 分，其中 {accepted} 项无法由数字重算，按所报得分计"
    said = Said(text, {"total": least, "accepted": accepted})
    terms = " + ".join(plain(part.least) for part in scored)
    figures = f"{terms} = {plain(least)}"
    basis = Basis.ACCEPTED if accepted else Basis.COMPUTED
    return certainly(least, basis=basis, said=said, arithmetic=figures)


def _span(scored: list[Earned], *, least: Points, missing: int) -> Earned:
    known = [part.most for part in scored if part.most is not None]
    if len(known) < len(scored):
        said = Said("有 {missing} 项不能计分，无法合计", {"missing": missing})
        return Earned(basis=Basis.OPEN, said=said, least=least)
    most = sum(known, start=NOTHING)
    values: SaidValues = {"missing": missing, "least": least, "most": most}
    said = Said("有 {missing} 项不能计分，合计在 {least} 与 {most} 之间", values)
    return Earned(basis=Basis.OPEN, said=said, least=least, most=most)


def _grade(form: Form, total: Points | None, *, pack: Pack) -> tuple[str | None, Said]:
    """The grade, unless the total is open or the weights do not add up to full marks."""
    full_marks, slack = pack.limits.full_marks, pack.limits.weight_tolerance
    if total is None:
        return None, Said("总分未定，不能评定等级")
    weights = [indicator.weight for indicator in form.indicators]
    if all(weight is None for weight in weights):
        if total > full_marks + slack:
            return None, Said("合计超过满分 {full} 分，不能评定等级", {"full": full_marks})
        if not form.has_total_row and form.stated_total is None:
            return None, Said("表格不完整，不能评定等级")
        return _graded(total, pack=pack)
    full = sum((weight or NOTHING for weight in weights), start=form.execution_weight or NOTHING)
    if full < full_marks - slack:
        return None, Said("分值合计只有 {full} 分，不能评定等级", {"full": full})
    if full > full_marks + slack:
        scaled = total / full * full_marks
        name, _said = _graded(scaled, pack=pack)
        values: SaidValues = {
            "full": full,
            "scaled": Decimal(round(scaled * HUNDRED)) / HUNDRED,
            "grade": Said(name),
        }
        return name, Said("分值合计 {full} 分，折合百分制 {scaled} 分，等级为{grade}", values)
    return _graded(total, pack=pack)


def _graded(total: Points, *, pack: Pack) -> tuple[str, Said]:
    name = pack.grade(total)
    return name, Said("{total} 分，等级为{grade}", {"total": total, "grade": Said(name)})
