"""What files tell of a project's targets and plan by month, for where no goals of it are in force.

Whatever was approved here goes first: a target of a file counts only for a project without goals
in force, a plan of money only where the goals have none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongzhi.core.facts import TargetFact
from gongzhi.core.monitoring import Course, Promised
from gongzhi.core.monitoring.gathering import promised_by, twelve
from gongzhi.core.monitoring.promising import promised_of
from gongzhi.core.terms import Money
from gongzhi.cycle import models as rows
from gongzhi.cycle.any_of import any_of
from gongzhi.cycle.long_codes import indicator_key
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.trust.straight import asked

FIELDS = ("name", "value", "text", "less_is_better", "course", "weight", "baseline")
Months = dict[int, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What files promise of a project; texts are the targets in words, by the indicator's key."""

    indicators: tuple[Promised, ...] = ()
    money: tuple[Money, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


NOTHING_TOLD = Told()


def told_by_files(projects: Sequence[UUID], *, year: int) -> Mapping[UUID, Told]:
    """What files tell of the projects for a year; those of which they say nothing aren't in it."""
    plans = _plans(projects, year=year)
    targets = _targets(projects, year=year)
    return {
        project: _told(targets.get(project, ()), plans.get(project, {}))
        for project in {*plans, *targets}
    }


def _told(targets: Iterable[TargetFact], plans: Mapping[str, Months]) -> Told:
    known = {target.indicator: target for target in targets}  # the one that came last
    money = plans.get("")
    return Told(
        indicators=tuple(_promised(each, plans.get(each.indicator)) for each in known.values()),
        money=twelve(money) if money else (),
        texts={indicator_key(each.indicator): each.text for each in known.values()},
    )


def _promised(target: TargetFact, planned: Months | None) -> Promised:
    """A target in figures as it stands; one in words as the usual rules read them."""
    key = indicator_key(target.indicator)
    if target.value is None and target.text:
        return _in_words(target, key=key)
    return replace(promised_by(target, planned), key=key)


def _in_words(target: TargetFact, *, key: str) -> Promised:
    """Read as goals are that are written here; how its readings add up the file may say."""
    read = promised_of(
        key=key,
        name=target.name or target.indicator,
        target_text=target.text,
        lexicon=load_packs()[USUAL].lexicon,
        kept_under=load_monitoring(USUAL).kept_under,
        weight=target.weight,
        baseline=target.baseline,
    )
    return replace(read, course=Course(target.course)) if target.course else read


def _targets(projects: Sequence[UUID], *, year: int) -> Mapping[UUID, Sequence[TargetFact]]:
    lines = rows.TargetLine.objects.standing().filter(any_of("project", projects), fiscal_year=year)
    found: defaultdict[UUID, list[TargetFact]] = defaultdict(list)
    for project, indicator, *own in _rows(lines.order_by("id"), "indicator", *FIELDS):
        named = dict(zip(FIELDS, own, strict=True))
        found[project].append(TargetFact(project="", indicator=indicator, year=year, **named))
    return found


def _plans(projects: Sequence[UUID], *, year: int) -> Mapping[UUID, Mapping[str, Months]]:
    """The parts of a month's plan add up."""
    lines = rows.PlanLine.objects.standing().filter(any_of("project", projects), fiscal_year=year)
    found: defaultdict[UUID, dict[str, Months]] = defaultdict(dict)
    for project, indicator, month, amount in _rows(lines, "indicator", "month", "amount"):
        months = found[project].setdefault(indicator, {})
        months[month] = months.get(month, Decimal(0)) + amount
    return found


def _rows(lines: Any, *fields: str) -> Iterator[tuple[Any, ...]]:
    statement, values = lines.values_list("project", *fields).query.sql_with_params()
    yield from asked(statement, tuple(values))
