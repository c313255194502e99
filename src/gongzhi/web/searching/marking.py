"""A text with the words that were looked for marked in it."""

import unicodedata
from collections.abc import Iterator, Sequence

from gongzhi.web.shown import Piece


def plain(text: str) -> str:
    """Usual forms and small letters, as the database compares names."""
    return unicodedata.normalize("NFKC", text).lower()


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The text in pieces, those changed (marked) that hold one of the words."""
    held = [False] * len(text)
    letters = [plain(letter) for letter in text]
    starts = _starts(letters)
    whole = "".join(letters)
    for word in filter(None, map(plain, words)):
        at = whole.find(word)
        while at >= 0:
            for place, start in enumerate(starts):
                if start < at + len(word) and start + len(letters[place]) > at:
                    held[place] = True
            at = whole.find(word, at + 1)
    return tuple(_pieces(text, held))


def _starts(letters: Sequence[str]) -> list[int]:
    """Where each letter's plain form begins in the whole: one may have become several."""
    starts, at = [], 0
    for letter in letters:
        starts.append(at)
        at += len(letter)
    return starts


def _pieces(text: str, held: Sequence[bool]) -> Iterator[Piece]:
    since = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or held[place] != held[since]:
            yield Piece(text=text[since:place], changed=held[since])
            since = place
