"""The numbers that monitoring kept of a project, each by the name that its answer goes by."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from gongzhi.core.figure import FigureName
from gongzhi.core.monitoring.forecast import in_points
from gongzhi.cycle.models import Watched

Share = str | None
# The kept curve that each figure is a point of; the kept field of each figure of an indicator.
CURVES: Mapping[str, str] = {
    "paid": "paid",
    "money": "money",
    "money-planned": "money_planned",
    "goals": "goals",
    "goals-planned": "goals_planned",
}
PLANNED = ("money-planned", "goals-planned")
OF_INDICATOR: Mapping[str, str] = {
    "value": "value",
    "reached": "reached",
    "counts": "counts",
    "due": "planned",
}


def kept_value(row: Watched, name: FigureName) -> Decimal | None:
    """The number as it was kept; None where it wasn't, as those of earlier months of indicators."""
    if name.what == "budget":
        return row.budget
    if name.what in CURVES:
        return _at(row.curves[CURVES[name.what]], _month(row, name))
    if name.what == "paid-in":
        return _within(row, name)
    if name.what == "gap":
        return _gap(row, name)
    if name.what in OF_INDICATOR and name.month in (None, _month(row, name)):
        return _of_indicator(row, name)
    kind, _, forecast = name.what.partition("-")
    foreseen = row.forecasts.get(kind) if forecast == "forecast" else None
    return in_points(foreseen["expected"]) if foreseen else None


def _month(row: Watched, name: FigureName) -> int:
    """The month that is meant: as far as the year is, a plan as far as months are over."""
    now = "ended" if name.what in (*PLANNED, "due") else "month"
    return name.month or int(row.curves[now])


def _at(shares: Sequence[Share], month: int) -> Decimal | None:
    share = shares[month - 1] if 0 < month <= len(shares) else None
    return None if share is None else Decimal(share)


def _within(row: Watched, name: FigureName) -> Decimal | None:
    """What was paid within a month: what was paid by its end less what was paid before."""
    month = _month(row, name)
    last, before = _at(row.curves["paid"], month), _at(row.curves["paid"], month - 1)
    return None if last is None else last - (before or 0)


def _gap(row: Watched, name: FigureName) -> Decimal | None:
    month = _month(row, name)
    money, goals = _at(row.curves["money"], month), _at(row.curves["goals"], month)
    return None if money is None or goals is None else goals - money


def _of_indicator(row: Watched, name: FigureName) -> Decimal | None:
    kept: Sequence[Mapping[str, Any]] = row.curves["indicators"]
    mine = next((each for each in kept if each["key"] == name.indicator), None)
    value = mine[OF_INDICATOR[name.what]] if mine else None
    return None if value is None else Decimal(value)
