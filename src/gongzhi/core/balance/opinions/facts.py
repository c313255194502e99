"""Statements that tell who somebody is ("I am under 30") rather than what somebody thinks.

Polis lets those who hold a conversation ask such questions, and keeps them out of its groups; its
files don't say which they were. They are known by their words, which are few and from a list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongzhi.core.terms import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRules:
    """How such statements begin, what none of them has, and how long they are at most."""

    begins: tuple[re.Pattern[str], ...]
    never: re.Pattern[str]
    letters_most: int
    since_on: date
    source: Text
    verified: bool


def tells_of_a_person(statement: str, *, rules: FactRules) -> bool:
    """Whether a statement tells who somebody is."""
    words = " ".join(statement.split())
    if len(words) > rules.letters_most or rules.never.search(words):
        return False
    return any(each.match(words) for each in rules.begins)


def facts_among(texts: Mapping[str, str], *, rules: FactRules) -> frozenset[str]:
    """The statements, by their names, that tell who somebody is."""
    return frozenset(name for name, text in texts.items() if tells_of_a_person(text, rules=rules))
