"""Reads meetings.toml."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from gongzhi.core.participating.meetings import Share
from gongzhi.core.terms import Text
from gongzhi.rules.dated import in_force, read_editions
from gongzhi.rules.entry import Entry

FILE = Path(__file__).parent / "meetings.toml"
DAYS_MAX = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRules:
    """How meetings are held from a day on."""

    since_on: date
    papers_days: int
    planned_days: int
    silence_days: int
    opening: str
    quorum: Share
    majority: Share
    meaning: Text
    source: Text
    verified: bool


@cache
def load_meetings() -> tuple[MeetingRules, ...]:
    """All of them, the newest last; raises BadRules where the file is wrong."""
    return read_editions(FILE, "meetings", read=_rules)


def meeting_rules(on: date) -> MeetingRules:
    """Those of a day; the first ones hold for what came before."""
    return in_force(load_meetings(), on=on)


def _rules(entry: Entry) -> MeetingRules:
    rules = MeetingRules(
        since_on=entry.day("from"),
        papers_days=int(entry.number("papers_days", most=DAYS_MAX)),
        planned_days=int(entry.number("planned_days", least=1, most=DAYS_MAX)),
        silence_days=int(entry.number("silence_days", most=DAYS_MAX)),
        opening=entry.text("opening"),
        quorum=_share(entry.inline("quorum")),
        majority=_share(entry.inline("majority")),
        meaning=entry.both("meaning"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return rules


def _share(entry: Entry) -> Share:
    written = entry.text("part")
    try:
        part = Fraction(written)
    except (ValueError, ZeroDivisionError) as error:
        raise entry.fail("part", "{key} 应为分数，如 1/2") from error
    if not 0 <= part <= 1:
        raise entry.fail("part", "{key} 应在 0 与 1 之间")
    share = Share(part=part, suffices=entry.truth("suffices"))
    entry.finish()
    return share
