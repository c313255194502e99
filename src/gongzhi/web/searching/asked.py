"""What a search asks for, as its address says it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest

LETTERS_MAX, WORDS_MAX = 100, 6
YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Words that must all be there, and what else the answers are held to."""

    text: str
    words: tuple[str, ...]
    kind: str = ""
    year: int | None = None
    unit: UUID | None = None
    shortened: bool = False

    def of_kind(self, kind: str) -> str:
        """The address of the same search for one kind."""
        asked = {
            "q": self.text,
            "kind": kind,
            "year": str(self.year or ""),
            "unit": str(self.unit or ""),
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def asked_in(address: Mapping[str, str], *, kinds: Collection[str]) -> Asked:
    """What the address asks for; values that no page offers are refused, any words are taken."""
    given = " ".join(address.get("q", "").replace("\0", " ").split())
    text = given[:LETTERS_MAX].strip()
    words = tuple(text.split())
    kind = address.get("kind", "")
    if kind and kind not in kinds:
        raise BadRequest("kind")
    return Asked(
        text=text,
        words=words[:WORDS_MAX],
        kind=kind,
        year=_year(address.get("year", "")),
        unit=_unit(address.get("unit", "")),
        shortened=len(given) > LETTERS_MAX or len(words) > WORDS_MAX,
    )


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == YEAR_DIGITS):
        raise BadRequest("year")
    return int(text)


def _unit(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise BadRequest("unit") from error
