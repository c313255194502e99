"""The lines of the tables for the people's congress: from what is approved and published."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from gongzhi.core.charter import VISITOR
from gongzhi.core.self_evaluating import self_evaluation_of_form
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.disclosure_pieces import amount_text, number_text, rate_text
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import Evaluation, FormVersion, GoalVersion, Project, ScoreSheet, Watched
from gongzhi.papers.record import form_from_record
from gongzhi.parties.models import Organisation
from gongzhi.rules.packs.evaluation import load_evaluation

NOTHING = Decimal(0)
Lines = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Whose table it is: a department with its units, or a unit without one."""

    pk: UUID
    name: str

    @property
    def projects(self) -> Any:
        """Its public projects."""
        public = Project.objects.visible_to(VISITOR)
        return public.filter(Q(unit__parent=self.pk) | Q(unit=self.pk))


def bodies_with_projects() -> list[Body]:
    """The departments, and the units without one, that have public projects, by code."""
    public = Project.objects.visible_to(VISITOR).order_by()
    units = public.values_list("unit", "unit__parent").distinct()
    of = {parent or unit for unit, parent in units}
    rows = Organisation.objects.filter(pk__in=of).order_by("code").values_list("pk", "name")
    return [Body(pk=pk, name=name) for pk, name in rows]


def lines_of(table: str, bodies: Sequence[Body], *, year: FiscalYear) -> Lines:
    """The lines of a table about some bodies, numbered."""
    told = (line for body in bodies for line in LINES[table](body, year))
    return [(str(number), *line) for number, line in enumerate(told, start=1)]


def _goals(body: Body, year: FiscalYear) -> Iterator[tuple[str, ...]]:
    versions = GoalVersion.objects.visible_to(VISITOR).in_force()
    mine = versions.filter(project__in=body.projects, fiscal_year=year)
    for row in mine.select_related("project__unit").order_by("project__code"):
        goal = goal_from_record(row.record).goal
        lines = (f"{each.name}：{each.target_text}" for each in goal.indicators)
        project = row.project
        yield (
            project.code, project.name, project.unit.name, amount_text(goal.budget), goal.text,
            "\n".join(lines),
        )  # fmt: skip


def _self_evaluations(body: Body, year: FiscalYear) -> Iterator[tuple[str, ...]]:
    for row in _published(body, year).select_related("project__unit").order_by("project__code"):
        stated = self_evaluation_of_form(form_from_record(row.record))
        money, project = stated.money.total, row.project
        paid = money.paid or NOTHING
        yield (
            project.code, project.name, project.unit.name, amount_text(money.adjusted),
            amount_text(money.paid), rate_text(paid, money.adjusted), number_text(stated.total),
        )  # fmt: skip


def _published(body: Body, year: FiscalYear) -> Any:
    forms = FormVersion.objects.visible_to(VISITOR).current().self_evaluations()
    return forms.filter(project__in=body.projects, fiscal_year=year)


def _evaluations(body: Body, year: FiscalYear) -> Iterator[tuple[str, ...]]:
    rows = Evaluation.objects.visible_to(VISITOR).filter(
        project__in=body.projects, fiscal_year=year, stage=Evaluation.Stage.CONCLUDED
    )
    told = list(rows.with_facts().prefetch_related("steps").order_by("project__code", "id"))
    sheets = ScoreSheet.objects.visible_to(VISITOR).filter(evaluation__in=told)
    newest = sheets.order_by("evaluation", "-number").distinct("evaluation")
    scores = {pk: (total, grade) for pk, total, grade in newest.values_list(
        "evaluation", "total", "grade"
    )}  # fmt: skip
    for row in told:
        kind = load_evaluation(row.pack).kind(row.kind)
        total, grade = scores.get(row.pk, (None, ""))
        yield (
            row.project.code, row.project.name, kind.name.zh if kind else row.kind,
            row.evaluator.name, number_text(total), grade, _conclusion(row),
        )  # fmt: skip


def _conclusion(row: Evaluation) -> str:
    said = [step.reason for step in row.steps.all() if step.verb == "conclude_evaluation"]
    return said[-1] if said else ""


def _departments(body: Body, year: FiscalYear) -> Iterator[tuple[str, ...]]:
    rows = Watched.objects.visible_to(VISITOR).filter(project__in=body.projects, fiscal_year=year)
    seen = list(rows.values_list("budget", "paid"))
    if not seen:
        return
    budget = sum((each or NOTHING for each, _paid in seen), start=NOTHING)
    paid = sum((each for _budget, each in seen), start=NOTHING)
    totals = list(_totals(_published(body, year)))
    mean = sum(totals, start=NOTHING) / len(totals) if totals else None
    yield (
        body.name, str(len(seen)), amount_text(budget), amount_text(paid),
        rate_text(paid, budget), str(len(totals)), number_text(mean and round(mean, 2)),
    )  # fmt: skip


def _totals(forms: Iterable[FormVersion]) -> Iterator[Decimal]:
    for row in forms:
        total = self_evaluation_of_form(form_from_record(row.record)).total
        if total is not None:
            yield total


# One line for each table in papers.summary_tables.
LINES: Mapping[str, Callable[[Body, FiscalYear], Iterator[tuple[str, ...]]]] = {
    "goals": _goals,
    "self_evaluations": _self_evaluations,
    "evaluations": _evaluations,
    "departments": _departments,
}
