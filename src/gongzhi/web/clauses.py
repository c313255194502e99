"""Clauses of the charter as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongzhi.core.charter.charter import in_order
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.addresses import address_of
from gongzhi.web.frame import reader_language


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClause:
    """A clause in the reader's language: its number, title, text, and where it stands."""

    number: str
    title: str
    text: str
    address: str


def clause_shown(number: str) -> ShownClause:
    """The clause of that number."""
    clause = charter_in_force().clauses[number]
    language = reader_language()
    return ShownClause(
        number=f"§ {number}",
        title=clause.title.in_language(language),
        text=clause.text.in_language(language),
        address=address_of("clause", number),
    )


def clauses_shown(numbers: Iterable[str]) -> tuple[ShownClause, ...]:
    """Several clauses, in the order of the charter."""
    return tuple(clause_shown(number) for number in in_order(frozenset(numbers)))
