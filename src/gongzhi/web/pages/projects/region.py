"""What the public may know of a region's year: its money, its promises, what is behind or late.

Asked as a visitor would ask, whoever reads: the first page shows everybody the same. Sums are
read as they are kept, lists in their order: it takes as long for a province as for a county.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F

from gongzhi.core.charter import VISITOR
from gongzhi.core.telling import (
    Spending,
    Standing,
    amount_said,
    counted,
    told_of_consequences,
    told_of_promises,
    told_of_spending,
)
from gongzhi.core.terms import Said
from gongzhi.cycle.alerts_due import late_alerts, unfinished
from gongzhi.cycle.models import Aim, Alert, PurposeSum, Watched
from gongzhi.cycle.models.alerts import FALLING_SHORT
from gongzhi.cycle.purposes import added, parts_from
from gongzhi.cycle.standing import goals_due
from gongzhi.parties.models import Region
from gongzhi.rules.money import USUAL, load_currencies
from gongzhi.web.pages.monitoring.lists import ListedAlert, listed_alerts
from gongzhi.web.pages.monitoring.seen import percent_or_dash
from gongzhi.web.pages.projects.after import Cut, consequences, largest_cuts
from gongzhi.web.pages.projects.bars import FULL, Stands, bar, stands
from gongzhi.web.pages.projects.progress import Progress, progress
from gongzhi.web.pages.projects.told import functional_name, in_one
from gongzhi.web.shown import Bar

USES, LARGEST, BEHIND, LATE, CUTS = 8, 6, 6, 10, 6
ANNOUNCED = (Aim.Kind.LIVELIHOOD, Aim.Kind.REPORT)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a class of function has and what was paid of it; its bar is measured by the largest."""

    code: str
    name: str
    budget: Said
    paid: Said
    share: str
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAim:
    """An announced promise with how far the projects are that serve it."""

    aim: Aim
    projects: int
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """A project in a short list: its money, how far it is, by how many points it is behind."""

    row: Watched
    budget: Said | None
    goals: str
    goals_bar: Bar | None
    points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What became of a year that is over: in sentences, and who lost most of the next money."""

    year: int
    told: str
    cuts: Sequence[Cut]

    @property
    def following(self) -> int:
        """The year that the money is for."""
        return self.year + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The year of a region as everybody may know it."""

    region: str
    year: int
    spending: str
    uses: Sequence[Use]
    other_uses: Sequence[Use]
    standings: Sequence[tuple[Stands, int, Standing]]
    promises: str
    aims: Sequence[ShownAim]
    other_aims: Sequence[ShownAim]
    largest: Sequence[Short]
    behind: Sequence[Short]
    late: Sequence[ListedAlert]
    came: Came | None


def picture(today: date) -> Picture | None:
    """The newest year of the public projects; None where there is nothing to show."""
    totals = _totals()
    if not totals:
        return None
    year = max(total["fiscal_year"] for total in totals)
    mine = [total for total in totals if total["fiscal_year"] == year]
    aims = list(_aims(year))
    stand = counted(each.progress.standing for each in aims)
    region = Region.objects.visible_to(VISITOR).filter(parent=None).first()
    unit = _unit_of(region)
    uses = _uses(mine, unit=unit)
    to_people = [each for each in aims if each.aim.kind == Aim.Kind.LIVELIHOOD]
    others = [each for each in aims if each.aim.kind != Aim.Kind.LIVELIHOOD]
    return Picture(
        region=region.name if region else "",
        year=year,
        spending=in_one(told_of_spending(_spending(mine, year=year, today=today, unit=unit))),
        uses=uses[:USES],
        other_uses=uses[USES:],
        standings=_standings(mine),
        promises=in_one(told_of_promises(stand)),
        aims=to_people or others,
        other_aims=others if to_people else (),
        largest=_shorts(
            _of_year(year).order_by(F("budget").desc(nulls_last=True))[:LARGEST],
            unit=unit,
        ),
        behind=_shorts(_behind(year), unit=unit),
        late=_late(today),
        came=_came(totals, today=today, unit=unit),
    )


def _unit_of(region: Region | None) -> Said:
    currencies = load_currencies()
    return currencies.get(region.currency if region else USUAL, currencies[USUAL]).said


def _totals() -> list[dict[str, Any]]:
    """By year and class: how many projects, their money, how they stand."""
    kept = PurposeSum.objects.whole_for(VISITOR).order_by()
    return list(kept.values("fiscal_year", "functional").annotate(**added()))


