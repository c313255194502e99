"""A project's plan and facts under a place's rules on a day: its curves and all that they say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongzhi.core.monitoring.case import Case, Signal, Watch
from gongzhi.core.monitoring.curves import Curves, Shares, curves
from gongzhi.core.monitoring.facts import Facts
from gongzhi.core.monitoring.forecast import EVERY_CLASS, Forecast, Seasons, forecast
from gongzhi.core.monitoring.plan import EVEN, Plan
from gongzhi.core.monitoring.rules import MonitoringRules, Rule
from gongzhi.core.monitoring.watches import SIGNALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A business date with the rules in force on it, laid out once for many projects.

    money_seasons and goals_seasons are how earlier years of the same classes went.
    """

    today: date
    rules: MonitoringRules
    watched: tuple[tuple[Watch, Rule], ...]
    money_seasons: Seasons | None = None
    goals_seasons: Seasons | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a project shows on a day."""

    curves: Curves
    signals: tuple[Signal, ...]
    money_forecast: Forecast | None
    goals_forecast: Forecast | None


def day_of(
    rules: MonitoringRules,
    *,
    today: date,
    money_seasons: Seasons | None = None,
    goals_seasons: Seasons | None = None,
) -> Day:
    """A day of monitoring: a signal without a rule in force is off."""
    in_force = rules.in_force(today)
    return Day(
        today=today,
        rules=rules,
        watched=tuple((each, in_force[each.code]) for each in SIGNALS if each.code in in_force),
        money_seasons=money_seasons,
        goals_seasons=goals_seasons,
    )


def watch(plan: Plan, facts: Facts, *, day: Day) -> Watched:
    """The curves, forecasts and signals of one project."""
    case = case_of(plan, facts, day=day)
    return Watched(
        curves=case.curves,
        signals=tuple(_signals(case, day)),
        money_forecast=case.money_forecast,
        goals_forecast=case.goals_forecast,
    )


def case_of(plan: Plan, facts: Facts, *, day: Day) -> Case:
    """A project laid out for the signals."""
    drawn = curves(plan, facts, today=day.today, degrees=day.rules.words.shares)
    return Case(
        plan=plan,
        facts=facts,
        today=day.today,
        curves=drawn,
        money_forecast=_foreseen(
            drawn.money,
            drawn.money_planned,
            plan=plan,
            month=drawn.ended,
            seasons=day.money_seasons,
        ),
        goals_forecast=_foreseen(
            drawn.goals,
            drawn.goals_planned,
            plan=plan,
            month=drawn.read_month,
            seasons=day.goals_seasons,
        ),
    )


def _foreseen(
    shares: Shares, planned: Shares, *, plan: Plan, month: int, seasons: Seasons | None
) -> Forecast | None:
    """The forecast from the last month that is over; None where nothing is known by then.

    A project that runs for a part of the year isn't held against courses of whole years; where
    nobody planned by month, it goes by its months.
    """
    now = shares[month - 1] if month else None
    if now is None:
        return None
    runs_all_year = plan.even is EVEN
    known = tuple(share for share in planned if share is not None)
    if len(known) < len(planned):
        known = () if runs_all_year else plan.even
    return forecast(
        float(now),
        month=month,
        category=plan.category or EVERY_CLASS,
        seasons=seasons if runs_all_year else None,
        planned=known,
    )


def not_judged(
    rules: MonitoringRules, *, today: date, currency: str
) -> tuple[tuple[Watch, Rule], ...]:
    """The signals that can't be looked for: their limits are amounts of another currency."""
    watched = day_of(rules, today=today).watched
    return tuple((each, rule) for each, rule in watched if not rule.judges(currency))


def _signals(case: Case, day: Day) -> Iterator[Signal]:
    for each, rule in day.watched:
        if not rule.judges(case.plan.currency):
            continue
        for sign in each.find(case, rule):
            yield Signal(
                code=each.code,
                level=sign.level or rule.level,
                where=sign.where,
                said=sign.said,
                arithmetic=sign.arithmetic,
                clause=rule.clause,
                since=sign.since,
                warns=rule.warns,
            )
