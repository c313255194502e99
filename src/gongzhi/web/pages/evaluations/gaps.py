"""Gaps of a panel as pages show them: what lies apart, what was said of it, who is still asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.stages import Side
from gongzhi.core.scoring.frame import Frame
from gongzhi.core.scoring.panel import Gap
from gongzhi.core.scoring.records import frame_from_record
from gongzhi.core.terms import Said, Text
from gongzhi.cycle.models import Evaluation, GapExplanation
from gongzhi.cycle.panels import Panel
from gongzhi.web.pages.evaluations.seen import line_name

IN_TOTAL = Said("总分")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGap:
    """Two parties too far apart, in a line or in total; with what was said, or who is asked."""

    gap: Gap
    name: Text | Said
    explanations: tuple[GapExplanation, ...]
    is_answered: bool
    asked: tuple[Evaluation, ...]


def shown_gaps(panel: Panel) -> Iterator[ShownGap]:
    """The gaps of a panel, those in total first."""
    if panel.score is None or panel.frame is None:
        return
    unanswered = {gap.line for gap in panel.unanswered}
    for gap in panel.score.gaps:
        open_still = gap.line in unanswered
        yield ShownGap(
            gap=gap,
            name=_named(panel.frame, gap.line),
            explanations=tuple(each for each in panel.explanations if each.line == gap.line),
            is_answered=not open_still,
            asked=panel.asked_of(gap) if open_still else (),
        )


def to_explain(member: Member, row: Evaluation) -> list[tuple[str, Text | Said]]:
    """The gaps that wait for the reader's word: code and name of each line."""
    sides = {
        Side.EVALUATOR: str(row.evaluator_id),
        Side.COMMISSIONER: str(row.commissioner_id),
    }
    lines = [
        line
        for side, organisation in sides.items()
        if organisation == member.organisation
        for line in row.gaps.get(side.value, ())
    ]
    frame = frame_from_record(row.frame)
    return [(line, _named(frame, line)) for line in dict.fromkeys(lines)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownExplanation:
    """What was said of a gap, and the name of its line."""

    row: GapExplanation
    name: Text | Said


def shown_explanations(member: Member, row: Evaluation) -> list[ShownExplanation]:
    """What was said about an evaluation's gaps, as far as the reader may see it."""
    frame = frame_from_record(row.frame)
    said = GapExplanation.objects.visible_to(member).filter(evaluation=row)
    return [
        ShownExplanation(row=each, name=_named(frame, each.line))
        for each in said.select_related("office__organisation")
    ]


def _named(frame: Frame, line: str) -> Text | Said:
    return line_name(frame, line) or IN_TOTAL
