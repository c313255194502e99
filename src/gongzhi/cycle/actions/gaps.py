"""What lies far apart in a panel is explained; until then its score doesn't count.

Which gaps there are is derived from the sheets; what waits for whose word is kept beside each
evaluation, so that desks needn't derive every panel.
"""

from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.stages import Side
from gongzhi.core.scoring.panel import Gap
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.citizens import heard_of
from gongzhi.cycle.models import Evaluation, GapExplanation, Project
from gongzhi.cycle.panels import Panel, whole_panel
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.packs.evaluation import load_evaluation

NO_GAP = Said("这一行没有需要说明的差距，或者已经说明")


def explain_gap(
    *, by: Member, evaluation: Evaluation, line: str, reason: str, key: str | None = None
) -> GapExplanation:
    """Say why points lie far apart in a line, or in total: as evaluator, or as who commissioned.

    Whoever commissioned an evaluation from another may explain any gap of its panel.
    """
    with act(by, "explain_gap", on=evaluation, key=key) as record:
        panel = whole_panel(evaluation)
        gap = next((each for each in panel.unanswered if each.line == line), None)
        if gap is None:
            raise Unsuitable({"line": NO_GAP})
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        closes = _as_commissioner(by, evaluation)
        if not closes and evaluation not in panel.asked_of(gap):
            raise Unsuitable({"line": NO_GAP})
        assert by.office is not None, "whoever explains stands in an office"
        row = GapExplanation.objects.create(
            evaluation=evaluation,
            line=line,
            apart=gap.apart,
            text=reason.strip(),
            closes=closes,
            office_id=by.office,
            explained_on=record.business_date,
        )
        record["line"] = line or "total"
        record.private("reason", row.text)
        keep_gaps(evaluation, today=record.business_date)
    return row


def keep_gaps(evaluation: Evaluation, *, today: date) -> None:
    """Keep beside each evaluation of a panel which gaps wait for whose word."""
    panel = whole_panel(evaluation)
    for row in panel.evaluations:
        waiting = _waiting(row, panel)
        if waiting == row.gaps:
            continue
        row.gaps_since = (row.gaps_since or today) if waiting else None
        row.gaps = waiting
        row.save(update_fields=["gaps", "gaps_since"])


def keep_gaps_of(project: Project, *, year: FiscalYear, today: date) -> None:
    """The same once citizens spoke, whose mean joins the panel when they are enough."""
    mine = Evaluation.objects.filter(project=project, fiscal_year=year)
    newest = mine.that_stand().order_by("id").last()
    if (
        newest is not None
        and heard_of(project, year=year, rules=load_evaluation(newest.pack)).counts
    ):
        keep_gaps(newest, today=today)


def _waiting(row: Evaluation, panel: Panel) -> dict[str, list[str]]:
    """The lines that wait, by side; none for a side that has nothing to say."""
    asked = [gap for gap in panel.unanswered if row in panel.asked_of(gap)]
    found = {Side.EVALUATOR.value: [gap.line for gap in asked if not _has_said(row, gap, panel)]}
    if row.commissioner_id != row.evaluator_id:
        found[Side.COMMISSIONER.value] = [gap.line for gap in asked]
    return {side: lines for side, lines in found.items() if lines}


def _has_said(row: Evaluation, gap: Gap, panel: Panel) -> bool:
    return any(
        each.evaluation_id == row.pk and each.line == gap.line and each.apart >= gap.apart
        for each in panel.explanations
    )


def _as_commissioner(by: Member, evaluation: Evaluation) -> bool:
    """Whether the member speaks for who commissioned it from somebody else."""
    is_commissioner = by.organisation == str(evaluation.commissioner_id)
    return is_commissioner and evaluation.commissioner_id != evaluation.evaluator_id
