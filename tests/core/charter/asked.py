"""The people and things that the case files name, as values."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from gongzhi.core.charter import (
    INSTALLATION,
    SYSTEM,
    VISITOR,
    Assurance,
    Member,
    PartyKind,
    Thing,
)
from gongzhi.rules.charter import load_charter

CASES = Path(__file__).parent / "cases"
AUTHOR = "author"
OFFICE_OF = re.compile(r"(?P<kind>\w+) (?P<role>\w+) of (?P<unit>\w+)")
THING = re.compile(
    r"(?:(?P<stage>\w+) )?(?:(?P<label>\w+)-labelled )?(?P<kind>\w+)(?: of (?P<unit>\w+))?"
    r"(?: under (?P<department>\w+))?(?: about (?P<evaluated>\w+))?"
    r"(?: for (?P<commissioner>\w+))?(?: beside (?P<panel>\w+))?(?: awaiting (?P<awaited>\w+))?"
    r"(?: to (?P<addressed>\w+))?"
)


@dataclass(frozen=True)
class Case:
    """A line of a case file."""

    line: str
    allowed: bool
    who: str
    verb: str
    what: str
    clauses: tuple[str, ...]


def cases() -> list[Case]:
    lines = [
        line
        for path in sorted(CASES.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return [case(line) for line in lines]


def case(line: str) -> Case:
    verdict, who, verb, what, clauses = re.split(r"\s{2,}", line.strip())
    assert verdict in {"ALLOW", "DENY"}
    return Case(line, verdict == "ALLOW", who, verb, what, tuple(clauses.split()))


def member(name: str) -> Member:
    """Whom a case names; who is in an office has just shown a second factor, unless it says not."""
    if name.startswith("unverified "):
        return replace(member(name.removeprefix("unverified ")), second_factor=False, fresh=False)
    if name.startswith("stale "):
        return replace(member(name.removeprefix("stale ")), fresh=False)
    if name.startswith("known "):
        known = member(name.removeprefix("known "))
        return replace(known, assurance=Assurance.CONTACT)
    if name == "author":
        return in_office("government", roles={"officer", "reviewer"}, unit="A", person=AUTHOR)
    if name == "citizen":
        return Member(kind=PartyKind.CITIZEN, person="somebody")
    if name == "citizen author":
        return Member(kind=PartyKind.CITIZEN, person=AUTHOR)
    if found := OFFICE_OF.fullmatch(name):
        person = AUTHOR if found["role"] == "author" else "somebody"
        return in_office(found["kind"], roles={found["role"]}, unit=found["unit"], person=person)
    return {"visitor": VISITOR, "system": SYSTEM}[name]


def in_office(kind: str, *, roles: set[str], unit: str, person: str = "somebody") -> Member:
    return Member(
        kind=PartyKind(kind),
        organisation=unit,
        person=person,
        office=f"office of {person}",
        roles=frozenset(roles),
        regions=("county", "province"),
        second_factor=True,
        fresh=True,
    )


def thing(name: str) -> Thing:
    """A thing with the attributes of its kind; the author wrote it, or it is about the author."""
    if name == "installation":
        return INSTALLATION
    found = THING.fullmatch(name)
    assert found, name
    kind = load_charter().texts.vocabulary.kinds[found["kind"]]
    given = {
        "owner": found["unit"] or "nobody",
        "overseer": found["department"] or "nobody",
        "stage": found["stage"],
        "authors": frozenset({AUTHOR}),
        "holder": AUTHOR,
        "conflicted": frozenset(),
        "label": found["label"] or "public",
        "evaluated": found["evaluated"] or "nobody",
        "commissioner": found["commissioner"] or "nobody",
        "panel": frozenset(filter(None, [found["panel"]])),
        "addressed": found["addressed"] or "nobody",
        "awaited": frozenset(filter(None, [found["awaited"]])),
        "affected": frozenset({AUTHOR}),
    }
    return Thing(
        kind=found["kind"],
        id="one",
        regions=("county", "province") if kind.get("in_region") else (),
        **{attribute: given[attribute] for attribute in kind["attributes"]},
    )
