"""The community centre's participatory budget, read from turned/votes.toml: two votes, day by day.

Whom the stories know votes by name; the other residents are numbers on a roll, each with a link.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.city.invented.spoken import Speaker, speaker_in
from gongzhi.city.invented.telling import code_named
from gongzhi.city.invented.values import Deed
from gongzhi.core.goals import DraftIndicator
from gongzhi.core.participating.voting import BallotKind, BallotRules
from gongzhi.rules.entry import Entry, read_rules

BUREAU = "YH-101"
FILE = Path(__file__).parent.parent / "turned" / "votes.toml"
BETWEEN, SEVERAL = "|", "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldProposal:
    """What is proposed, by whom, what it costs by the check; lawful says whether it may stand."""

    on: date
    by: Speaker
    title: str
    text: str
    asked: Decimal
    cost: Decimal
    cost_because: str
    lawful: bool
    lawful_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Ballots alike on a day: of a citizen by name, or of so many residents."""

    on: date
    chosen: tuple[int, ...]
    count: int = 1
    by: Speaker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReading:
    """What the holder of a vote reads of a winner's indicator when it is carried out."""

    on: date
    indicator: str
    value: Decimal
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldGoals:
    """The lines with which a winner's goals are drafted, and what is read of them."""

    number: int
    lines: tuple[DraftIndicator, ...]
    readings: tuple[ToldReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgeting:
    """When the goals of a vote's winners are drafted, handed in and approved.

    evaluated_on and published_on are the days of their self-evaluations, where they are told.
    """

    drafted_on: date
    submitted_on: date
    approved_on: date
    evaluated_on: date | None
    published_on: date | None
    document_number: str
    goals: tuple[ToldGoals, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Who is put on the roll and why; two people see to it on their days."""

    enrolled_on: date
    confirmed_on: date
    because: str
    residents: int
    citizens: tuple[str, ...]
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Who keeps a key of the box (organisation and role), and from when to when."""

    keepers: tuple[tuple[str, str], ...]
    kept_on: date
    unlocked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What was filled in on papers, paper by paper, and when two people key it in."""

    filled: tuple[tuple[int, ...], ...]
    keyed_on: date
    keyed_again_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldVote:
    """A vote: what is published beforehand, and everything that happens until its end."""

    key: str
    project: str
    holder: str
    on: date
    title: str
    scope: str
    use: str
    pool: str
    budget: Decimal
    electorate: str
    proposals_until: date
    opens_on: date
    closes_on: date
    ballot: BallotRules
    rule: str
    least: int
    proposals: tuple[ToldProposal, ...]
    checked_on: date
    examined_on: date
    roll: Roll
    box: Box
    cast: tuple[Cast, ...]
    papers: Papers
    closed_on: date
    adopted_on: date
    codes: str
    budgeting: Budgeting | None

    def deeds(self) -> Iterator[Deed]:
        """What a story has of it for its days."""
        verbs = [
            (self.on, "start_vote"),
            (self.opens_on, "open_vote"),
            (self.closed_on, "close_vote"),
            (self.adopted_on, "adopt_winner"),
        ]
        for on, verb in verbs:
            yield Deed(on=on, verb=verb, project=self.project, by=self.holder)
        if self.budgeting is not None:
            told = self.budgeting
            yield Deed(on=told.drafted_on, verb="draft_goals", project=self.project, by=self.holder)
            yield Deed(on=told.approved_on, verb="approve_goals", project=self.project, by=BUREAU)


@cache
def load_voted() -> tuple[ToldVote, ...]:
    """Both votes; raises BadRules where one is incomplete."""
    top = read_rules(FILE)
    votes = tuple(map(_vote, top.tables("vote")))
    top.finish()
    return votes


def _vote(entry: Entry) -> ToldVote:
    told = ToldVote(
        key=entry.text("key"),
        project=code_named(entry.text("project")),
        holder=entry.text("holder"),
        on=entry.day("on"),
        title=entry.text("title"),
        scope=entry.text("scope"),
        use=entry.text("use"),
        pool=entry.text("pool"),
        budget=entry.number("budget"),
        electorate=entry.text("electorate"),
        proposals_until=entry.day("proposals_until"),
        opens_on=entry.day("opens_on"),
        closes_on=entry.day("closes_on"),
        ballot=BallotRules(
            kind=BallotKind(entry.one_of("ballot", BallotKind)), most=int(entry.number("most"))
        ),
        rule=entry.text("rule"),
        least=int(entry.number("least")),
        proposals=tuple(map(_proposal, entry.tables("proposal"))),
        checked_on=entry.day("checked_on"),
        examined_on=entry.day("examined_on"),
        roll=_roll(entry),
        box=_box(entry),
        cast=tuple(_cast(entry)),
        papers=_papers(entry),
        closed_on=entry.day("closed_on"),
        adopted_on=entry.day("adopted_on"),
        codes=entry.text("codes"),
        budgeting=_budgeting(entry) if entry.has("drafted_on") else None,
    )
    entry.finish()
    return told


def _proposal(entry: Entry) -> ToldProposal:
    lawful = not entry.has("refused_because")
    proposal = ToldProposal(
        on=entry.day("on"),
        by=speaker_in(entry.text("by")),
        title=entry.text("title"),
        text=entry.text("text"),
        asked=entry.number("asked"),
        cost=entry.number("cost"),
        cost_because=entry.text("cost_because"),
        lawful=lawful,
        lawful_because=entry.text("lawful_because" if lawful else "refused_because"),
    )
    entry.finish()
    return proposal


def _roll(entry: Entry) -> Roll:
    return Roll(
        enrolled_on=entry.day("enrolled_on"),
        confirmed_on=entry.day("confirmed_on"),
        because=entry.text("enrolled_because"),
        residents=int(entry.number("residents")),
        citizens=entry.names("citizens"),
        papers=int(entry.number("papers")),
    )


def _box(entry: Entry) -> Box:
    keepers = (each.split(BETWEEN) for each in entry.names("keepers"))
    return Box(
        keepers=tuple((code, role) for code, role in keepers),
        kept_on=entry.day("kept_on"),
        unlocked_on=entry.day("unlocked_on"),
    )


def _cast(entry: Entry) -> Iterator[Cast]:
    for line in entry.names("named"):
        on, username, name, chosen = line.split(BETWEEN)
        by = Speaker(username=username, name=name)
        yield Cast(on=date.fromisoformat(on), by=by, chosen=_numbers(chosen))
    for line in entry.names("linked"):
        on, count, chosen = line.split(BETWEEN)
        yield Cast(on=date.fromisoformat(on), count=int(count), chosen=_numbers(chosen))


def _papers(entry: Entry) -> Papers:
    filled: list[tuple[int, ...]] = []
    for line in entry.names("filled"):
        count, chosen = line.split(BETWEEN)
        filled += [_numbers(chosen)] * int(count)
    return Papers(
        filled=tuple(filled),
        keyed_on=entry.day("keyed_on"),
        keyed_again_on=entry.day("keyed_again_on"),
    )


def _budgeting(entry: Entry) -> Budgeting:
    return Budgeting(
        drafted_on=entry.day("drafted_on"),
        submitted_on=entry.day("submitted_on"),
        approved_on=entry.day("approved_on"),
        evaluated_on=entry.day_if_told("evaluated_on"),
        published_on=entry.day_if_told("published_on"),
        document_number=entry.text("document_number"),
        goals=tuple(map(_goals, entry.tables("goal"))),
    )


def _goals(entry: Entry) -> ToldGoals:
    goals = ToldGoals(
        number=int(entry.number("number")),
        lines=tuple(map(_line, entry.names("lines"))),
        readings=tuple(map(_reading, entry.names("readings") if entry.has("readings") else ())),
    )
    entry.finish()
    return goals


def _reading(text: str) -> ToldReading:
    on, indicator, value, evidence = text.split(BETWEEN)
    return ToldReading(
        on=date.fromisoformat(on), indicator=indicator, value=Decimal(value), evidence=evidence
    )


def _line(text: str) -> DraftIndicator:
    key, name, level1, level2, target, measure, weight = text.split(BETWEEN)
    return DraftIndicator(
        key=key,
        name=name,
        level1=level1,
        level2=level2,
        target=target,
        measure=measure,
        weight=Decimal(weight),
        less_is_better=target.startswith("≤"),
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split(SEVERAL))
