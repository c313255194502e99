"""Watching projects: from rows to curves, signals and forecasts, and to the rows that keep them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.core.monitoring import Day, Level, Quality, Seasons, Watched, day_of, how_good, watch
from gongzhi.core.monitoring import seasons_of as seasons_from
from gongzhi.core.monitoring.alert import SEVERITY
from gongzhi.core.monitoring.curves import paid_by_month
from gongzhi.core.monitoring.figures import months_ended
from gongzhi.core.monitoring.forecast import EVERY_CLASS, forecast
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.monitoring.rules import Forecasting, MonitoringRules
from gongzhi.core.parts import in_parts
from gongzhi.cycle import models
from gongzhi.cycle.followed import Followed, followed
from gongzhi.cycle.watched_record import (
    Stored,
    curves_as_record,
    forecast_as_record,
    quality_as_record,
    signal_as_record,
)
from gongzhi.rules.packs.monitoring import load_monitoring

AT_ONCE = 500
SHARE_MAX = Decimal(10) ** 5  # a share beyond it is a slip of the budget, kept as this
Course = tuple[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """How the earlier years of all projects went: their courses of money and of goals."""

    money: tuple[Course, ...]
    goals: tuple[Course, ...]
    last_money: tuple[Course, ...] = ()
    before_last: tuple[Course, ...] = ()

    @classmethod
    def before(
        cls, year: int, *, among: QuerySet[Any] | None = None, at_most: int | None = None
    ) -> "History":
        """What is known from the years before a year: of all projects, or of some among them."""
        rows = models.Watched.objects.all() if among is None else among
        kept = rows.filter(fiscal_year__lt=year, curves__month=MONTHS)
        ordered = kept.order_by() if at_most is None else kept.order_by("-fiscal_year", "pk")
        chosen = list(ordered.values_list("project", "fiscal_year", "curves")[:at_most])
        categories = _categories(None if at_most is None else {each[0] for each in chosen})
        money: list[Course] = []
        goals: list[Course] = []
        last: list[Course] = []
        before: list[Course] = []
        for project, of, curves in chosen:
            category = categories.get(project, EVERY_CLASS)
            if course := _finished(category, curves["money"]):
                money.append(course)
                (last if of == year - 1 else before).append(course)
            if course := _finished(category, curves["goals"]):
                goals.append(course)
        return cls(
            money=tuple(money),
            goals=tuple(goals),
            last_money=tuple(last),
            before_last=tuple(before),
        )

    def quality(self, *, month: int, rules: Forecasting) -> Quality | None:
        """How the forecasts of money did that could have been made a year ago, after the month."""
        if not 0 < month < MONTHS or not self.last_money:
            return None
        seasons = _seasons(self.before_last, rules)
        foreseen = [
            forecast(shares[month - 1], month=month, category=category, seasons=seasons)
            for category, shares in self.last_money
        ]
        return how_good(foreseen, [shares[-1] for _, shares in self.last_money])


class Watching:
    """The rules of every pack on a day, read once, and what they show of project after project."""

    def __init__(self, *, year: int, today: date) -> None:
        self.year = year
        self.today = today
        self.history = History.before(year)
        self.days: dict[str, Day] = {}
        self.qualities: dict[str, Stored | None] = {}

    def day(self, pack: str) -> Day:
        """The day under a pack's rules."""
        if pack not in self.days:
            rules = load_monitoring(pack)
            self.days[pack] = day_of(
                rules,
                today=self.today,
                money_seasons=_seasons(self.history.money, rules.forecasting),
                goals_seasons=_seasons(self.history.goals, rules.forecasting),
            )
        return self.days[pack]

    def quality(self, pack: str) -> Stored | None:
        """How good forecasts of last year were under a pack; all of them are made for it."""
        if pack not in self.qualities:
            month = months_ended(self.today, year=self.year)
            rules = self.day(pack).rules.forecasting
            found = self.history.quality(month=month, rules=rules)
            self.qualities[pack] = quality_as_record(found)
        return self.qualities[pack]

    def seen(self, projects: Sequence[UUID]) -> Iterator[tuple[Followed, Watched]]:
        """What each project shows, one by one; the rows of many are asked for together."""
        for some in in_parts(projects, size=AT_ONCE):
            for each in followed(some, year=self.year, today=self.today):
                yield each, watch(each.plan, each.facts, day=self.day(each.pack))

    def kept(self, projects: Sequence[UUID]) -> Iterator[models.Watched]:
        """What is kept of each project."""
        for each, shown in self.seen(projects):
            yield self._row(each, shown)

    def _row(self, each: Followed, shown: Watched) -> models.Watched:
        curves = shown.curves
        paid = paid_by_month(each.facts.payments, year=self.year, today=self.today)
        return models.Watched(
            project_id=each.project,
            fiscal_year=self.year,
            on=self.today,
            level=gravest(signal.level for signal in shown.signals),
            budget=curves.budget,
            paid=curves.paid,
            money_now=_kept(curves.money_now),
            goals_now=_kept(curves.goals_now),
            curves={
                **curves_as_record(curves, paid_by_month=paid[: curves.month]),
                "is_told": each.is_told,
            },
            signals=[signal_as_record(signal) for signal in shown.signals],
            forecasts={
                "money": forecast_as_record(shown.money_forecast),
                "goals": forecast_as_record(shown.goals_forecast),
                "quality": self.quality(each.pack),
            },
        )


def gravest(levels: Iterable[Level]) -> str:
    """The gravest colour; none is no colour."""
    found = set(levels)
    return next((str(level) for level in SEVERITY if level in found), "")


def years_watched(today: date, rules: MonitoringRules) -> tuple[int, ...]:
    """The year of the day, and the one before while its last payments may still come in."""
    first_round = min(rules.clocks.rounds)
    return (today.year - 1, today.year) if today.month <= first_round else (today.year,)


def counted(levels: Iterable[str]) -> Mapping[str, int]:
    """How many projects have each colour; green is none."""
    found = Counter(levels)
    return {name: found[code] for name, code in NAMED.items()}


NAMED = {"red": "red", "yellow": "yellow", "blue": "blue", "green": ""}


def _kept(share: Decimal | None) -> Decimal | None:
    return None if share is None else max(min(share, SHARE_MAX), -SHARE_MAX)


def _categories(projects: Collection[UUID] | None) -> Mapping[UUID, str]:
    """The category of each project as it was described last: of some, or of all."""
    profiles = models.Profile.objects.order_by("project", "-id").distinct("project")
    if projects is not None:
        profiles = profiles.filter(project__in=projects)
    return dict(profiles.values_list("project", "category"))


def _finished(category: str, shares: Sequence[str | None]) -> Course | None:
    """A course of twelve months; what wasn't known yet counts as nothing."""
    if len(shares) < MONTHS or shares[-1] is None:
        return None
    return category, tuple(float(share or 0) for share in shares)


def _seasons(courses: tuple[Course, ...], rules: Forecasting) -> Seasons | None:
    if len(courses) < rules.least:
        return None
    return seasons_from(
        courses, level=float(rules.level), neighbours=rules.neighbours, least=rules.least
    )
