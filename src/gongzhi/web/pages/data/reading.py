"""A file that was handed in, read as somebody says: which column is which, and what would come."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from gongzhi.connectors import mapping as layout
from gongzhi.connectors.amounts import money
from gongzhi.connectors.days import ORDERS
from gongzhi.connectors.guessing import Guess
from gongzhi.connectors.importing import Changed
from gongzhi.connectors.kinds import KINDS
from gongzhi.connectors.mapping import FieldFrom
from gongzhi.connectors.mapping_record import mapping_from_record
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.summing import Mode
from gongzhi.connectors.trying import Tried, Wanted, best_guess, try_listing
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.charter import Member
from gongzhi.core.terms import Money, Problem, Said, Text, Where
from gongzhi.cycle.actions.deliveries import File
from gongzhi.cycle.arriving import Arrival, Registered
from gongzhi.cycle.models import Delivery, SavedMapping
from gongzhi.intake.listing import Listing
from gongzhi.parties.business_date import business_date
from gongzhi.parties.currency import home_currency
from gongzhi.rules.columns import load_fact_rules

YEAR = re.compile(r"(?:19|20)[0-9]{2}")
COLUMN = "column-"  # what the selects are called, before the name of the field
BAD_TOTAL = Said("合计不是金额：{text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A field of a fact and the column that it is read from; nothing where none is."""

    field: str
    title: Text
    required: bool
    chosen: str
    sure: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file looks like to whoever reads it so; `listing` is None where it can't be opened.

    also are the kinds of what else a row tells, assumed is what a guess took for granted,
    asks_year that no column says the year, asks_order that no day shows whether the day or the
    month comes first.
    """

    tried: Tried
    wanted: Wanted
    listing: Listing | None = None
    kind: str = ""
    names: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    also: tuple[Text, ...] = ()
    assumed: tuple[Problem, ...] = ()
    asks_year: bool = False
    asks_order: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A delivery that waits, and the file that was handed in for it."""

    delivery: Delivery
    name: str
    content: bytes


def look(handed: HandedIn, given: Mapping[str, str], *, member: Member, own: bool) -> Look:
    """Read the file to its end with the columns that were chosen, and keep nothing."""
    stated, problem = _stated(given.get("total", ""))
    arrival = _arrival(handed.delivery, own=own)
    wanted = Wanted(
        kind=given.get("kind", "") if given.get("kind") in KINDS else "",
        stated=stated,
        mode=Mode.KEEP_GOOD if given.get("mode") == Mode.KEEP_GOOD else Mode.WHOLE,
        changed=Changed.CORRECTION if given.get("changed") else Changed.CONFLICT,
        known=arrival.known,
        against=arrival.against,
        saved=saved_mappings(member),
        order=given.get("order", "") if given.get("order") in ORDERS else "",
        given={"year": given["year"]} if YEAR.fullmatch(given.get("year", "")) else {},
    )
    listing = open_source(handed.name, handed.content)
    if isinstance(listing, Problem):
        tried = Tried(name=handed.name, problems=(listing,))
        return Look(tried=tried, wanted=wanted, problem=problem)
    guess = None
    if any(field.startswith(COLUMN) for field in given):
        guess = _guess_as(listing, wanted)
    if guess is not None:
        wanted = replace(wanted, mapping=_chosen(guess, given))
    tried = try_listing(listing, wanted)
    guessed = guess or tried.guess
    kind, columns, names = _columns(tried, guessed, given)
    return Look(
        tried=tried,
        wanted=wanted,
        listing=listing,
        kind=kind,
        names=names,
        columns=columns,
        also=_also(tried),
        assumed=tuple(_assumed(guessed, is_chosen=guess is not None)),
        asks_year=guessed is not None and "year" in _said_by_no_column(guessed),
        asks_order=guessed is not None and (guessed.any_order or bool(wanted.order)),
        problem=problem,
    )


def _also(tried: Tried) -> tuple[Text, ...]:
    rules = load_fact_rules()
    facts = [fact.kind for mapping in tried.mappings for fact in mapping.facts]
    return tuple(rules[kind].title for kind in dict.fromkeys(facts[1:]) if kind != facts[0])


def _guess_as(listing: Listing, wanted: Wanted) -> Guess | None:
    """The guess that begins with the kind that was chosen, with what else the rows tell."""
    guess = best_guess(listing, order=wanted.order)
    if guess is not None and wanted.kind in ("", guess.kind):
        return guess
    return best_guess(listing, kind=wanted.kind, order=wanted.order)


