"""How a file writes: the order of day and month, the decimal mark, the sign of the currency."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TypeAlias

from gongzhi.connectors import amounts
from gongzhi.connectors.days import YEAR_LAST
from gongzhi.rules.money import load_currencies

FIGURE_LETTERS_MAX = 30  # with the sign of a currency; longer cells are texts
Samples: TypeAlias = Sequence[list[str]]  # the filled cells of each column
COMMA_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:[. ][0-9]{3})*,[0-9]{1,2}|-?[0-9]+,[0-9]{1,2}")
POINT_GROUPS = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
COMMA_GROUPS = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
POINT_GROUPS_TWICE = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
POINT_DECIMAL = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.[0-9]{1,2}")


def order_of(samples: Samples) -> str:
    """Day first, unless a second figure is larger than twelve; year first where no year is last."""
    found = _years_last(samples)
    if not found:
        return "ymd"
    return "mdy" if any(int(match[2]) > 12 for match in found) else "dmy"


def any_order(samples: Samples) -> bool:
    """Whether there are days that end in their year, and none shows which figure is the month."""
    days = _years_last(samples)
    return bool(days) and all(int(match[1]) <= 12 and int(match[2]) <= 12 for match in days)


def _years_last(samples: Samples) -> list[re.Match[str]]:
    """The days that end in their year."""
    return [match for one in samples for cell in one if (match := YEAR_LAST.fullmatch(cell))]


def mark_of(samples: Samples, *, as_text: bool) -> str:
    """The decimal mark: a comma where figures have it before one or two last digits.

    Where no figure has decimals, points between groups of three digits (15.000) speak for it too:
    money has no three decimals. Workbooks and JSON have numbers, whose mark is a point; only a
    file that is all text (as_text) writes them with groups.
    """
    figures = [
        amounts.bare_figure(cell)
        for one in samples
        for cell in one
        if len(cell) <= FIGURE_LETTERS_MAX and not cell.isalpha()
    ]
    commas = _count(COMMA_DECIMAL, figures) + _count(POINT_GROUPS_TWICE, figures)
    points = _count(POINT_DECIMAL, figures)
    if as_text and not commas and not points:
        return "," if _count(POINT_GROUPS, figures) > _count(COMMA_GROUPS, figures) else "."
    return "," if commas > points else "."


def _count(pattern: re.Pattern[str], figures: Iterable[str]) -> int:
    return sum(pattern.fullmatch(figure) is not None for figure in figures)


def currency_of(texts: Iterable[str]) -> str:
    """The code of the one currency whose sign or code these texts write; nothing where several.

    $ and ¥ are signs of several currencies and say nothing.
    """
    found = {code for text in texts if (code := _signed(unicodedata.normalize("NFKC", text)))}
    return found.pop() if len(found) == 1 else ""


def _signed(text: str) -> str:
    folded = text.casefold()
    by_sign = next((code for sign, code in _signs() if sign in folded), "")
    return by_sign or next((word for word in CODE.findall(text) if word in load_currencies()), "")


@cache
def _signs() -> tuple[tuple[str, str], ...]:
    """The signs of currencies, the longest first, each with the code of its currency."""
    signs = ((sign, one.code) for one in load_currencies().values() for sign in one.signs)
    return tuple(sorted(signs, key=lambda pair: -len(pair[0])))
