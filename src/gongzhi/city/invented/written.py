"""The hand-written stories, read from stories/*.toml: what they say, not yet what follows.

Amounts there are in 10,000 yuan; a month without a reading is −1. Projects, lines, contracts and
readings are named by short keys within a story.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar

from gongzhi.city.invented.catalogue import USUAL_CATEGORY
from gongzhi.city.invented.values import Act, ActKind, Deed, Footing, Part, Shows, Surveyed
from gongzhi.core.goals.aspects import Aspect
from gongzhi.core.monitoring.alert import TRANSITIONS, Choice, Side
from gongzhi.core.monitoring.plan import Course
from gongzhi.core.terms import Text
from gongzhi.rules.entry import Entry, read_rules

STORIES = Path(__file__).parent.parent / "stories"
LEVELS = {aspect.level2: aspect for aspect in Aspect}
UNREAD = -1
FINANCE, ITS_UNIT, PLATFORM = "YH-101", "unit", ""
BY_VERB = {
    each.verb: {Side.UNIT: ITS_UNIT, Side.FINANCE: FINANCE, Side.SYSTEM: PLATFORM}[each.side]
    for each in TRANSITIONS
}
Kind = TypeVar("Kind")
ByProject = Mapping[str, tuple[Kind, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMoney:
    """A line of a budget: class, source of funds, amount; payees as often as they are paid."""

    economic: str
    funds: str
    amount: Decimal
    payees: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenProject:
    """A project of a story; plan and paid are its money by month."""

    key: str
    name: Text
    unit: str
    functional: str
    category: str
    aim: str
    basis: str
    text: str
    starts_on: date
    ends_on: date
    since_on: date
    total: Decimal
    season: str
    payments: int
    beneficiaries: tuple[str, ...]
    money: tuple[WrittenMoney, ...]
    plan: tuple[Decimal, ...]
    paid: tuple[Decimal, ...]
    library: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLine:
    """A line of a goal, with the figures due and read by month; why_none is said where none is."""

    key: str
    library: str
    name: str
    aspect: Aspect
    target: str
    measure: str
    course: Course
    baseline: Decimal | None
    plan: tuple[Decimal, ...]
    read: tuple[Decimal, ...]
    why_none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenContract:
    """A contract on a line of the budget; first is the month from which it is paid on."""

    line: int
    number: str
    title: str
    supplier: str
    amount: Decimal
    signed_on: date
    first: int
    is_paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPayment:
    """A single payment that the story tells of."""

    on: date
    amount: Decimal
    line: int
    payee: str
    purpose: str
    contract: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReading:
    """A reading by somebody other than the unit, or its own correction."""

    indicator: str
    month: int
    value: Decimal
    by: str
    footing: Footing
    on: date
    note: str
    survey: Surveyed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenChange:
    """A new target with its plan by month."""

    indicator: str
    on: date
    target: str
    document_number: str
    plan: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStory:
    """A story as written; what belongs to a project stands under its key."""

    code: str
    name: Text
    tells: Text
    projects: tuple[WrittenProject, ...]
    lines: ByProject[WrittenLine]
    contracts: ByProject[WrittenContract]
    payments: ByProject[WrittenPayment]
    readings: ByProject[WrittenReading]
    late: ByProject[tuple[int, date]]
    parts: ByProject[Part]
    acts: ByProject[Act]
    changes: ByProject[WrittenChange]
    deeds: tuple[Deed, ...]
    shows: tuple[Shows, ...]


@cache
def load_stories() -> tuple[WrittenStory, ...]:
    """The nine stories in their order."""
    return tuple(read_story(path) for path in sorted(STORIES.glob("*.toml")))


def read_story(path: Path) -> WrittenStory:
    """One file; raises BadRules where it is incomplete."""
    top = read_rules(path)
    story = WrittenStory(
        code=top.text("code"),
        name=top.both("name"),
        tells=top.both("tells"),
        projects=tuple(_all(top, "project", _project)),
        lines=_by_project(top, "indicator", _line),
        contracts=_by_project(top, "contract", _contract),
        payments=_by_project(top, "payment", _payment),
        readings=_by_project(top, "reading", _reading),
        late=_by_project(top, "late", _late),
        parts=_by_project(top, "partner", _part),
        acts=_by_project(top, "act", _act),
        changes=_by_project(top, "change", _change),
        deeds=tuple(sorted([*_all(top, "deed", _deed), *_all(top, "step", _step)], key=_on)),
        shows=tuple(_all(top, "shows", _shows)),
    )
    top.finish()
    return story


def _all(top: Entry, key: str, read: Callable[[Entry], Kind]) -> Iterator[Kind]:
    for entry in top.tables(key) if top.has(key) else ():
        value = read(entry)
        entry.finish()
        yield value


def _by_project(top: Entry, key: str, read: Callable[[Entry], Kind]) -> ByProject[Kind]:
    found: dict[str, tuple[Kind, ...]] = {}

    def with_project(entry: Entry) -> tuple[str, Kind]:
        return entry.text("project"), read(entry)

    for project, value in _all(top, key, with_project):
        found[project] = (*found.get(project, ()), value)
    return found


def _project(entry: Entry) -> WrittenProject:
    return WrittenProject(
        key=entry.text("key"),
        name=entry.both("name"),
        unit=entry.text("unit"),
        functional=entry.text("functional"),
        category=entry.text("category") if entry.has("category") else USUAL_CATEGORY,
        aim=entry.text("aim"),
        basis=entry.text("basis"),
        text=entry.text("text"),
        starts_on=entry.day("starts_on"),
        ends_on=entry.day("ends_on"),
        since_on=entry.day("since_on") if entry.has("since_on") else date.min,
        total=entry.number("total"),
        season=entry.text("season"),
        payments=int(entry.number("payments")),
        beneficiaries=entry.names("beneficiaries"),
        money=tuple(_money(text) for text in entry.names("money")),
        plan=entry.numbers("plan"),
        paid=entry.numbers("paid"),
        library=entry.names("library"),
    )


def _money(text: str) -> WrittenMoney:
    economic, funds, amount, *payees = text.split("|")
    return WrittenMoney(
        economic=economic,
        funds=funds,
        amount=Decimal(amount),
        payees=tuple(
            name
            for told in payees
            for each in told.split("，")
            for name, times in [each.split("×")]
            for _ in range(int(times))
        ),
    )


def _line(entry: Entry) -> WrittenLine:
    return WrittenLine(
        key=entry.text("key"),
        library=entry.text_if_told("library"),
        name=entry.text("name"),
        aspect=LEVELS[entry.one_of("level", LEVELS)],
        target=entry.text("target"),
        measure=entry.text("measure"),
        course=Course(entry.one_of("course", list(Course))),
        baseline=entry.number("baseline") if entry.has("baseline") else None,
        plan=entry.numbers("plan") if entry.has("plan") else (),
        read=entry.numbers("read", least=UNREAD),
        why_none=entry.text_if_told("why_none"),
    )


def _contract(entry: Entry) -> WrittenContract:
    return WrittenContract(
        line=int(entry.number("line")),
        number=entry.text("number"),
        title=entry.text("title"),
        supplier=entry.text("supplier"),
        amount=entry.number("amount"),
        signed_on=entry.day("signed_on"),
        first=int(entry.number("first")) if entry.has("first") else 1,
        is_paid=entry.truth("is_paid") if entry.has("is_paid") else True,
    )


def _payment(entry: Entry) -> WrittenPayment:
    return WrittenPayment(
        on=entry.day("on"),
        amount=entry.number("amount", least=-(10**9)),
        line=int(entry.number("line")),
        payee=entry.text("payee"),
        purpose=entry.text("purpose"),
        contract=entry.text_or_nothing("contract"),
    )


def _reading(entry: Entry) -> WrittenReading:
    return WrittenReading(
        indicator=entry.text("indicator"),
        month=int(entry.number("month")),
        value=entry.number("value"),
        by=entry.text("by"),
        footing=Footing(entry.one_of("footing", list(Footing))),
        on=entry.day("on"),
        note=entry.text("note"),
        survey=_surveyed(entry.inline("survey")) if entry.has("survey") else None,
    )


def _surveyed(entry: Entry) -> Surveyed:
    surveyed = Surveyed(
        asked=int(entry.number("asked")),
        answered=int(entry.number("answered")),
        method=entry.text("method"),
        shows=entry.text("shows"),
    )
    entry.finish()
    return surveyed


def _late(entry: Entry) -> tuple[int, date]:
    return int(entry.number("month")), entry.day("on")


def _part(entry: Entry) -> Part:
    return Part(
        organisation=entry.text("organisation"),
        does=entry.both("does"),
        since_on=entry.day("since_on"),
    )


def _act(entry: Entry) -> Act:
    return Act(
        decided_on=entry.day("on"),
        kind=ActKind(entry.one_of("kind", list(ActKind))),
        line=entry.text("line"),
        amount=entry.number("amount", least=-(10**9)),
        authority=entry.text("authority"),
        document_number=entry.text("document_number"),
        reason=entry.text("reason"),
        other=entry.text_if_told("other"),
    )


def _change(entry: Entry) -> WrittenChange:
    return WrittenChange(
        indicator=entry.text("indicator"),
        on=entry.day("on"),
        target=entry.text("target"),
        document_number=entry.text("document_number"),
        plan=entry.numbers("plan"),
    )


def _deed(entry: Entry) -> Deed:
    return Deed(
        on=entry.day("on"),
        verb=entry.text("verb"),
        project=entry.text("project"),
        by=entry.text("by"),
        told=entry.both("told"),
        text=entry.text_if_told("text"),
        choice=Choice(entry.one_of("choice", list(Choice))) if entry.has("choice") else None,
        indicator=entry.text_if_told("indicator"),
        month=int(entry.number("month")) if entry.has("month") else 0,
        stands=entry.text_if_told("stands"),
        document_number=entry.text_if_told("document_number"),
    )


def _on(deed: Deed) -> date:
    return deed.on


def _step(entry: Entry) -> Deed:
    """A step of an alert: whose it is follows from the step, by is filled in with its project."""
    return Deed(
        on=entry.day("on"),
        verb=entry.text("verb"),
        project=entry.text("project"),
        by=BY_VERB.get(entry.text("verb"), FINANCE),
        text=entry.text("text"),
        round=int(entry.number("round")),
        choice=Choice(entry.one_of("choice", list(Choice))) if entry.has("choice") else None,
    )


def _shows(entry: Entry) -> Shows:
    return Shows(
        on=entry.day("on"),
        project=entry.text("project"),
        signal=entry.text("signal"),
        indicator=entry.text_if_told("indicator"),
        gone=entry.truth("gone") if entry.has("gone") else False,
    )
