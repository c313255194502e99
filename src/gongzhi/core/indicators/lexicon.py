"""The words by which a form says how far it got, and which way is better."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.numbers import number


class Degree(StrEnum):
    """How far a result got, where only words say so: 达成, 部分达成, 未达成."""

    FULL = "full"
    PART = "part"
    NONE = "none"


# 未完成, 没有按期完成, 尚未达到: a word of denial close before a word of success.
DENIAL = "(?:未|没有|没能|不能|无法)[^,。;]{0,6}?"
HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of one rule pack; the longer word wins over the shorter one inside it."""

    lower_is_better: tuple[str, ...]
    full: tuple[str, ...]
    part: tuple[str, ...]
    none: tuple[str, ...]
    done: tuple[str, ...]
    undone: tuple[str, ...]
    success: re.Pattern[str] = field(init=False, repr=False, compare=False)
    denied: re.Pattern[str] = field(init=False, repr=False, compare=False)
    partly: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the words once; a pack is read once and asked often."""
        success = _any_of(self.full)
        denied = f"{_any_of(self.none)}|{DENIAL}(?:{success})"
        object.__setattr__(self, "success", re.compile(success))
        object.__setattr__(self, "denied", re.compile(denied))
        object.__setattr__(self, "partly", re.compile(_any_of(self.part)))

    def degree(self, *, result: str, target: str) -> Degree | None:
        """What the words of a result claim; None where they claim nothing or two things."""
        if not result:
            return None
        claims = set()
        rest = self.partly.sub("", result)
        if rest != result:
            claims.add(Degree.PART)
        beyond = self.denied.sub("", rest)
        if beyond != rest:
            claims.add(Degree.NONE)
        if self.success.search(beyond) or result == target or _all_of_it(result):
            claims.add(Degree.FULL)
        return claims.pop() if len(claims) == 1 else None

    def prefers_less(self, level2: str | None) -> bool:
        """Whether a smaller figure is the better one under this level-2 heading."""
        heading = canonical(level2)
        return any(word in heading for word in self.lower_is_better)


def _any_of(words: tuple[str, ...]) -> str:
    longest_first = sorted((canonical(word) for word in words), key=len, reverse=True)
    return "|".join(re.escape(word) for word in longest_first)


def _all_of_it(result: str) -> bool:
    claimed = number(result)
    return claimed is not None and claimed.is_per_cent and claimed.value == HUNDRED
