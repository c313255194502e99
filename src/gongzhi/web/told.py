"""Problems of a file as pages tell them: where, what, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongzhi.core.terms import Problem, Said
from gongzhi.papers.places import place_text
from gongzhi.web.frame import reader_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A problem with its place in words; "" where it is about the whole file."""

    place: str
    what: Said
    hint: Said


def told(problems: Iterable[Problem]) -> list[Told]:
    """Problems in the reader's language."""
    language = reader_language()
    return [
        Told(place=place_text(each.where, language), what=each.what, hint=each.hint)
        for each in problems
    ]
