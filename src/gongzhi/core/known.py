"""Amounts of which some may be unknown."""

from collections.abc import Iterable
from decimal import Decimal

from gongzhi.core.terms import Money


def sum_known(amounts: Iterable[Money | None]) -> Money | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, start=Decimal(0)) if known else None
