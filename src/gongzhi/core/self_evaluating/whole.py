"""What a unit states of all its spending in a year (部门整体支出): goals and what became of them.

Goals and self-evaluation are one statement: the second adds payments, results and points to the
first. Its sheet is that of a self-evaluation without a project, so that it is scored, completed and
held against facts like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongzhi.core.known import sum_known
from gongzhi.core.official import MoneyLine, Sources
from gongzhi.core.self_evaluating.sheet import SelfEvaluation, self_evaluation_of_form
from gongzhi.core.terms import Form, FormType, Money

TASKS_MAX = 8  # rows of the form
WHOLE_FORMS = (FormType.GOAL_DEPARTMENT, FormType.SELF_EVALUATION_DEPARTMENT)
NO_SHEET = SelfEvaluation()


@dataclass(frozen=True, slots=True, kw_only=True)
class MainTask:
    """A main task of the year (年度主要任务): what it is, its money, what became of it."""

    name: str = ""
    content: str = ""
    budget: Money | None = None
    paid: Money | None = None
    done: str = ""


NO_TASK = MainTask()


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeStatement:
    """The duties of a unit, its main tasks, and a sheet of money, goal and indicators."""

    duties: str = ""
    tasks: tuple[MainTask, ...] = ()
    sheet: SelfEvaluation = NO_SHEET

    def promised(self) -> "WholeStatement":
        """What it states as goals: nothing of results."""
        sheet = self.sheet
        return replace(
            self,
            tasks=tuple(replace(each, paid=None, done="") for each in self.tasks),
            sheet=replace(
                sheet,
                money=Sources.of(lambda name: _promised(sheet.money.named[name])),
                execution_weight=None,
                execution_score=None,
                goal_done="",
                indicators=tuple(
                    replace(line, done="", score=None, reason="") for line in sheet.indicators
                ),
            ),
        )

    def as_form(self, form_type: FormType) -> Form:
        """The statement as forms and their checks know it: the unit is the department."""
        whole = self if form_type is FormType.SELF_EVALUATION_DEPARTMENT else self.promised()
        unit = whole.sheet.unit or whole.sheet.department
        stated = whole.sheet.as_form()
        evaluates = form_type is FormType.SELF_EVALUATION_DEPARTMENT
        return replace(
            stated,
            form_type=form_type,
            layout=str(form_type),
            project=None,
            department=unit or None,
            unit=None,
            has_total_row=evaluates,
            stated_total=stated.stated_total if evaluates else None,
        )


def whole_of_form(form: Form) -> WholeStatement:
    """What a form of any layout states of a whole unit, as far as it says it."""
    sheet = self_evaluation_of_form(form)
    unit = sheet.unit or sheet.department
    return WholeStatement(sheet=replace(sheet, project="", department="", unit=unit))


def main_tasks(tasks: Sequence[MainTask]) -> tuple[MainTask, ...]:
    """The tasks with most money first; what the form has no row for is summed up in its last."""
    ordered = sorted(tasks, key=lambda each: -(each.budget or 0))
    if len(ordered) <= TASKS_MAX:
        return tuple(ordered)
    first, rest = ordered[: TASKS_MAX - 1], ordered[TASKS_MAX - 1 :]
    return (
        *first,
        MainTask(
            name=f"其余 {len(rest)} 个项目",
            budget=sum_known([each.budget for each in rest]),
            paid=sum_known([each.paid for each in rest]),
        ),
    )


def _promised(line: MoneyLine) -> MoneyLine:
    return MoneyLine(initial=line.initial)
