"""What facts give to the lines of an evaluation's sheet, as far as they reach by a day.

A kept sheet holds the frame that it was drawn up by; its points need no more of that than weights.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Func, JSONField

from gongzhi.core.known import sum_known
from gongzhi.core.scoring.frame import EvaluatedFacts, computed_lines
from gongzhi.core.scoring.points import Earned
from gongzhi.core.scoring.records import frame_from_record, points_from_record, sheet_from_record
from gongzhi.core.scoring.sheet import Sheet
from gongzhi.core.terms import Form, Points
from gongzhi.cycle.aims import served_by
from gongzhi.cycle.followed import followed
from gongzhi.cycle.models import Evaluation, FormVersion, Project, ScoreSheet
from gongzhi.papers.record import form_from_record
from gongzhi.rules.packs import load_packs

NOTHING = Decimal(0)


def computed_for(evaluation: Evaluation, *, today: date) -> Mapping[str, Earned]:
    """The lines that facts can score; none of an organisation as a whole."""
    year = evaluation.fiscal_year
    if evaluation.project is not None:
        facts = facts_of(evaluation.project, year=year, today=today)
    elif evaluation.aim is not None:
        facts = facts_together(served_by(evaluation.aim), year=year, today=today)
    else:
        return {}
    frame = frame_from_record(evaluation.frame)
    return computed_lines(frame, facts=facts, pack=load_packs()[evaluation.pack])


def facts_of(project: Project, *, year: int, today: date) -> EvaluatedFacts:
    """A project's money of a year by a day, and the self-evaluation that it published."""
    money = facts_together([project.pk], year=year, today=today)
    return replace(money, form=_published(project, year=year))


def facts_together(projects: Sequence[UUID], *, year: int, today: date) -> EvaluatedFacts:
    """The money of projects together; what nobody knows of any of them stays open."""
    known = [each.facts for each in followed(projects, year=year, today=today)]
    payments = [payment.amount for facts in known for payment in facts.payments]
    return EvaluatedFacts(
        budget=sum_known(facts.budget for facts in known),
        received=sum_known(facts.received for facts in known),
        executed=sum_known(payments),
    )


def _published(project: Project, *, year: int) -> Form | None:
    forms = FormVersion.objects.current().self_evaluations()
    version = forms.filter(project=project, fiscal_year=year).order_by("number").last()
    return None if version is None else form_from_record(version.record)


def newest_sheet(evaluation: Evaluation) -> ScoreSheet | None:
    """The sheet that stands."""
    found: ScoreSheet | None = evaluation.sheets.order_by("number").last()
    return found


def sheet_of(row: ScoreSheet) -> Sheet:
    """A version of a sheet, against the frame that it was drawn up by."""
    return sheet_from_record(row.record)


class _OfLines(Func):
    """A field of every line of the frame that a sheet was drawn up by."""

    template = "jsonb_path_query_array(%(expressions)s, '$.frame.lines[*].%(named)s')"
    output_field = JSONField()


class _WithoutFrame(Func):
    """A sheet's record, but not its frame: the frame is the longest part of it."""

    template = "%(expressions)s - 'frame'"
    output_field = JSONField()


def points_of(rows: Any) -> Iterator[tuple[ScoreSheet, Mapping[str, Points | None]]]:
    """Versions of sheets with what each line of theirs gets, None where that is open."""
    lean = rows.defer("record").annotate(
        codes=_OfLines("record", named="code"),
        weights=_OfLines("record", named="weight"),
        rest=_WithoutFrame("record"),
    )
    for row in lean:
        weights = dict(zip(row.codes, map(Decimal, row.weights), strict=True))
        yield row, points_from_record(row.rest, weights=weights)
