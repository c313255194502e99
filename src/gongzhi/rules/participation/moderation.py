"""For what a public post may be hidden, and how long that may be appealed (moderation.toml)."""

from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.core.participating.moderating import Category, ModerationRules
from gongzhi.rules.dated import in_force, read_editions
from gongzhi.rules.entry import Entry

FILE = Path(__file__).parent / "moderation.toml"


@cache
def load_moderation() -> tuple[ModerationRules, ...]:
    """Every edition, the oldest first."""
    return read_editions(FILE, "edition", read=_edition)


def moderation_rules(*, on: date) -> ModerationRules:
    """The edition that holds on a day; before the first, the first."""
    return in_force(load_moderation(), on=on)


def category_of(code: str) -> Category:
    """What a category is called, in whichever edition has it."""
    found = (each.category(code) for each in reversed(load_moderation()))
    return next(each for each in found if each is not None)


def _edition(entry: Entry) -> ModerationRules:
    rules = ModerationRules(
        categories=tuple(_category(each) for each in entry.tables("category")),
        appeal_days=int(entry.number("appeal_days", least=1)),
        since_on=entry.day("since_on"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return rules


def _category(entry: Entry) -> Category:
    category = Category(
        code=entry.text("code"), name=entry.both("name"), meaning=entry.both("meaning")
    )
    entry.finish()
    return category
