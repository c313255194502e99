"""Numbers as forms print them: a sign, a number, a tail — 不少于12种, ≥95%, 98%以上."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongzhi.core.indicators.canonical import PIECE, REMEMBERED, canonical

# A cell is short; what is longer than this is an attack, not a figure.
LONGEST = 10_000
THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
DATE = re.compile(r"[0-9]{4}年|[0-9]月|[0-9]日|年底|月底")
SPELLED_SIGNS = (
    ("不少于", "≥"),
    ("不低于", "≥"),
    ("大于等于", "≥"),
    ("不超过", "≤"),
    ("不高于", "≤"),
    ("小于等于", "≤"),
)
TRAILING_SIGNS = (("以上", "≥"), ("以下", "≤"), ("以内", "≤"))
NUMBER = re.compile(r"([≥≤=><]?)(-?[0-9]{1,18}(?:\.[0-9]{1,12})?)([^0-9]*)")
BARE = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?")
RATE = re.compile(r"(-?[0-9]{1,18}(?:\.[0-9]{1,12})?)(%?)")
# A rate without % up to this value is a ratio, above it is per cent (rule of the forms).
LARGEST_RATIO = Decimal("1.2")
PER_CENT = frozenset({"%", "百分比"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed: its sign (≥ ≤ = > < or ""), its value and the unit after it."""

    sign: str
    value: Decimal
    unit: str

    @property
    def is_per_cent(self) -> bool:
        """Whether the unit says per cent."""
        return self.unit in PER_CENT


def number(text: str | None) -> Number | None:
    """The one number that the text is; None where the text is something else.

    Dates are no numbers, nor is a text with a second number in it.
    """
    if not text or len(text) > LONGEST:
        return None
    printed = canonical(text)
    return _of_short(printed) if len(printed) <= PIECE else _number(printed)


@lru_cache(maxsize=REMEMBERED)
def _of_short(printed: str) -> Number | None:
    return _number(printed)


def _number(text: str) -> Number | None:
    printed = THOUSANDS.sub("", text)
    if DATE.search(printed):
        return None
    for words, sign in SPELLED_SIGNS:
        printed = printed.replace(words, sign)
    match = NUMBER.fullmatch(printed)
    if match is None:
        return None
    sign, value, unit = match.groups()
    for words, meant in TRAILING_SIGNS:
        if unit.endswith(words):
            sign, unit = meant, unit.removesuffix(words)
    return Number(sign, Decimal(value), unit)


def bare_number(text: str | None) -> Decimal | None:
    """The number, if the text is nothing but a number: no sign, no unit."""
    if not text or len(text) > LONGEST:
        return None
    printed = THOUSANDS.sub("", canonical(text))
    return Decimal(printed) if BARE.fullmatch(printed) else None


def rate(text: str | None) -> Decimal | None:
    """A printed rate in per cent: 86.5%, 86.5 and 0.865 are the same."""
    if not text or len(text) > LONGEST:
        return None
    match = RATE.fullmatch(THOUSANDS.sub("", canonical(text)))
    if match is None:
        return None
    value = Decimal(match[1])
    return value if match[2] or value > LARGEST_RATIO else value * 100
