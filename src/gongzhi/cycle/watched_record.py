"""What was seen of a project, as it is kept beside it: curves, signals, forecasts; and back."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gongzhi.core.monitoring import Curves, Forecast, Level, Quality, Signal, Spot
from gongzhi.core.monitoring.curves import Shares
from gongzhi.core.monitoring.forecast import Method
from gongzhi.core.monitoring.progress import Progress
from gongzhi.core.terms import Ratio
from gongzhi.cycle.models import Watched
from gongzhi.desk.sentences import said_as_json, said_from_json

PLACES = Decimal("0.000001")
ABSURD = Decimal(10) ** 12
Stored = dict[str, Any]


def curves_as_record(curves: Curves, *, paid_by_month: Sequence[Decimal]) -> Stored:
    """Shares to six places; amounts are what was paid by the end of each month."""
    return {
        "month": curves.month,
        "ended": curves.ended,
        "money": _shares(curves.money),
        "money_planned": _shares(curves.money_planned),
        "goals": _shares(curves.goals),
        "goals_planned": _shares(curves.goals_planned),
        "due": _share(curves.goals_due),
        "covered": _share(curves.covered),
        "paid": [str(amount) for amount in paid_by_month],
        "indicators": [_indicator(each, ended=curves.ended) for each in curves.indicators],
    }


def curves_of(row: Watched) -> Curves:
    """The curves that were kept, without their indicators."""
    kept = row.curves
    return Curves(
        year=row.fiscal_year,
        month=kept["month"],
        ended=kept["ended"],
        budget=row.budget,
        paid=row.paid,
        money=shares_from_record(kept["money"]),
        money_planned=shares_from_record(kept["money_planned"]),
        goals=shares_from_record(kept["goals"]),
        goals_planned=shares_from_record(kept["goals_planned"]),
        covered=None if kept["covered"] is None else Decimal(kept["covered"]),
    )


def shares_from_record(shares: Sequence[str | None]) -> Shares:
    """The shares that were kept."""
    return tuple(None if share is None else Decimal(share) for share in shares)


def signal_as_record(signal: Signal) -> Stored:
    """A signal with its sentence in no language yet."""
    return {
        "code": signal.code,
        "level": str(signal.level),
        "where": {name: key for name, key in signal.where._asdict().items() if key is not None},
        "said": said_as_json(signal.said),
        "arithmetic": signal.arithmetic,
        "clause": signal.clause,
        "since": signal.since.isoformat(),
        "warns": signal.warns,
    }


def signal_from_record(kept: Mapping[str, Any]) -> Signal:
    """The signal that was kept."""
    return Signal(
        code=kept["code"],
        level=Level(kept["level"]),
        where=Spot(**kept["where"]),
        said=said_from_json(kept["said"]),
        arithmetic=kept["arithmetic"],
        clause=kept["clause"],
        since=date.fromisoformat(kept["since"]),
        warns=kept["warns"],
    )


def forecast_as_record(foreseen: Forecast | None) -> Stored | None:
    """A forecast as shares and the method behind it."""
    if foreseen is None:
        return None
    return {
        "expected": foreseen.expected,
        "low": foreseen.low,
        "high": foreseen.high,
        "method": str(foreseen.method),
        "level": foreseen.level,
        "courses": foreseen.courses,
    }


def forecast_from_record(kept: Mapping[str, Any] | None) -> Forecast | None:
    """The forecast that was kept."""
    return Forecast(**{**kept, "method": Method(kept["method"])}) if kept else None


def quality_as_record(quality: Quality | None) -> Stored | None:
    """How good forecasts were that were made a year ago."""
    if quality is None:
        return None
    return {
        "count": quality.count,
        "coverage": quality.coverage,
        "error": quality.mean_abs_error,
    }


def _indicator(seen: Progress, *, ended: int) -> Stored:
    """An indicator where it stands: its figure, its share of the target, the share planned.

    due is what was planned by the end of the month in which it was read last.
    """
    read = min(seen.read_on.month, ended) if seen.read_on else ended
    return {
        "key": seen.promised.key,
        "name": seen.promised.name,
        "value": None if seen.value is None else str(seen.value),
        "reached": _share(seen.reached[-1] if seen.reached else None),
        "counts": _share(seen.progress[-1] if seen.progress else None),
        "planned": _share(seen.planned[ended - 1] if ended else Decimal(0)),
        "due": _share(seen.due(read)),
        "gathers": seen.promised.gathers,
        "read_on": seen.read_on.isoformat() if seen.read_on else None,
        "disputes": len(seen.disputes),
    }


def _shares(shares: Shares) -> list[str | None]:
    return [_share(share) for share in shares]


def _share(share: Ratio | None) -> str | None:
    return None if share is None else str(_rounded(share))


def _rounded(share: Ratio) -> Ratio:
    """To six places, which is more than any page shows; what is absurdly large stays whole."""
    return share.quantize(PLACES) if -ABSURD < share < ABSURD else share.to_integral_value()
