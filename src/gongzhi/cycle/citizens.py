"""Citizens' evaluations of a project's year together, and the matters that many speak of."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.citizens import Heard, heard
from gongzhi.core.evaluating.rules import EvaluationRules
from gongzhi.core.scoring.frame import Frame
from gongzhi.core.terms import FiscalYear, Points, Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import due_on
from gongzhi.cycle.any_of import any_of
from gongzhi.cycle.models import Project, ServiceCheck, ServiceEvaluation
from gongzhi.parties.rooms import Queue, Room
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.folders import USUAL

CITIZEN, BUDGET, OFFICER = "citizen", "budget", "officer"
ANSWER = Said("答复 {count} 份公民评价")
SUPPLEMENT = Said("补充答复 {count} 份公民评价")
CHECK = Said("核查 {count} 份公民评价说到的同一事项，公布结果")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A matter of a project's year that so many citizens spoke of, and since when it is enough."""

    project: UUID
    fiscal_year: FiscalYear
    code: str
    count: int


def citizens_frame(pack: str = USUAL) -> Frame:
    """The lines by which citizens evaluate."""
    frame = load_evaluation(pack).frame_of(CITIZEN)
    assert frame is not None, "citizens evaluate by a frame"
    return frame


def heard_of(project: Project, *, year: FiscalYear, rules: EvaluationRules) -> Heard:
    """What citizens gave a project's year, together: a figure of all, whoever asks."""
    totals = _totals([project.pk], year=year)
    return heard(totals.get(project.pk, ()), rules=rules.citizens)


def heard_by_project(packs: Mapping[UUID, str], *, year: FiscalYear) -> Mapping[UUID, Heard]:
    """What citizens gave projects' year under the pack of each; those that nobody spoke of not."""
    rules = {project: load_evaluation(pack) for project, pack in packs.items()}
    asked = [project for project in packs if rules[project].kind(CITIZEN) is not None]
    return {
        project: heard(totals, rules=rules[project].citizens)
        for project, totals in _totals(asked, year=year).items()
    }


def _totals(projects: Collection[UUID], *, year: FiscalYear) -> Mapping[UUID, list[Points]]:
    rows = ServiceEvaluation.objects.filter(any_of("project", projects), fiscal_year=year)
    found: dict[UUID, list[Points]] = defaultdict(list)
    for project, total in rows.order_by().values_list("project", "total"):
        found[project].append(total)
    return found


def _unchecked(rows: QuerySet[Any]) -> QuerySet[Any]:
    checked = ServiceCheck.objects.filter(
        project=OuterRef("project"),
        fiscal_year=OuterRef("fiscal_year"),
        matter=OuterRef("matter"),
    )
    least = load_evaluation(USUAL).citizens.same_matter
    groups = rows.filter(~Exists(checked)).order_by().values("project", "fiscal_year", "matter")
    found: QuerySet[Any] = groups.annotate(count=Count("pk")).filter(count__gte=least)
    return found


def matters_to_check(rows: QuerySet[Any]) -> list[Matter]:
    """The matters that enough citizens spoke of and nobody has looked into."""
    return [
        Matter(
            project=each["project"],
            fiscal_year=each["fiscal_year"],
            code=each["matter"],
            count=each["count"],
        )
        for each in _unchecked(rows)
    ]


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001 - as rooms do
    """What a unit has to answer its citizens, and what the budget office has to look into."""
    if member.organisation is None:
        return
    own = ServiceEvaluation.objects.filter(project__unit=UUID(member.organisation))
    rules = load_evaluation(USUAL).citizens
    received = own.filter(stage=ServiceEvaluation.Stage.RECEIVED)
    answer = partial(_to_answer, said=ANSWER, days=rules.answer_days, since="evaluated_on")
    yield Queue(partial(answer, received), received)
    asked = own.filter(stage=ServiceEvaluation.Stage.ASKED)
    supplement = partial(_to_answer, said=SUPPLEMENT, days=rules.supplement_days, since="asked_on")
    yield Queue(partial(supplement, asked), asked)
    if BUDGET in member.roles:
        readable = ServiceEvaluation.objects.visible_to(member)
        yield Queue(partial(_to_check, member, readable), _unchecked(readable))


def _to_answer(rows: QuerySet[Any], *, said: Said, days: int, since: str) -> Iterator[Waiting]:
    """One for each project: the earliest sets the clock."""
    by_project: dict[UUID, list[Any]] = {}
    for row in rows.select_related("project__unit__region").order_by(since):
        by_project.setdefault(row.project_id, []).append(row)
    for mine in by_project.values():
        project, opened_on = mine[0].project, getattr(mine[0], since)
        due = due_on(opened_on, working_days=days, calendar=load_calendar())
        yield Waiting(
            verb="answer_citizens",
            thing=project.thing(),
            said=Said(said.text, {"count": len(mine)}),
            title=project.name,
            organisation=str(project.unit_id),
            role=OFFICER,
            opened_on=opened_on,
            due_on=due.on,
            provisional=due.provisional,
            clause="5.8",
        )


def _to_check(member: Member, readable: QuerySet[Any]) -> Iterator[Waiting]:
    rules = load_evaluation(USUAL).citizens
    for matter in matters_to_check(readable):
        project = Project.objects.select_related("unit__region").get(pk=matter.project)
        opened_on = _enough_since(matter, least=rules.same_matter)
        due = due_on(opened_on, working_days=rules.check_days, calendar=load_calendar())
        yield Waiting(
            verb="publish_service_check",
            thing=project.thing(),
            said=Said(CHECK.text, {"count": matter.count}),
            title=project.name,
            organisation=member.organisation,
            role=BUDGET,
            opened_on=opened_on,
            due_on=due.on,
            provisional=due.provisional,
            clause="5.7",
        )


def _enough_since(matter: Matter, *, least: int) -> date:
    """The day of the evaluation that made them enough."""
    rows = ServiceEvaluation.objects.filter(
        project=matter.project, fiscal_year=matter.fiscal_year, matter=matter.code
    )
    day: date = rows.order_by("evaluated_on", "pk").values_list("evaluated_on", flat=True)[
        least - 1
    ]
    return day
