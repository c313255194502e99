"""The signals of a question, project by project: a page reads the projects of the page alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Func, IntegerField, JSONField, QuerySet, Value
from django.urls import reverse

from gongzhi.core.monitoring import Signal
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Watched
from gongzhi.web.pages.monitoring.seen import Level, shown_signals


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A signal of a project, with where its rule stands and where its rows are."""

    row: Watched
    name: Said
    signal: Signal
    level: Level
    rule: str
    address: str


class Doubts:
    """The signals of a question in the order of their projects, as a paginator reads them."""

    def __init__(self, rows: QuerySet[Any], code: str) -> None:
        self.rows = rows
        self.code = code
        asking = rows.filter(signals__contains=[{"code": code}]).order_by("project__code")
        path = Value(f'$[*] ? (@.code == "{code}")')
        mine = Func(F("signals"), path, function="jsonb_path_query_array", output_field=JSONField())
        count = Func(mine, function="jsonb_array_length", output_field=IntegerField())
        # One entry for each signal: the row that it is in.
        self.places = [
            row for row, many in asking.values_list("pk", count) for _each in range(many)
        ]

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, part: slice) -> list[Doubt]:
        places = self.places[part]
        if not places:
            return []
        before = self.places.index(places[0])
        found = _doubts(self.rows.filter(pk__in=set(places)), self.code)
        at = (part.start or 0) - before
        return list(found)[at : at + len(places)]

    def __iter__(self) -> Iterator[Doubt]:
        return iter(self[0 : len(self)])


def _doubts(rows: QuerySet[Any], code: str) -> Iterator[Doubt]:
    chosen = rows.filter(signals__contains=[{"code": code}]).select_related("project__unit")
    for row in chosen.only("fiscal_year", "signals", "project").order_by("project__code"):
        kept = [each for each in row.signals if each["code"] == code]
        for each in shown_signals(kept, with_money=True):
            yield Doubt(
                row=row,
                name=each.name,
                signal=each.signal,
                level=each.level,
                rule=each.rule,
                address=_rows_behind(row, each.signal),
            )


def _rows_behind(row: Watched, signal: Signal) -> str:
    """Where the payments or the contract stand that a signal is about."""
    where, project = signal.where, {"project": row.project.code}
    if where.contract:
        asked = {**project, "contract": where.contract}
        return f"{reverse('audit-contracts')}?{urlencode(asked)}"
    if where.payment:
        return f"{reverse('audit')}?{urlencode({**project, 'q': where.payment})}"
    if where.payee:
        return f"{reverse('audit')}?{urlencode({**project, 'payee': where.payee})}"
    return f"{reverse('audit')}?{urlencode(project)}"
