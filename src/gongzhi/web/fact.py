"""What the words of a fact of the log are made of: its name, and how its value is read."""

from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.terms import Said


class As(StrEnum):
    """How a value is read: what it is made of."""

    TEXT = "text"  # words or numbers, as they are
    CODE = "code"  # a digest, a key, an identifier: for machines
    DAY_OR_MOMENT = "day or moment"
    YES_NO = "yes or no"
    CLAUSE = "clause"
    ROLES = "roles"
    LABEL = "label"
    CHOICE = "choice"  # one of a few words (CHOICES)
    STAGE = "stage"
    COUNTS = "counts"  # how many of each, by a choice
    ENTRIES = "entries"  # numbers of entries
    PART = "part"  # a chapter of the charter
    NAMED = "named"  # a thing with its kind: project:…
    THING = "thing"  # a thing's identifier; its kind stands beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a key is called, how its value is read, and the kind of thing that it names."""

    name: Said
    read: As = As.TEXT
    kind: str = ""


def text(name: str) -> Fact:
    """Words or numbers, as they are."""
    return Fact(name=Said(name))


def read_as(name: str, read: As) -> Fact:
    """A value that is read otherwise."""
    return Fact(name=Said(name), read=read)


def thing(name: str, kind: str) -> Fact:
    """A thing of a kind."""
    return Fact(name=Said(name), read=As.THING, kind=kind)
