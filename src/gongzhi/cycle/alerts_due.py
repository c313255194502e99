"""Alerts as the rules see them: which are to be opened, until when each runs, what follows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gongzhi.core.monitoring import MonitoringRules, Signal
from gongzhi.core.monitoring import alert as rules_of_alerts
from gongzhi.core.monitoring.alert import TRANSITIONS, Choice, Step, due_of, round_of
from gongzhi.core.monitoring.consequences import Consequence, consequences_due
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.working_days import Due
from gongzhi.cycle.models import Alert, AlertStep, GoalVersion, Watched
from gongzhi.cycle.watched_record import signal_from_record
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.packs import PACKS
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring

MOVING = frozenset(each.verb for each in TRANSITIONS)
VISITING = ("order_visit", "record_visit")
OVER = ("closed", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToOpen:
    """An alert that is due: of a project, for the round of a year, about its signals."""

    project: UUID
    year: int
    round: int
    signals: tuple[Signal, ...]


def packs_of(projects: Iterable[UUID], *, year: int) -> Mapping[UUID, str]:
    """The packs of the goals in force of projects; those without goals aren't in it."""
    versions = GoalVersion.objects.in_force().filter(project__in=projects, fiscal_year=year)
    chosen = versions.order_by().values_list("project", "pack")
    return {project: pack for project, pack in chosen if pack in PACKS}


def rules_for(packs: Mapping[UUID, str], project: UUID) -> MonitoringRules:
    """The rules of monitoring that a project falls under."""
    return load_monitoring(packs.get(project, USUAL))


def alerts_to_open(today: date) -> Iterator[ToOpen]:
    """The projects that warn in the last round that is over and have no alert of it yet.

    What they show must have been seen since the round ended.
    """
    for year in (today.year - 1, today.year):
        yield from _of_year(year, today=today)


def _of_year(year: int, *, today: date) -> Iterator[ToOpen]:
    warning = Watched.objects.filter(fiscal_year=year, signals__contains=[{"warns": True}])
    seen = list(warning.order_by("project").values_list("project", "on", "signals"))
    packs = packs_of([project for project, _, _ in seen], year=year)
    known = set(Alert.objects.filter(fiscal_year=year).order_by().values_list("project", "round"))
    for project, on, signals in seen:
        clocks = rules_for(packs, project).clocks
        of, month = round_of(today, rounds=clocks.rounds)
        is_seen = of == year and on >= end_of(year, month)
        if is_seen and (project, month) not in known:
            kept = tuple(signal_from_record(each) for each in signals if each["warns"])
            yield ToOpen(project=project, year=year, round=month, signals=kept)


def as_value(row: Alert) -> rules_of_alerts.Alert:
    """An alert and its steps as the rules see them, who don't ask what it is about."""
    return rules_of_alerts.Alert(
        key=str(row.pk),
        project=str(row.project_id),
        year=row.fiscal_year,
        round=row.round,
        opened_on=row.opened_on,
        steps=tuple(_step(step) for step in row.steps.all() if step.verb in MOVING),
    )


def _step(row: AlertStep) -> Step:
    choice = Choice(row.choice) if row.choice else None
    return Step(verb=row.verb, on=row.done_on, choice=choice, reason=row.reason)


def due_for(row: Alert, rules: MonitoringRules) -> Due | None:
    """Until when the next step with an alert is due."""
    return due_of(as_value(row), clocks=rules.clocks, calendar=load_calendar())


def packs_of_alerts(rows: Iterable[Alert]) -> Mapping[UUID, str]:
    """The pack that each of many alerts falls under."""
    by_year: dict[int, list[Alert]] = {}
    for row in rows:
        by_year.setdefault(row.fiscal_year, []).append(row)
    found: dict[UUID, str] = {}
    for year, mine in by_year.items():
        packs = packs_of({row.project_id for row in mine}, year=year)
        found |= {row.pk: packs.get(row.project_id, USUAL) for row in mine}
    return found


def dues_of(
    rows: Sequence[Alert], *, packs: Mapping[UUID, str] | None = None
) -> Mapping[UUID, Due | None]:
    """The same for many alerts at once; `packs` where the caller knows them already."""
    known = packs_of_alerts(rows) if packs is None else packs
    return {row.pk: due_for(row, load_monitoring(known[row.pk])) for row in rows}


def late_alerts(rows: Sequence[Alert], *, today: date) -> list[tuple[Alert, Due]]:
    """The alerts whose clock has run out, the latest first."""
    dues = dues_of(rows)
    late = [(row, due) for row in rows if (due := dues[row.pk]) is not None and due.on < today]
    return sorted(late, key=lambda each: (each[1].on, str(each[0].project_id)))


def consequences(
    rows: Sequence[Alert], *, today: date, packs: Mapping[UUID, str] | None = None
) -> list[tuple[Consequence, MonitoringRules]]:
    """What follows today from alerts, each with the rules that say so."""
    known = packs_of_alerts(rows) if packs is None else packs
    found: list[tuple[Consequence, MonitoringRules]] = []
    by_pack: dict[str, list[Alert]] = {}
    for row in rows:
        by_pack.setdefault(known[row.pk], []).append(row)
    visited = visited_on(rows)
    for pack, mine in by_pack.items():
        rules = load_monitoring(pack)
        due = consequences_due(
            [as_value(row) for row in mine],
            today=today,
            rules=rules,
            calendar=load_calendar(),
            visited_on=visited,
        )
        found += [(each, rules) for each in due]
    return found


def visited_on(rows: Iterable[Alert]) -> Mapping[str, date]:
    """The last visit, ordered or made, of each project."""
    last: dict[str, date] = {}
    for row in rows:
        for step in row.steps.all():
            if step.verb in VISITING:
                project = str(row.project_id)
                last[project] = max(step.done_on, last.get(project, date.min))
    return last


def unfinished(rows: Any) -> Any:
    """The alerts that still wait for somebody."""
    return rows.exclude(stage__in=OVER)
