"""Why a public post isn't shown, how that is appealed once, and how the appeal ends.

A post is hidden only for what it gives away or does, never for its view; the categories are data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongzhi.core.terms import Said, Text

NO_LONGER = Said("申诉期限是 {day}，已经过了")


class HidingStage(StrEnum):
    """How far the hiding of a post got."""

    HIDDEN = "hidden"  # its author may appeal
    APPEALED = "appealed"  # somebody else decides
    CONFIRMED = "confirmed"
    RESTORED = "restored"  # shown again


NOT_SHOWN = (HidingStage.HIDDEN, HidingStage.APPEALED, HidingStage.CONFIRMED)


class AppealOutcome(StrEnum):
    """How an appeal was decided: the author was right, or not."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


BECOMES = {
    AppealOutcome.UPHELD: HidingStage.RESTORED,
    AppealOutcome.DISMISSED: HidingStage.CONFIRMED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One of the reasons for which a post may be hidden."""

    code: str
    name: Text
    meaning: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationRules:
    """The reasons there are, and within how many working days a hiding may be appealed."""

    categories: tuple[Category, ...]
    appeal_days: int
    since_on: date
    source: Text
    verified: bool

    def category(self, code: str) -> Category | None:
        """The category of that code; None for none of ours."""
        return next((each for each in self.categories if each.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderated:
    """How many posts were hidden for a category, and what became of the appeals."""

    category: Category
    hidden: int
    waiting: int
    confirmed: int
    restored: int

    @property
    def appealed(self) -> int:
        """How many authors appealed."""
        return self.waiting + self.confirmed + self.restored


def moderated(stages: Iterable[tuple[str, str]], *, rules: ModerationRules) -> list[Moderated]:
    """The counts by category, of all hidings by category and stage; those with none are there."""
    known = list(stages)

    def count(code: str, stage: HidingStage | None) -> int:
        return sum(found == code and stage in {None, at} for found, at in known)

    return [
        Moderated(
            category=each,
            hidden=count(each.code, None),
            waiting=count(each.code, HidingStage.APPEALED),
            confirmed=count(each.code, HidingStage.CONFIRMED),
            restored=count(each.code, HidingStage.RESTORED),
        )
        for each in rules.categories
    ]


def why_no_appeal(*, last_day: date, today: date) -> Said | None:
    """What keeps an author from appealing; None if nothing does."""
    if today > last_day:
        return Said(NO_LONGER.text, {"day": last_day.isoformat()})
    return None