def _spending(mine: Sequence[Mapping[str, Any]], *, year: int, today: date, unit: Said) -> Spending:
    largest = max(mine, key=lambda total: total["sum_budget"] or NOTHING)
    return Spending(
        year=year,
        today=today,
        projects=sum(total["sum_projects"] for total in mine),
        budget=sum((total["sum_budget"] or NOTHING for total in mine), start=NOTHING),
        paid=sum((total["sum_paid"] for total in mine), start=NOTHING),
        largest=functional_name(largest["functional"]),
        largest_budget=largest["sum_budget"] or NOTHING,
        currency=unit,
    )


def _uses(mine: Sequence[Mapping[str, Any]], *, unit: Said) -> list[Use]:
    """The classes that have a budget, the largest first."""
    funded = [total for total in mine if total["sum_budget"]]
    ordered = sorted(funded, key=lambda total: -total["sum_budget"])
    most = ordered[0]["sum_budget"] if ordered else NOTHING
    return [_use(total, most=most, unit=unit) for total in ordered]


def _use(total: Mapping[str, Any], *, most: Decimal, unit: Said) -> Use:
    budget, paid = total["sum_budget"], total["sum_paid"]
    filled = round(float(min(max(paid, NOTHING), most) / most) * FULL, 1)
    return Use(
        code=total["functional"],
        name=functional_name(total["functional"]),
        budget=amount_said(budget, unit=unit),
        paid=amount_said(paid, unit=unit),
        share=percent_or_dash(paid / budget),
        bar=Bar(kind="money", filled=filled, whole=round(float(budget / most) * FULL, 1)),
    )


def _standings(mine: Sequence[Mapping[str, Any]]) -> list[tuple[Stands, int, Standing]]:
    counts = {each: sum(total[f"sum_{each}"] for total in mine) for each in Standing}
    return [(stands(each), count, each) for each, count in counts.items() if count]


def _came(totals: Sequence[Mapping[str, Any]], *, today: date, unit: Said) -> Came | None:
    """The newest year that is over."""
    over = [total for total in totals if total["fiscal_year"] < today.year]
    if not over:
        return None
    year = max(total["fiscal_year"] for total in over)
    mine = [total for total in over if total["fiscal_year"] == year]
    counts = {standing: count for _stands, count, standing in _standings(mine)}
    found = consequences(counts, year=year, currency=unit)
    cuts = largest_cuts(year, at_most=CUTS) if found.less else ()
    return Came(year=year, told=in_one(told_of_consequences(found)), cuts=cuts)


def _aims(year: int) -> Iterator[ShownAim]:
    """What was announced to the people and some public project serves, promises to them first."""
    announced = Aim.objects.visible_to(VISITOR).filter(kind__in=ANNOUNCED).in_bulk()
    kept = PurposeSum.objects.whole_for(VISITOR).filter(fiscal_year=year).order_by()
    served = {row["aim"]: parts_from(row) for row in kept.values("aim").annotate(**added())}
    for key, aim in sorted(announced.items(), key=lambda each: (each[1].kind, each[1].code)):
        if key in served:
            parts = served[key]
            yield ShownAim(aim=aim, projects=parts.projects, progress=progress(parts))


def _of_year(year: int) -> Any:
    rows = Watched.objects.visible_to(VISITOR).filter(fiscal_year=year)
    return rows.annotate(owed=goals_due()).select_related("project__unit").order_by()


def _behind(year: int) -> Any:
    rows = _of_year(year).filter(standing__in=FALLING_SHORT)
    return rows.order_by("-points_behind", F("budget").desc(nulls_last=True))[:BEHIND]


def _shorts(rows: Any, *, unit: Said) -> list[Short]:
    return [
        Short(
            row=row,
            budget=amount_said(row.budget, unit=unit) if row.budget is not None else None,
            goals=percent_or_dash(row.goals_now),
            goals_bar=bar("goals", row.goals_now, due=row.owed),
            points=row.points_behind,
        )
        for row in rows
    ]


def _late(today: date) -> list[ListedAlert]:
    """The alerts that a rule orders to be published and whose clock has run out."""
    rows = list(unfinished(Alert.objects.visible_to(VISITOR).with_facts()))
    late = [row for row, _due in late_alerts(rows, today=today)][:LATE]
    return listed_alerts(late)
