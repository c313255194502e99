"""Numbers of printed forms and ballots: drawn by chance, so that none is guessed."""

import secrets
from typing import Any

from django.db.models import QuerySet

PAPER_DIGITS = 10


def numbers_for(papers: QuerySet[Any], *, count: int) -> list[str]:
    """So many numbers that chance drew and none of these papers has."""
    drawn: set[str] = set()
    while len(drawn) < count:
        drawn.add(f"{secrets.randbelow(10**PAPER_DIGITS):0{PAPER_DIGITS}}")
        if len(drawn) == count:
            drawn -= set(papers.filter(number__in=drawn).values_list("number", flat=True))
    return list(drawn)
