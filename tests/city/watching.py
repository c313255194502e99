"""A project of the city watched through its year, as the platform does each night."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from gongzhi.city.invented import CityYear, Venture, the_year
from gongzhi.city.invented.told_money import is_told
from gongzhi.city.invented.values import Deed
from gongzhi.core.facts import Fact, PaymentFact
from gongzhi.core.monitoring import Day, Seasons, Signal, day_of, seasons_of, watch
from gongzhi.core.monitoring.alert import (
    TRANSITIONS,
    Alert,
    Step,
    advanced,
    open_alert,
    why_not,
)
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.monitoring.gathering import gather
from gongzhi.rules.packs.monitoring import load_monitoring

PACK = "mof-2020-10"
YEAR = 2026
PLACES = 6  # as shares are kept
VERBS = {each.verb for each in TRANSITIONS}


@cache
def the_city() -> CityYear:
    """The demo's year, made once."""
    return the_year()


@cache
def seasons() -> Seasons:
    """How money went in the years before, which forecasts of this one rest on."""
    rules = load_monitoring(PACK)
    courses = []
    for year, projects in the_city().earlier.items():
        facts = [fact for venture, past in projects for fact in (venture.fact, *past.facts())]
        for plan, found in gather(facts, year=year):
            seen = watch(plan, found, day=day_of(rules, today=date(year, 12, 31)))
            shares = tuple(round(float(share or 0), PLACES) for share in seen.curves.money)
            courses.append((plan.category, shares))
    assert len(courses) >= rules.forecasting.least
    return seasons_of(
        courses,
        level=float(rules.forecasting.level),
        neighbours=rules.forecasting.neighbours,
        least=rules.forecasting.least,
    )


@cache
def signals(venture: Venture, on: date, *, paid_by: date = date.max) -> tuple[Signal, ...]:
    """What a project shows on a day, from what was known then.

    Files of payments have come for days until paid_by; payments that a story tells come by
    themselves.
    """
    known = [each for each in venture.known_on(on) if not _waits(each, paid_by)]
    if not known:
        return ()
    ((plan, facts),) = gather(known, year=YEAR)
    return watch(plan, facts, day=_day(on)).signals


def _waits(fact: Fact, day: date) -> bool:
    """Whether it is a payment for whose file the city waits on a day."""
    return isinstance(fact, PaymentFact) and fact.paid_on > day and not is_told(fact)


@cache
def _day(on: date) -> Day:
    return day_of(load_monitoring(PACK), today=on, money_seasons=seasons())


def steps_that_fail(venture: Venture, deeds: tuple[Deed, ...]) -> Iterator[str]:
    """Steps of the story that nobody could take on their day, and why."""
    alerts: dict[int, Alert] = {}
    steps = [deed for deed in deeds if deed.verb in VERBS]
    for day in _days(venture, steps):
        opened = open_alert(
            f"{day}",
            project=venture.code,
            signals=signals(venture, day),
            today=day,
            clocks=load_monitoring(PACK).clocks,
            known=tuple(alerts.values()),
        )
        if opened is not None:
            alerts[opened.round] = opened
        for deed in steps:
            if deed.on == day:
                yield from _taken(alerts, deed)


def _taken(alerts: dict[int, Alert], deed: Deed) -> Iterator[str]:
    if deed.round not in alerts:
        yield f"{deed.on} {deed.verb}: no alert of round {deed.round}"
        return
    step = Step(verb=deed.verb, on=deed.on, choice=deed.choice, reason=deed.text)
    reason = why_not(alerts[deed.round], step)
    if reason is not None:
        yield f"{deed.on} {deed.verb} {deed.round}: {reason.text}"
        return
    alerts[deed.round] = advanced(alerts[deed.round], step)


def _days(venture: Venture, steps: list[Deed]) -> list[date]:
    """The days on which a warning can begin, and those of the steps."""
    months = {end_of(YEAR, month) for month in range(1, 13)}
    handed_in = {report.submitted_on for report in venture.reports}
    return sorted(months | handed_in | {deed.on for deed in steps} | _overspent(venture))


def _overspent(venture: Venture) -> set[date]:
    paid = 0
    for payment in sorted(venture.payments, key=lambda each: each.paid_on):
        paid += payment.amount
        budget = sum(line.adjusted or 0 for line in venture.budget_on(payment.paid_on))
        if paid > budget:
            return {payment.paid_on}
    return set()
