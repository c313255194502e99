"""The facts of entries in words: what each is called, and its value as a reader can take it.

A thing is named and linked for whoever may read it; for others it is only said what it is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime

from gongzhi.core.charter import INSTALLATION, Member
from gongzhi.core.sealed import canonical
from gongzhi.core.terms import Said, Text
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.clauses import clause_shown
from gongzhi.web.fact_words import CHOICES, As, Fact, fact_of
from gongzhi.web.places import Place, places

NOTHING = Said("（无）")
YES, NO = Said("是"), Said("否")
NOT_OPEN = Said("{kind}（内容不公开）")
MOMENT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value or one of several: its words, perhaps with an address; a code is for machines."""

    text: Said | Text | str
    address: str = ""
    is_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """A fact: what it is called, and its values."""

    name: Said
    values: tuple[Value, ...]

    @property
    def is_code(self) -> bool:
        """Whether it is for machines."""
        return all(value.is_code for value in self.values)


Found: TypeAlias = Mapping[str, Place]
Read: TypeAlias = Callable[[Any], Iterator[Value]]


def facts_in_words(
    told: Sequence[Mapping[str, Any]], *, member: Member, verb: str = ""
) -> list[tuple[ShownFact, ...]]:
    """The public facts of several entries or rows; what is for machines comes last.

    However many there are, the things in them are looked up together.
    """
    known = [[(fact_of(key, verb=verb), value) for key, value in each.items()] for each in told]
    names = {
        thing_name(fact, value)
        for each in known
        for fact, values in each
        for value in _each(values)
    }
    found = places(member, filter(None, names))
    return [_in_order(each, found=found) for each in known]


def thing_name(fact: Fact, value: object) -> str:
    """The name of the thing that a value stands for; empty where it stands for none."""
    if fact.read is As.NAMED and isinstance(value, str):
        return value
    return f"{fact.kind}:{value}" if fact.read is As.THING and _is_identifier(value) else ""


def thing_shown(name: str, *, found: Found) -> Value:
    """A thing by its name, for a reader who may read those that were found."""
    if name == INSTALLATION.name:
        return Value(text=charter_in_force().kind_names[INSTALLATION.kind])
    kind = name.partition(":")[0]
    if place := found.get(name):
        return Value(text=place.name, address=place.address)
    return Value(text=Said(NOT_OPEN.text, {"kind": _kind_said(kind)}))


def _kind_said(kind: str) -> Said:
    return charter_in_force().kind_names.get(kind, Said(kind))


def _in_order(facts: Sequence[tuple[Fact, Any]], *, found: Found) -> tuple[ShownFact, ...]:
    shown = [
        ShownFact(name=fact.name, values=tuple(_values(fact, value, found=found)))
        for fact, value in facts
    ]
    return tuple(sorted(shown, key=lambda fact: fact.is_code))


def _values(fact: Fact, value: Any, *, found: Found) -> Iterator[Value]:
    if value is None or value in ([], {}, ""):
        yield Value(text=NOTHING)
    elif all(thing_name(fact, each) for each in _each(value)):
        yield from (thing_shown(thing_name(fact, each), found=found) for each in _each(value))
    else:
        # An entry of another version may hold what this one doesn't expect.
        is_expected = isinstance(value, SHAPES.get(fact.read, str))
        yield from READERS.get(fact.read, _words)(value) if is_expected else _words(value)


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _words(value: Any) -> Iterator[Value]:
    """Words and numbers as they are; what has a shape of its own as the log writes it."""
    if isinstance(value, bool):
        yield Value(text=YES if value else NO)
    elif isinstance(value, str | int):
        yield Value(text=str(value))
    elif isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        yield from (Value(text=str(each)) for each in value)
    elif isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        yield from (Value(text=CHOICES.get(each, each)) for each in value.values() if each)
    else:
        yield from _code(value)


def _code(value: Any) -> Iterator[Value]:
    text = value if isinstance(value, str) else canonical(value).decode()
    yield Value(text=text, is_code=True)


def _day_or_moment(value: Any) -> Iterator[Value]:
    """A day as it is, a moment by the clock of the place."""
    try:
        moment = datetime.fromisoformat(value) if "T" in value else None
    except (TypeError, ValueError):
        moment = None
    known = moment is not None and moment.tzinfo is not None
    yield Value(text=localtime(moment).strftime(MOMENT)) if known else Value(text=str(value))


def _clause(value: Any) -> Iterator[Value]:
    known = isinstance(value, str) and value in charter_in_force().clauses
    yield Value(text=f"§ {value}", address=clause_shown(value).address if known else "")


def _roles(value: Any) -> Iterator[Value]:
    roles = charter_in_force().roles
    yield from (Value(text=roles.get(str(each), str(each))) for each in value)


def _label(value: Any) -> Iterator[Value]:
    yield Value(text=charter_in_force().labels.get(value, str(value)))


def _stage(value: Any) -> Iterator[Value]:
    yield Value(text=charter_in_force().stage_names.get(value, str(value)))


def _choice(value: Any) -> Iterator[Value]:
    yield Value(text=CHOICES.get(value, str(value)))


def _counts(value: Any) -> Iterator[Value]:
    for each, count in value.items():
        said = CHOICES.get(each, Said(each))
        yield Value(text=Said("{what} {count} 项", {"what": said, "count": str(count)}))


def _entries(value: Any) -> Iterator[Value]:
    for each in value:
        address = reverse("ledger-entry", args=[each]) if type(each) is int and each >= 0 else ""
        yield Value(text=f"№{each}", address=address)


def _part(value: Any) -> Iterator[Value]:
    part = charter_in_force().parts.get(value)
    if part is None:
        yield Value(text=str(value))
    else:
        yield Value(text=part.title, address=reverse("charter-part", args=[value]))


SHAPES: Mapping[As, type] = {As.ROLES: list, As.COUNTS: dict, As.ENTRIES: list, As.CODE: object}
READERS: Mapping[As, Read] = {
    As.CODE: _code,
    As.DAY_OR_MOMENT: _day_or_moment,
    As.CLAUSE: _clause,
    As.ROLES: _roles,
    As.LABEL: _label,
    As.CHOICE: _choice,
    As.STAGE: _stage,
    As.COUNTS: _counts,
    As.ENTRIES: _entries,
    As.PART: _part,
}


def _is_identifier(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False
