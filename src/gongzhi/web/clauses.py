"""Clauses of the charter as pages show them."""

from dataclasses import dataclass

from django.urls import reverse

from gongzhi.rules.charter import load_charter
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
    clause = load_charter().clauses[number]
    language = reader_language()
    return ShownClause(
        number=f"§ {number}",
        title=clause.title.in_language(language),
        text=clause.text.in_language(language),
        address=f"{reverse('charter')}#clause-{number}",
    )
