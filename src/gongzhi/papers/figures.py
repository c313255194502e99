"""Figures as people read them: money in the form's own unit, points, rates."""

from decimal import Decimal

WAN = "万元"  # the unit of official papers
YUAN_IN_WAN = 10_000


def money_text(amount: Decimal | None, unit: str | None) -> str:
    """An amount in 元 or 万元, grouped, with at least two decimals and none lost."""
    if amount is None:
        return ""
    value = amount / YUAN_IN_WAN if unit == WAN else amount
    exact = value.normalize()
    decimals = max(2, -int(exact.as_tuple().exponent))
    return f"{exact:,.{decimals}f}"


def points_text(points: Decimal | None) -> str:
    """Points without needless zeros."""
    return "" if points is None else f"{points.normalize():f}"


def rate_text(rate: Decimal | None) -> str:
    """A ratio as a percentage with two decimals."""
    return "" if rate is None else f"{rate * 100:.2f}%"
