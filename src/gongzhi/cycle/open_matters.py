"""What a project still owes of a year when next year's money is proposed: each can be looked up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.evaluating.stages import EvaluationStage
from gongzhi.core.rectifying.stages import RectificationStage
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.alerts_due import dues_of, packs_of_alerts
from gongzhi.cycle.any_of import any_of
from gongzhi.cycle.asked import asked_for
from gongzhi.cycle.models import (
    Alert,
    Collection,
    Evaluation,
    EvaluationStep,
    Project,
    Rectification,
    Submission,
)
from gongzhi.cycle.self_evaluations_due import due_of_year, unpublished

ANSWERS = ("object_to_evaluation", "acknowledge_evaluation")


class Matter(NamedTuple):
    """Something open: what, the name of the thing that shows it, the clause that asks it."""

    said: Said
    thing: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatters:
    """The rectifications that aren't done, and the duties that weren't met."""

    rectifications: tuple[Matter, ...] = ()
    duties: tuple[Matter, ...] = ()


NOTHING_OPEN = OpenMatters()
Found = Iterator[tuple[UUID, Matter]]


def open_matters(
    projects: Sequence[UUID], *, year: FiscalYear, today: date
) -> Mapping[UUID, OpenMatters]:
    """What is open of each of the projects; those that owe nothing aren't in it."""
    rectifications = _by_project(_rectifications(projects, year=year, today=today))
    duties = _by_project(_duties(projects, year=year, today=today))
    return {
        project: OpenMatters(
            rectifications=tuple(rectifications.get(project, ())),
            duties=tuple(duties.get(project, ())),
        )
        for project in {*rectifications, *duties}
    }


def _by_project(found: Found) -> Mapping[UUID, list[Matter]]:
    grouped: dict[UUID, list[Matter]] = defaultdict(list)
    for project, matter in found:
        grouped[project].append(matter)
    return grouped


def _rectifications(projects: Sequence[UUID], *, year: FiscalYear, today: date) -> Found:
    yield from _of_alerts(projects, year=year, today=today)
    yield from _of_letters(projects, year=year, today=today)


def _of_letters(projects: Sequence[UUID], *, year: FiscalYear, today: date) -> Found:
    """What a letter about the year asked for and the unit is late with, not what has time left."""
    of_year = Rectification.objects.filter(
        any_of("feedback__project", projects), feedback__fiscal_year=year
    )
    late = of_year.overdue(today=today).exclude(stage=RectificationStage.REPORTED)
    for pk, project in late.order_by("id").values_list("pk", "feedback__project"):
        said = Said("评价或者审计发现的问题逾期没有整改")
        yield project, Matter(said, f"rectification:{pk}", "4.16")


def _of_alerts(projects: Sequence[UUID], *, year: FiscalYear, today: date) -> Found:
    """What was planned to be put right and should have been reported by now."""
    planned = Alert.objects.filter(any_of("project", projects), fiscal_year=year, stage="planned")
    rows = list(planned.order_by("round").with_facts())
    dues = dues_of(rows, packs=packs_of_alerts(rows))
    for row in rows:
        due = dues[row.pk]
        if due is not None and today > due.on:
            said = Said("{month} 月预警的整改没有完成", {"month": row.round})
            yield row.project_id, Matter(said, f"alert:{row.pk}", "4.16")


def _duties(projects: Sequence[UUID], *, year: FiscalYear, today: date) -> Found:
    yield from _unanswered_alerts(projects, year=year)
    yield from _unanswered_calls(projects, year=year, today=today)
    yield from _missing_self_evaluations(projects, year=year, today=today)
    yield from _unanswered_evaluations(projects, year=year)


def _unanswered_alerts(projects: Sequence[UUID], *, year: FiscalYear) -> Found:
    rows = Alert.objects.filter(any_of("project", projects), fiscal_year=year, stage="unanswered")
    for pk, project, month in rows.order_by("round").values_list("pk", "project", "round"):
        said = Said("{month} 月预警逾期没有答复", {"month": month})
        yield project, Matter(said, f"alert:{pk}", "4.12")


def _unanswered_calls(projects: Sequence[UUID], *, year: FiscalYear, today: date) -> Found:
    """The calls for readings that are over, for the projects whose unit never answered."""
    over = Collection.objects.filter(fiscal_year=year, due_on__lt=today)
    calls = list(over.select_related("organisation__region").order_by("due_on", "id"))
    answers = Submission.objects.filter(collection__in=calls)
    answered = set(answers.values_list("collection", "unit"))
    wanted, asked = set(projects), {}
    for call in calls:
        region = call.organisation.region_id
        if region not in asked:
            lines = asked_for(call).order_by()
            pairs = lines.values_list("version__project", "version__project__unit").distinct()
            asked[region] = sorted(pair for pair in pairs if pair[0] in wanted)
        for project, unit in asked[region]:
            if (call.pk, unit) not in answered:
                said = Said("{month} 月的指标读数没有填报", {"month": call.month})
                yield project, Matter(said, f"collection:{call.pk}", "4.19")


def _missing_self_evaluations(projects: Sequence[UUID], *, year: FiscalYear, today: date) -> Found:
    due = due_of_year(year)
    if due is None or today <= due.on:
        return
    some = Project.objects.filter(any_of("pk", projects))
    for project in unpublished(year, some).values_list("pk", flat=True):
        said = Said("{year} 年的单位自评没有公开", {"year": year})
        yield project, Matter(said, f"project:{project}", "4.13")


def _unanswered_evaluations(projects: Sequence[UUID], *, year: FiscalYear) -> Found:
    """Concluded evaluations by social organisations that the unit said nothing to."""
    said_to = EvaluationStep.objects.filter(evaluation=OuterRef("pk"), verb__in=ANSWERS)
    concluded = Evaluation.objects.filter(
        any_of("project", projects),
        ~Exists(said_to),
        fiscal_year=year,
        stage=EvaluationStage.CONCLUDED,
        evaluator__kind=PartyKind.SOCIAL,
    )
    for pk, project in concluded.order_by("id").values_list("pk", "project"):
        yield project, Matter(Said("没有答复社会组织评价"), f"evaluation:{pk}", "5.6")
