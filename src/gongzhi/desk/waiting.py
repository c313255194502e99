"""What was given by hand and waits: the open tasks of the member's organisation."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.desk.models import Task
from gongzhi.parties.rooms import Queue, Room


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """The tasks given to the member's organisation; those of an office wait for its person."""
    if member.organisation is None:
        return
    readable = Task.objects.visible_to(member).open().filter(organisation=member.organisation)
    yield _told(readable)


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """The tasks that the member may see and that others have to do."""
    readable = Task.objects.visible_to(member).open().exclude(organisation=member.organisation)
    yield _told(readable)


def _told(tasks: QuerySet[Any]) -> Queue:
    rows = tasks.select_related("organisation__region", "office")
    return Queue.of(waiting_of, rows)


def waiting_of(task: Task) -> Waiting:
    """A task as something that waits."""
    return Waiting(
        verb="finish_task",
        thing=task.thing(),
        said=Said("办理交办的事"),
        title=task.what,
        organisation=str(task.organisation_id),
        person=str(task.office.person_id) if task.office else None,
        opened_on=task.opened_on,
        due_on=task.due_on,
        provisional=task.provisional,
        clause=task.clause,
    )
