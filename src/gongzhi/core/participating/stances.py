"""Stances on statements: what somebody thinks of one, and what all stances together come to.

A person has one stance on a statement; it may be changed until the topic closes, and the last one
counts. Shown is only the tally, and only from so many stances on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import Any, Protocol, Self, TypeVar

from gongzhi.core.terms import Said, Text


class Stance(IntEnum):
    """What somebody thinks of a statement, as Polis writes it."""

    AGREE = 1
    PASS = 0
    DISAGREE = -1

    @property
    def word(self) -> str:
        """Its word in forms and addresses: agree, pass, disagree."""
        return self.name.lower()


WORDS = {each.word: each for each in Stance}


class Order(StrEnum):
    """By what statements are put in order."""

    AGREED = "agreed"
    DIVIDED = "divided"
    UNSEEN = "unseen"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRules:
    """How long a statement may be, how many one may make, from when on tallies are shown."""

    statement_characters: int
    statements_of_one: int
    shown_from: int
    days_most: int
    matrix_from: int
    since_on: date
    source: Text
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many agree, disagree and pass."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def seen(self) -> int:
        """How many took a stance at all."""
        return self.agree + self.disagree + self.passed

    @property
    def agreed(self) -> Fraction:
        """How much of those who saw it agree."""
        return _of(self.agree, self.seen)

    @property
    def divided(self) -> Fraction:
        """How evenly it divides those who saw it: 1 where half agree and half disagree."""
        return _of(2 * min(self.agree, self.disagree), self.seen)

    def plus(self, stance: Stance, *, instead_of: Stance | None = None) -> Self:
        """The tally with one more stance, or with one that takes the place of another."""
        return type(self)(
            agree=self.agree + _step(Stance.AGREE, stance, instead_of),
            disagree=self.disagree + _step(Stance.DISAGREE, stance, instead_of),
            passed=self.passed + _step(Stance.PASS, stance, instead_of),
        )

    def with_part(self, other: Self) -> Self:
        """Both together."""
        return type(self)(
            agree=self.agree + other.agree,
            disagree=self.disagree + other.disagree,
            passed=self.passed + other.passed,
        )

    def is_shown(self, rules: TopicRules) -> bool:
        """Whether there are enough of them that it tells of nobody in particular."""
        return self.seen >= rules.shown_from


def _step(counted: Stance, stance: Stance, instead_of: Stance | None) -> int:
    return (stance is counted) - (instead_of is counted)


def _of(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


class Ordered(Protocol):
    """What has an order."""

    def __lt__(self, other: Any, /) -> bool:
        """Whether it comes before another."""
        ...


Key = TypeVar("Key", bound=Ordered)


def in_order(tallies: Mapping[Key, Tally], order: Order, *, rules: TopicRules) -> tuple[Key, ...]:
    """Statements in an order; where it is one of shares, those not shown yet come after the others.

    The identifiers of later statements are greater (UUID 7).
    """
    if order is Order.NEWEST:
        return tuple(sorted(tallies, reverse=True))
    if order is Order.UNSEEN:
        return tuple(sorted(tallies, key=lambda each: (tallies[each].seen, each)))

    def place(statement: Key) -> tuple[float, int, Key]:
        tally = tallies[statement]
        part = tally.agree if order is Order.AGREED else min(tally.agree, tally.disagree)
        share = part / tally.seen if tally.seen and tally.is_shown(rules) else -1.0
        return (-share, -tally.seen, statement)

    return tuple(sorted(tallies, key=place))


EMPTY = Said("请写出观点")
LONG = Said("观点最多 {most} 字，现在是 {count} 字，请删短")


def why_no_statement(text: str, *, rules: TopicRules) -> Said | None:
    """What keeps a text from being a statement; None if nothing does."""
    if not text:
        return EMPTY
    if len(text) > rules.statement_characters:
        return Said(LONG.text, {"most": rules.statement_characters, "count": len(text)})
    return None
