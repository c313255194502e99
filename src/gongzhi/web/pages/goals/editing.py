"""The editor's sheet: goals as strings in fields, and the fields as goals again.

What a field can't be read as stays in it and is told; everything that the sheet has no field for
(earlier results, arrows between indicators) is kept from the plan that it started from.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from typing import TypeVar

from gongzhi.core.goals import (
    Activity,
    Asked,
    Aspect,
    Beneficiaries,
    DraftGoal,
    DraftIndicator,
    Funds,
    Ground,
    Measured,
    Medium,
    headings_in,
)
from gongzhi.core.monitoring.plan import MONTHS, Course
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.terms import FiscalYear, Ratio, Said
from gongzhi.cycle.goal_record import GoalPlan

E = TypeVar("E", Ground, Measured, Aspect, Course)
GROUPS, ACTIVITIES, SPARE, LINES_MAX = 3, 6, 2, 60
TEXT_MAX = 5000
DIGITS_MAX = 20
BUDGETING_SINCE = 7  # from July on, one drafts for the next year
NOT_A_NUMBER, NOT_A_DAY = Said("不是数字"), Said("不是日期，例如 2026-09-30")
NO_SUCH_YEAR = Said("年度是四位数字，例如 2027")
YEARS = range(2000, 2100)
LINE_FIELDS = (
    "key", "library", "name", "aspect", "target", "measure", "weight", "source", "evidence",
    "standard", "baseline", "ground", "measured", "asked_who", "asked_many", "asked_how", "core",
    "medium", "course",
)  # fmt: skip
SHARES = tuple(f"share{month}" for month in range(1, MONTHS + 1))  # of the target, in per cent
FIELDS = (*LINE_FIELDS, *SHARES)
HUNDRED, PERCENT_PLACES = 100, Decimal("0.01")
FUNDS = ("fiscal", "carried", "other")
FOLDED_FIELDS = (
    "nature", *FUNDS, "medium_text", "medium_budget", *(f"medium_{source}" for source in FUNDS),
)  # fmt: skip
TOP_FIELDS = ("year", "text", "budget", "people", "starts_on", "ends_on", *FOLDED_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands in the fields of the editor, by name."""

    given: Mapping[str, str]
    lines: int

    @property
    def is_funded(self) -> bool:
        """Whether anything stands in the fields for sources of funds and the medium term."""
        return any(self.given.get(name) for name in FOLDED_FIELDS)

    def of_line(self, number: int) -> Mapping[str, str]:
        """The fields of an indicator."""
        return {name: self.given.get(f"{name}-{number}", "") for name in FIELDS}

    def rows(self, count: int, *names: str) -> list[Mapping[str, object]]:
        """The fields of a small table of so many rows."""
        return [
            {"number": n, **{name: self.given.get(f"{name}-{n}", "") for name in names}}
            for n in range(count)
        ]

    def without_line(self, number: int) -> "Sheet":
        """The sheet with an indicator taken out."""
        gone = {f"{name}-{number}" for name in FIELDS}
        kept = {name: text for name, text in self.given.items() if name not in gone}
        return replace(self, given=kept)

    def with_line(self, indicator: DraftIndicator) -> "Sheet":
        """The sheet with an indicator in the first empty place, or in a new one."""
        empty = (n for n in range(self.lines) if not _is_written(self.of_line(n)))
        number = next(empty, self.lines)
        given = {**self.given, **dict(_line_as_fields(indicator, number))}
        return Sheet(given=given, lines=max(self.lines, number + 1))

    def figure(self, name: str) -> Decimal | None:
        """What a field says as a figure; None where it says none."""
        return _Reader(self.given).decimal(name)

    def day(self, name: str) -> date | None:
        """What a field says as a day; None where it says none."""
        return _Reader(self.given).day(name)


@dataclass(slots=True)
class _Reader:
    """Reads fields, and remembers which can't be."""

    given: Mapping[str, str]
    faults: dict[str, Said] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.given.get(name, "").strip()

    def decimal(self, name: str) -> Decimal | None:
        typed = unicodedata.normalize("NFKC", self.text(name)).replace(",", "").replace(" ", "")
        if not typed:
            return None
        try:
            value = Decimal(typed)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or len(typed) > DIGITS_MAX:
            self.faults[name] = NOT_A_NUMBER
            return None
        return value

    def day(self, name: str) -> date | None:
        typed = self.text(name)
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            self.faults[name] = NOT_A_DAY
            return None

    def whole(self, name: str) -> int | None:
        value = self.decimal(name)
        if value is not None and value != value.to_integral_value():
            self.faults[name] = NOT_A_NUMBER
            return None
        return None if value is None else int(value)


def next_year(today: date) -> FiscalYear:
    """The year that one drafts goals for on a day."""
    return today.year + 1 if today.month >= BUDGETING_SINCE else today.year


