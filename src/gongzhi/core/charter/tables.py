"""What a clause's or an institution's table must hold before anything is read out of it.

Whoever proposes an amendment writes such tables: each field is asked for by its form, and a field
that nobody reads is refused.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from gongzhi.core.charter.charter import ClauseKind

Fits: TypeAlias = Callable[[Any], bool]

WORDS_MAX = 20_000  # characters of a clause in one language
NAME_MAX = 400
NUMBER = re.compile(r"\d{1,3}(\.\d{1,3})+")
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table: what fits there, and whether it may be left out."""

    fits: Fits
    required: bool = True


Fields: TypeAlias = Mapping[str, Field]


def misfits(table: Mapping[str, Any], fields: Fields) -> Iterator[str]:
    """The names of the fields that are missing, don't fit, or that nobody reads."""
    for name, field in fields.items():
        if name not in table:
            if field.required:
                yield name
        elif not field.fits(table[name]):
            yield name
    yield from (str(name) for name in table if name not in fields)


def is_words(value: Any) -> bool:
    """A text in both languages."""
    return (
        isinstance(value, Mapping)
        and set(value) == set(LANGUAGES)
        and all(_is_text(value[language], WORDS_MAX) for language in LANGUAGES)
    )


def is_name(value: Any) -> bool:
    """A short text, such as an article or a document number."""
    return _is_text(value, NAME_MAX)


def is_number(value: Any) -> bool:
    """The number of a clause: part and clause, as in 4.1."""
    return isinstance(value, str) and bool(NUMBER.fullmatch(value))


def is_code(value: Any) -> bool:
    """A code of an institution."""
    return isinstance(value, str) and bool(CODE.fullmatch(value))


def is_day(value: Any) -> bool:
    """A day without a time."""
    return isinstance(value, date) and not isinstance(value, datetime)


def is_flag(value: Any) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


def is_days(value: Any) -> bool:
    """A number of days that somebody could count."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 3660


def one_of(*codes: str) -> Fits:
    """One of these codes."""
    return lambda value: isinstance(value, str) and value in codes


def listed(fits: Fits, *, least: int = 0) -> Fits:
    """A list, each part of which fits."""
    return lambda value: (
        isinstance(value, list | tuple) and len(value) >= least and all(map(fits, value))
    )


def shaped(fields: Fields) -> Fits:
    """A table with these fields."""
    return lambda value: isinstance(value, Mapping) and next(misfits(value, fields), None) is None


def is_plain(text: str) -> bool:
    """Whether everybody sees what is written: no control, direction or private characters."""
    return not any(
        unicodedata.category(letter).startswith("C")
        for letter in text.replace("\r\n", "\n")
        if letter != "\n"
    )


def _is_text(value: Any, longest: int) -> bool:
    return (
        isinstance(value, str) and len(value) <= longest and bool(value.strip()) and is_plain(value)
    )


SOURCE: Fields = {
    "institution": Field(is_code),
    "article": Field(is_name, required=False),
}
OWED: Fields = {
    "by": Field(listed(is_name, least=1)),
    "to": Field(listed(is_name, least=1)),
    "what": Field(is_words),
    "within_days": Field(is_days, required=False),
    "days": Field(one_of("working", "calendar"), required=False),
}
CLAUSE: Fields = {
    "number": Field(is_number),
    "kind": Field(one_of(*ClauseKind)),
    "since_on": Field(is_day),
    "title": Field(is_words),
    "text": Field(is_words),
    "protected": Field(is_flag, required=False),
    "on_paper": Field(is_flag, required=False),
    "amended_by": Field(one_of("authority", "law", "nobody"), required=False),
    "owed": Field(shaped(OWED), required=False),
    "sources": Field(listed(shaped(SOURCE)), required=False),
}
INSTITUTION: Fields = {
    "code": Field(is_code),
    "title": Field(is_words),
    "level": Field(one_of("law", "regulation", "rule", "local", "normative", "party_state")),
    "verified": Field(is_flag),
    "issued_by": Field(is_words, required=False),
    "document_number": Field(is_name, required=False),
    "issued_on": Field(is_day, required=False),
    "amended_on": Field(is_day, required=False),
    "in_force_from": Field(is_day, required=False),
    "lapsed_on": Field(is_day, required=False),
    "read_in": Field(is_words, required=False),
}
