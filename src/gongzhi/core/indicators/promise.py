"""What an indicator promised: its target, read once."""

from dataclasses import dataclass

from gongzhi.core.indicators.canonical import canonical, says_nothing
from gongzhi.core.indicators.lexicon import Lexicon
from gongzhi.core.indicators.numbers import Number, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A target as text and, where it is one, as a number with its direction."""

    text: str
    number: Number | None
    less_is_better: bool
    lexicon: Lexicon


def promise_of(*, target_text: str | None, level2: str | None, lexicon: Lexicon) -> Promise:
    """Read a target; the sign decides the direction, else the level-2 heading does."""
    printed = number(target_text)
    sign = printed.sign if printed else ""
    less = sign in ("≤", "<") or (sign not in ("≥", ">") and lexicon.prefers_less(level2))
    text = "" if says_nothing(target_text) else canonical(target_text)
    return Promise(text=text, number=printed, less_is_better=less, lexicon=lexicon)
