"""Sums of money inside a running text: 申请2026400元, 投资400万元."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.indicators.numbers import THOUSANDS

TEN_THOUSAND = Decimal(10_000)
# Possessive, and begun only where a figure begins: linear on any text.
AMOUNT = re.compile(r"(?<![0-9.])([0-9]{1,18}+(?:\.[0-9]{1,12}+)?+)(万?)元")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in a text; a price (元/人) is not a sum."""

    yuan: Decimal
    figure: Decimal
    unit: str
    is_price: bool
    start: int
    end: int


def without_thousands(text: str) -> str:
    """The text with the commas inside its figures removed."""
    return THOUSANDS.sub("", text)


def amounts_in(text: str) -> Iterator[Amount]:
    """Every amount in 元 or 万元 in a canonical text without thousands commas."""
    for match in AMOUNT.finditer(text):
        figure = Decimal(match[1])
        yield Amount(
            yuan=figure * TEN_THOUSAND if match[2] else figure,
            figure=figure,
            unit=match[2] + "元",
            is_price=text[match.end() : match.end() + 1] in ("/", "每"),
            start=match.start(),
            end=match.end(),
        )
