"""The scorecard of a form: points per row, for execution, in total, and the grade.

A total is always derived from its parts; where a part is open, so is the total.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    total = _unless_cut_off(add_up((*rows, execution)), form=form, pack=pack)
    grade, grade_said = _grade(form, total.points, pack=pack)
    return Scorecard(
        rows=rows,
        execution_rate=execution_rate(form),
        execution=execution,
        total=total,
        grade=grade,
        grade_said=grade_said,
    )


def _full_marks(form: Form) -> Points | None:
    """What the printed weights make together; None on a form without weights."""
    weights = [row.weight for row in form.indicators if row.weight is not None]
    return sum(weights, start=form.execution_weight or NOTHING) if weights else None


def _is_whole(form: Form, *, pack: Pack) -> bool:
    """Weights that reach full marks, or a total row below rows that make its printed weight."""
    full, slack = _full_marks(form), pack.limits.weight_tolerance
    if not form.indicators or full is None:
        return bool(form.indicators) and form.has_total_row
    printed = form.total_weight
    ends = form.has_total_row and (printed is None or full >= printed - slack)
    return ends or full >= pack.limits.full_marks - slack


def _unless_cut_off(total: Earned, *, form: Form, pack: Pack) -> Earned:
    """A total only of a whole form; a table that ends before its last row claims nothing."""
    if total.points is None or _is_whole(form, pack=pack):
        return total
    full = _full_marks(form)
    text = "表格不完整，已列各项合计 {points} 分，总分未定"
    if full is not None:
        text = "表上的分值只有 {full} 分，已列各项合计 {points} 分，总分未定"
    said = Said(text, {"full": full or NOTHING, "points": total.points})
    return replace(total, basis=Basis.OPEN, said=said, points=None, most=None)


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
    """The grade, out of a hundred where the weights make something else; none for an open total."""
    full_marks, slack = pack.limits.full_marks, pack.limits.weight_tolerance
    if total is None:
        return None, Said("总分未定，不能评定等级")
    full = _full_marks(form)
    if full is None and total > full_marks + slack:
        return None, Said("合计超过满分 {full} 分，不能评定等级", {"full": full_marks})
    if full is None or full <= 0 or abs(full - full_marks) <= slack:
        return _graded(total, pack=pack)
    scaled = total / full * full_marks
    name, _said = _graded(scaled, pack=pack)
    shown = Decimal(round(scaled * HUNDRED)) / HUNDRED
    values: SaidValues = {"full": full, "scaled": shown, "grade": Said(name)}
    return name, Said("分值合计 {full} 分，折合百分制 {scaled} 分，等级为{grade}", values)


def _graded(total: Points, *, pack: Pack) -> tuple[str, Said]:
    name = pack.grade(total)
    return name, Said("{total} 分，等级为{grade}", {"total": total, "grade": Said(name)})
