"""Reads channels.toml and remarks.toml: what remarks don't take in, and their limits."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.core.participating.triage import Channel, TriageRules
from gongzhi.rules.dated import DatedLimit, limits_in_force, read_limits
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLimits:
    """The limits that hold on a day."""

    least_people: int
    text_max: int
    sent_per_minute_max: int
    lookups_per_minute_max: int
    lookups_of_all_per_minute_max: int


@cache
def triage_rules(*, on: date) -> TriageRules:
    """The channels and the words as they hold on a day."""
    top = read_rules(ROOM / "channels.toml")
    dated = sorted(map(_channel, top.tables("channel")), key=lambda each: each[0])
    words = top.table("screening")
    rules = TriageRules(
        wrongs=words.names("wrongs"),
        people=words.names("people"),
        preventing=words.names("preventing"),
        channels={channel.code: channel for since_on, channel in dated if since_on <= on},
    )
    words.finish()
    top.finish()
    return rules


def _channel(entry: Entry) -> tuple[date, Channel]:
    channel = Channel(
        code=entry.text("code"),
        name=entry.both("name"),
        matter=entry.both("matter"),
        telephone=entry.text_or_nothing("telephone"),
        address=entry.text_or_nothing("address"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    since_on = entry.day("since_on")
    entry.finish()
    return since_on, channel


@cache
def load_remark_limits() -> tuple[DatedLimit, ...]:
    """Every limit of every date, in the order of the file."""
    return read_limits(ROOM / "remarks.toml", (field.name for field in fields(RemarkLimits)))


@cache
def remark_limits(*, on: date) -> RemarkLimits:
    """The newest value of each limit on a day; before the first, the first."""
    return RemarkLimits(**limits_in_force(load_remark_limits(), on=on))