def sheet_of(plan: GoalPlan, *, year: FiscalYear) -> Sheet:
    """The editor's fields for a plan, with empty lines to go on."""
    goal = plan.goal
    given = {
        "year": str(goal.year or year),
        "text": goal.text,
        "budget": _figure(goal.budget),
        "people": _figure(goal.people),
        "starts_on": goal.starts_on.isoformat() if goal.starts_on else "",
        "ends_on": goal.ends_on.isoformat() if goal.ends_on else "",
        "nature": goal.nature,
        "medium_text": goal.medium.text,
        "medium_budget": _figure(goal.medium.budget),
        **_funds_as_fields(goal.funds),
        **_funds_as_fields(goal.medium.funds, before="medium_"),
    }
    for number, group in enumerate(goal.beneficiaries[:GROUPS]):
        named = {"who": group.who, "count": _figure(group.count), "unit": group.measure}
        given |= {f"{name}-{number}": text for name, text in named.items()}
    for number, activity in enumerate(goal.activities[:ACTIVITIES]):
        given |= {
            f"activity-{number}": activity.name,
            f"money-{number}": _figure(activity.money),
            f"leads-{number}": _numbers(activity.leads_to, goal),
        }
    for month, amount in enumerate(plan.money_by_month, start=1):
        given[f"month-{month}"] = _figure(amount)
    for number, line in enumerate(goal.indicators):
        given |= dict(_line_as_fields(line, number))
        for name, share in zip(SHARES, plan.by_month.get(line.key, ()), strict=False):
            given[f"{name}-{number}"] = percent_of(share)
    return Sheet(given=given, lines=min(len(goal.indicators) + SPARE, LINES_MAX))


def sheet_submitted(posted: Mapping[str, str]) -> Sheet:
    """The editor's fields as they were sent."""
    asked = posted.get("lines", "")
    count = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= len("99") else SPARE
    lines = min(max(count, 1), LINES_MAX)
    names = [*TOP_FIELDS, *(f"month-{month}" for month in range(1, MONTHS + 1))]
    names += [f"{name}-{n}" for n in range(GROUPS) for name in ("who", "count", "unit")]
    names += [f"{name}-{n}" for n in range(ACTIVITIES) for name in ("activity", "money", "leads")]
    names += [f"{name}-{n}" for n in range(lines) for name in FIELDS]
    given = {name: posted[name][:TEXT_MAX] for name in names if posted.get(name)}
    return Sheet(given={name: _clean(text) for name, text in given.items()}, lines=lines)


def _clean(text: str) -> str:
    """A text without what no database and no log can hold."""
    printable = text.replace("\x00", "").replace("\r\n", "\n")
    return printable.encode(errors="ignore").decode()


def plan_written(
    sheet: Sheet, *, base: GoalPlan, pack: Pack
) -> tuple[GoalPlan, Mapping[str, Said], tuple[int, ...]]:
    """The plan that a sheet says, what can't be read by field, and the place of each indicator."""
    reader = _Reader(sheet.given)
    places = tuple(n for n in range(sheet.lines) if _is_written(sheet.of_line(n)))
    before = {line.key: line for line in base.goal.indicators if line.key}
    lines = tuple(_line(reader, n, before=before, pack=pack) for n in places)
    keys = {str(place): line.key for place, line in enumerate(lines, start=1) if line.key}
    goal = replace(
        base.goal,
        year=_year(reader),
        text=reader.text("text"),
        budget=reader.decimal("budget"),
        people=reader.decimal("people"),
        starts_on=reader.day("starts_on"),
        ends_on=reader.day("ends_on"),
        beneficiaries=tuple(_groups(reader)),
        activities=tuple(_activities(reader, keys)),
        indicators=lines,
        nature=reader.text("nature"),
        funds=_funds(reader),
        medium=Medium(
            text=reader.text("medium_text"),
            budget=reader.decimal("medium_budget"),
            funds=_funds(reader, before="medium_"),
        ),
    )
    by_month = {
        line.key: shares
        for n, line in zip(places, lines, strict=True)
        if (shares := _shares(reader, n, before=base.by_month.get(line.key, ())))
    }
    plan = GoalPlan(goal=goal, money_by_month=_months(reader), by_month=by_month)
    return plan, reader.faults, places


def _funds(reader: _Reader, *, before: str = "") -> Funds:
    fiscal, carried, other = (reader.decimal(before + source) for source in FUNDS)
    return Funds(fiscal=fiscal, carried=carried, other=other)


def _funds_as_fields(funds: Funds, *, before: str = "") -> Mapping[str, str]:
    amounts = (funds.fiscal, funds.carried, funds.other)
    return {before + source: _figure(amount) for source, amount in zip(FUNDS, amounts, strict=True)}


def _is_written(line: Mapping[str, str]) -> bool:
    return any(line[name].strip() for name in ("name", "target", "weight"))


def _year(reader: _Reader) -> FiscalYear | None:
    year = reader.whole("year")
    if year is not None and year not in YEARS:
        reader.faults["year"] = NO_SUCH_YEAR
        return None
    return year


def _months(reader: _Reader) -> tuple[Decimal, ...]:
    """Twelve amounts; none where no month is filled in."""
    amounts = [reader.decimal(f"month-{month}") for month in range(1, MONTHS + 1)]
    if all(amount is None for amount in amounts):
        return ()
    return tuple(amount or Decimal(0) for amount in amounts)


