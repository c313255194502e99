"""How far a target was reached."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.terms import Said

SHORT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a target was reached: a share of it, or only what the words claim.

    share lies between 0 and 1 and is exact; excess is how far beyond a target that wants
    more the result went, as a share of the target; arithmetic is the sum in figures.
    """

    said: Said
    met: bool | None = None
    share: Fraction | None = None
    degree: Degree | None = None
    excess: Fraction | None = None
    arithmetic: str | None = None


def plain(value: Decimal) -> str:
    """A figure without exponent and without idle zeros."""
    return format(value.normalize(), "f") if value else "0"


def shortened(text: str | None) -> str:
    """The beginning of a text, to quote it in a sentence."""
    quoted = " ".join((text or "").split())
    return quoted if len(quoted) <= SHORT else quoted[: SHORT - 1] + "…"
