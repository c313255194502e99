"""The editor's fields for a unit's whole spending, and the fields as a statement again.

Money, goal and indicators are the fields of a self-evaluation; duties and main tasks stand beside.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from gongzhi.core.scoring.pack import Pack
from gongzhi.core.self_evaluating import NO_TASK, TASKS_MAX, MainTask, WholeStatement
from gongzhi.core.terms import Said
from gongzhi.papers.figures import WAN, money_text
from gongzhi.web.pages.self_evaluation import fields as of_sheet
from gongzhi.web.pages.self_evaluation.fields import Fields, Given

NAME_MAX, CONTENT_MAX = 300, 1000
OF_TASKS = ("task-name", "task-content", "task-budget", "task-paid", "task-done")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTask:
    """A row of the main tasks: what stands in its fields, and what of it can't be read."""

    number: int
    given: Mapping[str, str]
    wrong: Mapping[str, Said]


def fields_of(whole: WholeStatement, *, pack: Pack) -> dict[str, str]:
    """The fields for a statement; points that follow anyway stay empty."""
    given = of_sheet.fields_of(whole.sheet, pack=pack)
    given["duties"] = whole.duties
    for number, task in enumerate(whole.tasks):
        given |= {
            f"task-name-{number}": task.name,
            f"task-content-{number}": task.content,
            f"task-budget-{number}": money_text(task.budget, WAN),
            f"task-paid-{number}": money_text(task.paid, WAN),
            f"task-done-{number}": task.done,
        }
    return given


def whole_of(
    given: Given, *, facts: WholeStatement, promised: bool
) -> tuple[WholeStatement, Mapping[str, Said]]:
    """The statement that the fields say, without points that follow; and what can't be read."""
    sheet, faults = of_sheet.sheet_of(given, facts=facts.sheet, promised=promised)
    fields = Fields(given)
    whole = WholeStatement(
        duties=fields.text("duties", most=of_sheet.TEXT_MAX),
        tasks=tuple(_tasks(fields)),
        sheet=sheet,
    )
    return whole, {**faults, **fields.faults}


def on_promises(
    stated: WholeStatement, *, facts: WholeStatement, promised: bool
) -> tuple[WholeStatement, list[str]]:
    """A statement from elsewhere as the editor takes it: on the lines promised, in their order."""
    sheet, others = of_sheet.on_promises(stated.sheet, facts=facts.sheet, promised=promised)
    duties, tasks = stated.duties or facts.duties, stated.tasks or facts.tasks
    return replace(stated, duties=duties, tasks=tasks, sheet=sheet), list(others)


def shown_tasks(given: Given, wrong: Mapping[str, Said]) -> list[ShownTask]:
    """The rows of the main tasks, as many as the form has."""
    return [
        ShownTask(
            number=number,
            given={
                name.removeprefix("task-"): given.get(f"{name}-{number}", "") for name in OF_TASKS
            },
            wrong={
                name.removeprefix("task-"): wrong[f"{name}-{number}"]
                for name in OF_TASKS
                if f"{name}-{number}" in wrong
            },
        )
        for number in range(TASKS_MAX)
    ]


def _tasks(fields: Fields) -> Iterator[MainTask]:
    for number in range(TASKS_MAX):
        task = MainTask(
            name=fields.text(f"task-name-{number}", most=NAME_MAX),
            content=fields.text(f"task-content-{number}", most=CONTENT_MAX),
            budget=fields.money(f"task-budget-{number}"),
            paid=fields.money(f"task-paid-{number}"),
            done=fields.text(f"task-done-{number}", most=CONTENT_MAX),
        )
        if task != NO_TASK:
            yield task