def _assumed(guess: Guess | None, *, is_chosen: bool) -> Iterator[Problem]:
    """What the guess took for granted; of columns only while nobody has chosen them."""
    doubts = guess.doubts if guess is not None else ()
    yield from (one for one in doubts if not is_chosen or one.where.column is None)


def _said_by_no_column(guess: Guess) -> dict[str, FieldFrom]:
    """The fields of a guess that come from no column, such as a year in the title."""
    facts = guess.mapping.facts
    fields = {name: source for fact in facts for name, source in fact.fields.items()}
    return {name: source for name, source in fields.items() if not source.columns}


def file_of(seen: Look) -> File | None:
    """The file as it was looked at, to be kept as it is; None where nothing can be."""
    if seen.listing is None or not seen.tried.mappings or seen.problem is not None:
        return None
    return File(
        listing=seen.listing,
        mappings=seen.tried.mappings,
        mode=seen.wanted.mode,
        changed=seen.wanted.changed,
        stated=seen.wanted.stated,
    )


def saved_mappings(member: Member) -> list[layout.Mapping]:
    """The mappings that the member's organisation has kept, the newest first."""
    saved = SavedMapping.objects.visible_to(member).order_by("-id")
    return [mapping_from_record(each.record) for each in saved]


def titled(facts: Mapping[str, int]) -> list[tuple[Text, int]]:
    """How many facts of each kind, by the names of the kinds."""
    rules = load_fact_rules()
    return [(rules[kind].title, count) for kind, count in facts.items()]


def _arrival(delivery: Delivery, *, own: bool) -> Arrival:
    return Arrival(
        delivery=delivery,
        registered=Registered.now(),
        kinds=frozenset(KINDS.values()),
        money=home_currency(),
        on=business_date(),
        own=delivery.organisation_id if own else None,
    )


def _stated(text: str) -> tuple[Money | None, Problem | None]:
    if not text.strip():
        return None, None
    try:
        return money(text), None
    except Unreadable:
        what = Said(BAD_TOTAL.text, {"text": text[:60]})
        return None, Problem(where=Where(), what=what, hint=Said("写成 1200.50 这样的数"))


def _chosen(guess: Guess, given: Mapping[str, str]) -> layout.Mapping:
    """The mapping of the columns that somebody chose, over the guess that they were shown."""
    fact, *others = guess.mapping.facts
    fields = {name: source for name, source in fact.fields.items() if not source.columns} | {
        field.removeprefix(COLUMN): _from(column, fact.fields.get(field.removeprefix(COLUMN)))
        for field, column in given.items()
        if field.startswith(COLUMN) and column in guess.header.names
    }
    known = load_fact_rules()[fact.kind].fields
    fields = {each: source for each, source in fields.items() if each in known}
    mapping = guess.mapping
    if unit := given.get("unit", ""):
        mapping = replace(mapping, unit=unit)
        fields, *rest = (
            {name: replace(source, unit="") for name, source in each.items()}
            for each in (fields, *(other.fields for other in others))
        )
        others = [replace(other, fields=each) for other, each in zip(others, rest, strict=True)]
    return replace(mapping, facts=(replace(fact, fields=fields), *others))


def _from(column: str, guessed: FieldFrom | None) -> FieldFrom:
    """The guess where it names the same column, with all that it knows of its cells."""
    if guessed is not None and guessed.columns[:1] == (column,):
        return guessed
    return FieldFrom(columns=(column,))


def _columns(
    tried: Tried, guess: Guess | None, given: Mapping[str, str]
) -> tuple[str, tuple[Column, ...], tuple[str, ...]]:
    """The kind of fact, each of its fields with its column, and the names of all columns."""
    if guess is not None:
        mapping = tried.mappings[0] if tried.mappings else guess.mapping
    elif len(tried.mappings) == 1 and len(tried.mappings[0].facts) == 1:
        mapping = tried.mappings[0]
    else:
        return "", (), ()
    fact = mapping.facts[0]
    names = guess.header.names if guess else mapping.columns
    fields = load_fact_rules()[fact.kind].fields
    return (
        fact.kind,
        tuple(
            Column(
                field=name,
                title=rule.title,
                required=rule.required,
                chosen=given.get(COLUMN + name, _column_of(fact.fields.get(name))),
                sure=round(guess.sure[name] * 100) if guess and name in guess.sure else None,
            )
            for name, rule in fields.items()
        ),
        tuple(filter(None, names)),
    )


def _column_of(source: FieldFrom | None) -> str:
    return source.columns[0] if source is not None and source.columns else ""