def _shares(reader: _Reader, number: int, *, before: tuple[Ratio, ...]) -> tuple[Ratio, ...]:
    """Twelve shares of a target; none where no month is filled in, an empty month adds nothing.

    A share that still reads as it did is the one of before: the field shows fewer digits.
    """
    if not any(reader.text(f"{name}-{number}") for name in SHARES):
        return ()
    shares, so_far = [], Decimal(0)
    for name, kept in zip_longest(SHARES, before):
        typed = reader.decimal(f"{name}-{number}")
        if typed is not None:
            as_it_was = kept is not None and reader.text(f"{name}-{number}") == percent_of(kept)
            so_far = kept if as_it_was else typed / HUNDRED
        shares.append(so_far)
    return tuple(shares)


def percent_of(share: Ratio) -> str:
    """A share in per cent, as a field shows it."""
    return f"{(share * HUNDRED).quantize(PERCENT_PLACES).normalize():f}"


def _groups(reader: _Reader) -> Iterator[Beneficiaries]:
    for number in range(GROUPS):
        who, count = reader.text(f"who-{number}"), reader.decimal(f"count-{number}")
        if who or count is not None:
            group = Beneficiaries(who=who, count=count)
            measure = reader.text(f"unit-{number}") or group.measure
            yield replace(group, measure=measure)


def _activities(reader: _Reader, keys: Mapping[str, str]) -> Iterator[Activity]:
    for number in range(ACTIVITIES):
        name, money = reader.text(f"activity-{number}"), reader.decimal(f"money-{number}")
        if name or money is not None:
            typed = unicodedata.normalize("NFKC", reader.text(f"leads-{number}"))
            asked = typed.replace("、", ",").replace(" ", ",").split(",")
            leads = tuple(dict.fromkeys(keys[each] for each in asked if each in keys))
            yield Activity(key=f"a{number + 1}", name=name, money=money, leads_to=leads)


def _line(
    reader: _Reader, number: int, *, before: Mapping[str, DraftIndicator], pack: Pack
) -> DraftIndicator:
    key = reader.text(f"key-{number}") or f"i{number + 1}"
    base = before.get(key, DraftIndicator())
    level1, level2 = _headings(reader.text(f"aspect-{number}"), base=base, pack=pack)
    return replace(
        base,
        key=key,
        library=reader.text(f"library-{number}"),
        name=reader.text(f"name-{number}"),
        level1=level1,
        level2=level2,
        target=reader.text(f"target-{number}"),
        measure=reader.text(f"measure-{number}"),
        weight=reader.decimal(f"weight-{number}"),
        source=reader.text(f"source-{number}"),
        evidence=reader.text(f"evidence-{number}"),
        standard=reader.text(f"standard-{number}"),
        baseline=reader.decimal(f"baseline-{number}"),
        ground=_one_of(Ground, reader.text(f"ground-{number}")),
        measured=_one_of(Measured, reader.text(f"measured-{number}")),
        asked=_asked(reader, number),
        is_core=reader.text(f"core-{number}") == "yes",
        medium=reader.text(f"medium-{number}"),
        course=_one_of(Course, reader.text(f"course-{number}")),
    )


def _headings(asked: str, *, base: DraftIndicator, pack: Pack) -> tuple[str, str]:
    """The headings of the pack's frame; unchanged where the kind is."""
    aspect = _one_of(Aspect, asked)
    if aspect is None or base.aspect is aspect:
        return base.level1, base.level2
    return headings_in(pack, aspect) or (aspect.level1, aspect.level2)


def _one_of(kind: type[E], asked: str) -> E | None:
    return kind(asked) if asked in list(kind) else None


def _asked(reader: _Reader, number: int) -> Asked | None:
    who, how = reader.text(f"asked_who-{number}"), reader.text(f"asked_how-{number}")
    many = reader.whole(f"asked_many-{number}")
    if not who and not how and many is None:
        return None
    return Asked(who=who, how_many=many, instrument=how)


def _line_as_fields(line: DraftIndicator, number: int) -> Iterator[tuple[str, str]]:
    asked = line.asked or Asked()
    told = {
        "key": line.key,
        "library": line.library,
        "name": line.name,
        "aspect": line.aspect or "",
        "target": line.target,
        "measure": line.measure,
        "weight": _figure(line.weight),
        "source": line.source,
        "evidence": line.evidence,
        "standard": line.standard,
        "baseline": _figure(line.baseline),
        "ground": line.ground or "",
        "measured": line.measured or "",
        "asked_who": asked.who,
        "asked_many": "" if asked.how_many is None else str(asked.how_many),
        "asked_how": asked.instrument,
        "core": "yes" if line.is_core else "",
        "medium": line.medium,
        "course": line.course or "",
    }
    yield from ((f"{name}-{number}", str(text)) for name, text in told.items() if text)


def _numbers(keys: tuple[str, ...], goal: DraftGoal) -> str:
    """Indicators by their place in the list, as people name them."""
    places = {line.key: str(place) for place, line in enumerate(goal.indicators, start=1)}
    return "、".join(places[key] for key in keys if key in places)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
