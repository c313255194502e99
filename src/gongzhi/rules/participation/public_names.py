"""How long public names are and which words they may not hold (public_names.toml)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Text
from gongzhi.rules.dated import in_force, read_editions
from gongzhi.rules.entry import Entry

FILE = Path(__file__).parent / "public_names.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNameRules:
    """The rules for public names since a day."""

    since_on: date
    characters_min: int
    characters_max: int
    reserved: tuple[str, ...]
    meaning: Text
    source: Text
    verified: bool


@cache
def load_public_name_rules() -> tuple[PublicNameRules, ...]:
    """The rules of every date, the oldest first."""
    return read_editions(FILE, "names", read=_names)


def _names(entry: Entry) -> PublicNameRules:
    rules = PublicNameRules(
        since_on=entry.day("since_on"),
        characters_min=int(entry.number("characters_min", least=1)),
        characters_max=int(entry.number("characters_max", least=1)),
        reserved=entry.names("reserved"),
        meaning=entry.both("meaning"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return rules


@cache
def public_name_rules(*, on: date) -> PublicNameRules:
    """The rules that hold on a day; before the first, those."""
    return in_force(load_public_name_rules(), on=on)
