"""Keeping the sums of what was watched, in the transaction of the deed that changes them."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from gongzhi.cycle import purposes, summing
from gongzhi.cycle.models import Project, PurposeSum, Watched, WatchedSum

AT_ONCE = 500
TABLES = (WatchedSum, PurposeSum)
_put_off: ContextVar[set[UUID] | None] = ContextVar("units to be added up later", default=None)
LOCK = "SELECT pg_advisory_xact_lock(hashtext('gongzhi.cycle.sums'), %s)"


def keep_sums(year: int, *, watched: Iterable[WatchedSum]) -> None:
    """Put the sums of a year in the place of those that were kept; its projects are watched."""
    _lock(year)
    for table in TABLES:
        table.objects.filter(fiscal_year=year).delete()
    _add(WatchedSum, watched)
    _add(PurposeSum, purposes.purposes(year))
    _add_wider(year)


def open_projects(projects: QuerySet[Any]) -> None:
    """Let everybody know of projects; what they show counts among what is public from then on."""
    hidden = projects.filter(stage=Project.Stage.REGISTERED)
    units = set(hidden.values_list("unit_id", flat=True))
    hidden.update(stage=Project.Stage.DISCLOSED)
    if units:
        add_up_again(units)


@contextmanager
def adding_up_once() -> Iterator[None]:
    """Let everything that changes sums within change them together, at the end."""
    with transaction.atomic():
        units = set[UUID]()
        token = _put_off.set(units)
        try:
            yield
        finally:
            _put_off.reset(token)
        if units:
            add_up_again(units)


def add_up_again(units: Collection[UUID]) -> None:
    """Add up anew what these units' projects show, after one was opened or described anew."""
    if (waiting := _put_off.get()) is not None:
        waiting.update(units)
        return
    rows = Watched.objects.filter(project__unit__in=units).order_by()
    for year, on in rows.values_list("fiscal_year").annotate(Max("on")):
        _lock(year)
        seen = rows.filter(fiscal_year=year, on=on)
        sums = summing.Summing(list(seen.values_list("project_id", flat=True)))
        for row in seen:
            sums.add(row)
        for table in TABLES:
            kept = table.objects.filter(fiscal_year=year)
            kept.filter(Q(unit__in=units) | Q(unit__isnull=True)).delete()
        _add(WatchedSum, sums.rows(on=on))
        _add(PurposeSum, purposes.purposes(year, units=units))
        _add_wider(year)


def _add_wider(year: int) -> None:
    _add(WatchedSum, summing.wider(year))
    _add(PurposeSum, purposes.wider(year))


def _add(table: Any, rows: Iterable[Any]) -> None:
    table.objects.bulk_create(rows, batch_size=AT_ONCE)


def _lock(year: int) -> None:
    """Let one transaction at a time change the sums of a year."""
    assert connection.in_atomic_block, "sums change with the deed that changes what they are of"
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [year])
