"""The points of a self-evaluation: derived by the pack, unless a person says otherwise."""

from collections.abc import Iterable
from dataclasses import replace

from gongzhi.core.scoring import Scorecard, score_form
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.scoring.points import Earned
from gongzhi.core.self_evaluating.sheet import EvaluatedIndicator, SelfEvaluation


def computed(sheet: SelfEvaluation, *, pack: Pack) -> Scorecard:
    """What the sheet earns: figures by the pack; of words the points stated, within their band."""
    return score_form(sheet.as_form(), pack=pack)


def scored(sheet: SelfEvaluation, *, pack: Pack) -> SelfEvaluation:
    """The sheet with the points that it earns wherever a person stated none."""
    card = computed(sheet, pack=pack)
    execution = sheet.execution_score
    return replace(
        sheet,
        execution_score=card.execution.points if execution is None else execution,
        indicators=tuple(_scored(sheet.indicators, card.rows)),
    )


def _scored(
    lines: Iterable[EvaluatedIndicator], rows: Iterable[Earned]
) -> Iterable[EvaluatedIndicator]:
    for line, earned in zip(lines, rows, strict=True):
        yield replace(line, score=earned.points) if line.score is None else line
