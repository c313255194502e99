"""Giving a task by hand, and finishing it."""

from gongzhi.core.charter import Member, Thing
from gongzhi.core.working_days import due_on
from gongzhi.desk.models import Task
from gongzhi.parties.deeds import act
from gongzhi.parties.members import NO_PERSON
from gongzhi.parties.models import Office, Organisation
from gongzhi.rules.calendar import load_calendar


def assign_task(
    *,
    by: Member,
    about: Thing,
    organisation: Organisation,
    what: str,
    clause: str,
    working_days: int,
    office: Office | None = None,
    key: str | None = None,
) -> Task:
    """Ask an organisation, or one of its offices, to do something within so many working days."""
    assert office is None or office.organisation_id == organisation.pk, "an office elsewhere"
    task = Task(
        about=about.name,
        what=what,
        organisation=organisation,
        office=office,
        given_by_id=by.person or NO_PERSON,
        clause=clause,
    )
    with act(by, "assign_task", on=task.thing(), key=key) as record:
        due = due_on(record.business_date, working_days=working_days, calendar=load_calendar())
        task.opened_on, task.due_on = record.business_date, due.on
        task.provisional = due.provisional
        task.save(force_insert=True)
        record["task"] = str(task.pk)
        record["to"] = str(organisation.pk)
        record["due_on"] = due.on.isoformat()
        record["by_clause"] = clause
        record.private("about", about.name)
        record.private("what", what)
    return task


def finish_task(*, by: Member, task: Task, outcome: str, key: str | None = None) -> Task:
    """Say that a task is done, and what came of it."""
    with act(by, "finish_task", on=task, key=key) as record:
        task.stage, task.outcome = Task.Stage.FINISHED, outcome
        task.save(update_fields=["stage", "outcome"])
        record["on_time"] = record.business_date <= task.due_on
        record.private("outcome", outcome)
    return task
