"""Panels by lot of the stories, read from turned/panels.toml."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.core.participating.sortition.asking import Quota
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "panels.toml"
OUTCOMES = ("adopted", "partly", "refused")
BETWEEN = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteering:
    """A citizen who volunteers on a day, with what they state, in the order of the features."""

    on: date
    username: str
    name: str
    stated: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A day on which the panel meets; who stays away is counted by seats."""

    on: date
    absent: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one of the panel says, and what became of it."""

    on: date
    seat: int
    text: str
    answered_on: date
    outcome: str
    reason: str
    changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panelled:
    """A panel: how many by which quotas, who volunteers until when, when it is drawn and meets.

    It is drawn on the first day from `drawn_from` on which the log has its seed.
    """

    key: str
    project: str
    convener: str
    on: date
    title: str
    text: str
    size: int
    quotas: tuple[Quota, ...]
    until: date
    meets_on: date
    closed_on: date
    drawn_from: date
    declined_on: date
    accepted_on: date
    volunteers: tuple[Volunteering, ...]
    sittings: tuple[Sitting, ...]
    opinions: tuple[Opinion, ...]

    @property
    def features(self) -> tuple[str, ...]:
        """What volunteers state of themselves."""
        return tuple(dict.fromkeys(quota.feature for quota in self.quotas))


@cache
def load_panelled() -> tuple[Panelled, ...]:
    """Every panel of the stories; raises BadRules where one is incomplete."""
    return tuple(map(_panelled, read_rules(FILE).tables("panel")))


def _panelled(entry: Entry) -> Panelled:
    panelled = Panelled(
        key=entry.text("key"),
        project=code_named(entry.text("project")),
        convener=entry.text("convener"),
        on=entry.day("on"),
        title=entry.text("title"),
        text=entry.text("text"),
        size=int(entry.number("size", least=1)),
        quotas=tuple(map(_quota, entry.names("quota"))),
        until=entry.day("until"),
        meets_on=entry.day("meets_on"),
        closed_on=entry.day("closed_on"),
        drawn_from=entry.day("drawn_from"),
        declined_on=entry.day("declined_on"),
        accepted_on=entry.day("accepted_on"),
        volunteers=tuple(map(_volunteering, entry.names("volunteer"))),
        sittings=tuple(map(_sitting, entry.tables("sitting"))),
        opinions=tuple(map(_opinion, entry.tables("opinion"))),
    )
    entry.finish()
    return panelled


def _quota(line: str) -> Quota:
    feature, value, least, most = line.split(BETWEEN)
    return Quota(feature=feature, value=value, least=int(least), most=int(most))


def _volunteering(line: str) -> Volunteering:
    on, username, name, *stated = line.split(BETWEEN)
    return Volunteering(
        on=date.fromisoformat(on), username=username, name=name, stated=tuple(stated)
    )


def _sitting(entry: Entry) -> Sitting:
    absent = tuple(int(each) for each in entry.numbers("absent", least=1))
    sitting = Sitting(on=entry.day("on"), absent=absent)
    entry.finish()
    return sitting


def _opinion(entry: Entry) -> Opinion:
    opinion = Opinion(
        on=entry.day("on"),
        seat=int(entry.number("seat", least=1)),
        text=entry.text("text"),
        answered_on=entry.day("answered_on"),
        outcome=entry.one_of("outcome", OUTCOMES),
        reason=entry.text("reason"),
        changed=entry.text_if_told("changed"),
    )
    entry.finish()
    return opinion
