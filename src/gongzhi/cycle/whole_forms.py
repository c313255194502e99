"""What is known of a unit's whole spending in a year, and what it stated of it, kept as records.

Money is that of all its projects, a department's with those of its units; main tasks are the
projects with most money; results are what their published self-evaluations say. Where goals of the
year were published, a self-evaluation is held against them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.core.known import sum_known
from gongzhi.core.official import MoneyLine
from gongzhi.core.self_evaluating import (
    Difference,
    MainTask,
    SelfEvaluation,
    WholeStatement,
    differences,
    main_tasks,
    self_evaluation_of_form,
)
from gongzhi.core.terms import FiscalYear, FormType
from gongzhi.cycle.followed import followed
from gongzhi.cycle.models import FormVersion, Project, WholeForm
from gongzhi.cycle.official import goals_by_project
from gongzhi.cycle.self_evaluations_due import SELF_EVALUATION
from gongzhi.papers.record import form_as_record, form_from_record
from gongzhi.parties.models import Organisation
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.folders import USUAL

Record = dict[str, Any]
CONTENT_MAX = 120  # of a goal's text as a task's content


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFacts:
    """What is known: as a statement without points; goals are the published form it rests on."""

    facts: WholeStatement
    goals: WholeForm | None
    projects: int
    pack: str = USUAL

    @property
    def is_told(self) -> bool:
        """Whether there is anything to hold a statement against."""
        return self.projects > 0 or self.goals is not None


def whole_as_record(whole: WholeStatement) -> Record:
    """Plain values, exact."""
    return {
        "v": 1,
        "duties": whole.duties,
        "code": whole.sheet.code,
        "tasks": [_task_record(each) for each in whole.tasks],
        "form": form_as_record(whole.sheet.as_form()),
    }


def whole_from_record(record: Mapping[str, Any]) -> WholeStatement:
    """The statement that this record was made of."""
    sheet = self_evaluation_of_form(form_from_record(record["form"]))
    return WholeStatement(
        duties=record["duties"],
        tasks=tuple(map(_task, record["tasks"])),
        sheet=replace(sheet, code=record["code"]),
    )


def whole_facts(
    organisation: Organisation,
    *,
    year: FiscalYear,
    form_type: FormType,
    on: date,
    reader: Member,
) -> WholeFacts:
    """What is known of a unit's year by a day, as far as the reader may read it."""
    evaluates = form_type is FormType.SELF_EVALUATION_DEPARTMENT
    projects = list(_projects(organisation, reader=reader))
    money, tasks = _money_and_tasks(projects, year=year, on=on, reader=reader)
    goals = WholeForm.objects.visible_to(reader).current()
    mine = goals.filter(
        organisation=organisation, fiscal_year=year, form_type=FormType.GOAL_DEPARTMENT
    )
    published: WholeForm | None = mine.first() if evaluates else None
    said = whole_from_record(published.record) if published else WholeStatement()
    sheet = replace(
        SelfEvaluation(),
        code=organisation.code,
        unit=organisation.name,
        department=(organisation.parent or organisation).name,
        year=year,
        goal=said.sheet.goal,
        indicators=said.sheet.indicators,
        execution_weight=load_packs()[USUAL].execution.weight if evaluates else None,
    )
    sheet = replace(sheet, money=replace(sheet.money, total=money))
    facts = WholeStatement(duties=said.duties, tasks=tasks, sheet=sheet)
    return WholeFacts(
        facts=facts if evaluates else facts.promised(),
        goals=published,
        projects=0 if money == MoneyLine() else len(projects),
    )


def whole_differs(
    whole: WholeStatement, *, known: WholeFacts, form_type: FormType
) -> tuple[Difference, ...]:
    """Where a self-evaluation says otherwise than the facts; goals are the unit's own to write."""
    if form_type is not FormType.SELF_EVALUATION_DEPARTMENT or not known.is_told:
        return ()
    return differences(whole.sheet, facts=known.facts.sheet, pack=load_packs()[known.pack])


def _projects(organisation: Organisation, *, reader: Member) -> Iterator[Project]:
    own = Q(unit=organisation) | Q(unit__parent=organisation)
    yield from Project.objects.visible_to(reader).filter(own).order_by("code")


def _money_and_tasks(
    projects: Sequence[Project], *, year: FiscalYear, on: date, reader: Member
) -> tuple[MoneyLine, tuple[MainTask, ...]]:
    chosen = [project.pk for project in projects]
    goals = goals_by_project(chosen, year=year, on=on)
    done = _done(chosen, year=year, reader=reader)
    lines = {
        each.project: MoneyLine(
            initial=each.facts.initial,
            adjusted=each.facts.adjusted if each.facts.adjusted is not None else each.facts.initial,
            paid=sum((paid.amount for paid in each.facts.payments), Decimal(0))
            if each.facts.payments or each.facts.initial is not None
            else None,
        )
        for each in followed(chosen, year=year, today=on)
    }
    total = MoneyLine(
        initial=sum_known(line.initial for line in lines.values()),
        adjusted=sum_known(line.adjusted for line in lines.values()),
        paid=sum_known(line.paid for line in lines.values()),
    )
    tasks = [
        MainTask(
            name=project.name,
            content=goals[project.pk].text[:CONTENT_MAX] if project.pk in goals else "",
            budget=lines[project.pk].budget,
            paid=lines[project.pk].paid,
            done=done.get(project.pk, "")[:CONTENT_MAX],
        )
        for project in projects
        if lines[project.pk] != MoneyLine()
    ]
    return total, main_tasks(tasks)


def _done(projects: Sequence[UUID], *, year: FiscalYear, reader: Member) -> Mapping[UUID, str]:
    """What the published self-evaluations say was done, by project."""
    rows = FormVersion.objects.visible_to(reader).current()
    mine = rows.filter(project__in=projects, fiscal_year=year, form_type=SELF_EVALUATION)
    told = mine.order_by().values_list("project", "record__goal_actual_text")
    return {project: text for project, text in told if text}


def _task_record(task: MainTask) -> Record:
    amounts = {
        "budget": None if task.budget is None else str(task.budget),
        "paid": None if task.paid is None else str(task.paid),
    }
    return {"name": task.name, "content": task.content, "done": task.done, **amounts}


def _task(record: Mapping[str, Any]) -> MainTask:
    return MainTask(
        name=record["name"],
        content=record["content"],
        done=record["done"],
        budget=None if record["budget"] is None else Decimal(record["budget"]),
        paid=None if record["paid"] is None else Decimal(record["paid"]),
    )
