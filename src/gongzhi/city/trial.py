"""A trial with somebody's own files in place of the demo's city: their bodies, projects and money.

Done whole or not at all. The day is the last that the files speak of, or today if that is earlier;
each unit that they name has one office, and the bodies that look on have theirs.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongzhi.city.adopting import adopt_as_told
from gongzhi.city.own_files import TRIAL
from gongzhi.connectors import mapping as layout
from gongzhi.connectors.applying import apply_mapping
from gongzhi.connectors.choosing import fitting_sheets
from gongzhi.connectors.guessing import Guess
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.summing import Mode
from gongzhi.connectors.trying import ANY_ORDER, Tried, Wanted, mappings_for, not_understood
from gongzhi.core.charter import SYSTEM
from gongzhi.core.facts import BudgetFact, Fact, PaymentFact, ReadingFact
from gongzhi.core.terms import Problem
from gongzhi.cycle.actions.deliveries import File, NotAccepted, collect_facts, straight_from
from gongzhi.cycle.tasks import follow_up, watch_what_changed
from gongzhi.cycle.unit_names import register_those_missing, units_named
from gongzhi.intake.listing import Listing
from gongzhi.parties.actions.charter import take_up_model_text
from gongzhi.parties.actions.offices import assign_office
from gongzhi.parties.actions.setting_up import (
    move_business_date,
    register_organisation,
    register_person,
    register_region,
)
from gongzhi.parties.members import member_in
from gongzhi.parties.model_text import model_text_is_due
from gongzhi.parties.models import Office, Organisation, Region
from gongzhi.rules.money import USUAL, load_currencies
from gongzhi.trust.sequencing import sequence

STORY = Path(__file__).parent / "trial.toml"
LOOKED_AT = 5000  # facts of each file, to learn its last day and its currency
FINANCE = "TRIAL-FIN"
LONG_AGO = date(2000, 1, 1)  # before whatever the files tell
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What somebody brings along: files, a name for the place, values that no file says.

    order is that of day, month and year, where no file shows it.
    """

    files: Sequence[Path]
    name: str
    given: Mapping[str, str] = field(default_factory=dict)
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file that was opened and understood."""

    listing: Listing
    mappings: tuple[layout.Mapping, ...]
    guess: Guess | None


class NotUsable(Exception):
    """A file that no trial can be made of: which, and why."""

    def __init__(self, name: str, problem: Problem) -> None:
        super().__init__(name)
        self.name = name
        self.problem = problem


def begin_trial(own: Own) -> list[Tried]:
    """Register the place, put the rules in force, bring the files in, see every project."""
    story = tomllib.loads(STORY.read_text(encoding="utf-8"))
    opened = [_opened(path, own) for path in own.files]
    first = [fact for each in opened for fact in islice(_facts(each), LOOKED_AT)]
    with transaction.atomic():
        move_business_date(to=_day_of(first))
        if model_text_is_due():
            take_up_model_text(by=SYSTEM)
        region = register_region(by=SYSTEM, code=TRIAL, name=own.name, currency=_currency(first))
        adoption, offices = story["adoption"], _cast(story, region)
        issuer = member_in(offices[adoption["by"]], second_factor=True, fresh=True)
        adopt_as_told(adoption, by=issuer, in_force_from=LONG_AGO)
        brought = [_brought(each) for each in opened]
        _staff(story["unit"])
        watch_what_changed(_day_of(first))
        follow_up(_day_of(first))
    while sequence():
        pass
    return brought


def go_on(day: date) -> None:
    """Let a trial live on to a day: nothing happens there but what follows from its files."""
    with transaction.atomic():
        move_business_date(to=day)
        watch_what_changed(day)
        follow_up(day)


def _opened(path: Path, own: Own) -> Opened:
    listing = open_source(path.name, path)
    if isinstance(listing, Problem):
        raise NotUsable(path.name, listing)
    mappings, guess = mappings_for(listing, Wanted(given=own.given, order=own.order))
    if not mappings:
        raise NotUsable(path.name, not_understood(listing, guess)[0])
    if guess is not None and guess.any_order:
        raise NotUsable(path.name, ANY_ORDER)
    return Opened(listing=listing, mappings=mappings, guess=guess)


def _facts(opened: Opened) -> Iterator[Fact]:
    for sheet, mapping in fitting_sheets(opened.listing, opened.mappings):
        lines = apply_mapping(sheet, mapping)
        yield from (line for line in lines if not isinstance(line, Problem))


def _day_of(facts: Iterable[Fact]) -> date:
    """The last day that facts speak of, or today, whichever is earlier."""
    days = {day for fact in facts for day in _days(fact)}
    return min(max(days, default=date.max), timezone.localdate())


def _days(fact: Fact) -> Iterator[date]:
    match fact:
        case PaymentFact():
            yield fact.paid_on
        case ReadingFact():
            yield fact.ends_on
        case BudgetFact() if fact.paid is not None or fact.executed is not None:
            yield date(fact.year, 12, 31)


def _currency(facts: Iterable[Fact]) -> str:
    """The currency of the files, as far as one is named that the product knows."""
    named = (fact.currency for fact in facts if isinstance(fact, PaymentFact | BudgetFact))
    written = next(filter(None, named), "")
    known = (each.code for each in load_currencies().values() if each.is_called(written))
    return next(known, USUAL) if written else USUAL


def _cast(story: Entry, region: Region) -> dict[str, Office]:
    """The bodies that look on, each with its offices; the first of every body by its code."""
    offices: dict[str, Office] = {}
    for entry in story["organisation"]:
        named = {name: entry[name] for name in ("code", "name", "kind")}
        organisation = register_organisation(by=SYSTEM, region=region, **named)
        for who in entry["cast"]:
            held = _office(organisation, username=who["username"], told=who)
            offices.setdefault(entry["code"], held)
    return offices


def _office(organisation: Organisation, *, username: str, told: Entry) -> Office:
    person = register_person(
        by=SYSTEM, username=username, name=told["title"], organisation=organisation
    )
    return assign_office(
        by=SYSTEM,
        person=person,
        organisation=organisation,
        title=told["title"],
        roles=told["roles"],
        since_on=LONG_AGO,
    )


def _brought(opened: Opened) -> Tried:
    """The good rows of a file are kept; what is wrong with the others is told."""
    finance = Organisation.objects.get(code=FINANCE)
    named = units_named(opened.listing, opened.mappings)
    register_those_missing(named, by=SYSTEM, beside=finance)
    file = File(listing=opened.listing, mappings=opened.mappings, mode=Mode.KEEP_GOOD)
    name, digest = opened.listing.name, opened.listing.digest
    delivery = straight_from(file, by=SYSTEM, organisation=finance)
    try:
        _, result = collect_facts(by=SYSTEM, delivery=delivery, file=file)
    except NotAccepted as nothing:
        raise NotUsable(name, next(iter(nothing.result.problems), nothing.problem)) from nothing
    return Tried(
        name=name, digest=digest, mappings=opened.mappings, guess=opened.guess, result=result
    )


def _staff(told: Entry) -> None:
    """An office in every unit that has none."""
    empty = Organisation.objects.filter(offices=None).order_by("code")
    for number, organisation in enumerate(empty, start=1):
        _office(organisation, username=f"unit-{number}", told=told)
