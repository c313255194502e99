"""What is said within a process, or about a project: all kinds of the forum, found by themselves.

A model of the forum that has a column `process` or `project` and is filtered for its reader takes
part; nothing has to be registered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Count, Value

from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.desk.things import kind_of
from gongzhi.forum.models import Process, Stakeholder

SHOWN = 10
NOT_LISTED = (Stakeholder,)  # the register has a page of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """The things of a kind: how many the reader sees, and the newest of them."""

    kind: str
    count: int
    newest: Sequence[Any]


def attached_to(member: Member, whole: Process | Project) -> list[Attached]:
    """What the reader sees that belongs to a process or a project, kind by kind."""
    column = "process" if isinstance(whole, Process) else "project"
    return list(_attached(member, whole, column=column))


def _attached(member: Member, whole: models.Model, *, column: str) -> Iterator[Attached]:
    of_it = {
        kind_of(model): _rows(model, member).filter(**{column: whole.pk})
        for model in _kinds(column)
    }
    counts = _counted(of_it)
    for kind, rows in of_it.items():
        if counts.get(kind):
            newest = rows.with_facts() if hasattr(rows, "with_facts") else rows
            ordered = newest.order_by("-pk")[:SHOWN]
            yield Attached(kind=kind, count=counts[kind], newest=list(ordered))


def _rows(model: type[models.Model], member: Member) -> "models.QuerySet[Any]":
    """The rows of a kind that the member may read."""
    readable: models.QuerySet[Any] = model._default_manager.visible_to(member)  # type: ignore[attr-defined]
    return readable


def _counted(each_of: Mapping[str, "models.QuerySet[Any]"]) -> Mapping[str, int]:
    """How many there are of each kind, by one statement."""
    first, *others = (
        rows.order_by().values_list(Value(kind)).annotate(Count("pk"))
        for kind, rows in each_of.items()
    )
    return dict(first.union(*others, all=True))


@cache
def _kinds(column: str) -> tuple[type[models.Model], ...]:
    """The forum's kinds that can belong to something by a column."""
    return tuple(
        model
        for model in apps.get_app_config("forum").get_models()
        if model not in NOT_LISTED
        and hasattr(model, "thing")
        and hasattr(model._default_manager, "visible_to")
        and _has(model, column)
    )


def _has(model: type[models.Model], column: str) -> bool:
    try:
        model._meta.get_field(column)
    except FieldDoesNotExist:
        return False
    return True
