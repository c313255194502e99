"""What a terminal needs to know: how wide Chinese is, and whether colour helps."""

import os
import unicodedata
from dataclasses import dataclass
from typing import TextIO

WIDE = frozenset("WF")


def width(text: str) -> int:
    """How many columns a text takes; a Chinese character takes two."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in WIDE else 1


def fitted(text: str, columns: int) -> str:
    """The text in just that many columns: cut with an ellipsis or filled with blanks."""
    if width(text) > columns:
        while text and width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))


def to_the_right(text: str, columns: int) -> str:
    """The text at the right end of that many columns."""
    return " " * (columns - width(text)) + text


def has_colour(stream: TextIO) -> bool:
    """Whether colour is wanted there: on a terminal, unless NO_COLOR is set (no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours that carry a meaning; each has its sign beside it, so nothing needs them."""

    coloured: bool

    def fault(self, text: str) -> str:
        """A certain finding."""
        return self._in("31", text)

    def watch(self, text: str) -> str:
        """Something to look at."""
        return self._in("33", text)

    def kept(self, text: str) -> str:
        """All is well."""
        return self._in("32", text)

    def faint(self, text: str) -> str:
        """What explains."""
        return self._in("2", text)

    def strong(self, text: str) -> str:
        """What the eye should find first."""
        return self._in("1", text)

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.coloured and text else text
