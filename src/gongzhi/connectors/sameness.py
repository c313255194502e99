"""When two facts are the same: identity by their key, sameness by all that they say."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter
from typing import Any

from gongzhi.connectors.kinds import KINDS, NAMES
from gongzhi.connectors.mapping import Mapping
from gongzhi.core.facts import ABOUT, Fact, content_of
from gongzhi.rules.columns import load_fact_rules

BETWEEN = "\x1f"  # the unit separator: no cell that was read holds it
DIGEST_BYTES, SHORT_BYTES = 16, 8
FULL = 0.6  # how full the table may be before it grows


def fingerprint(fact: Fact, *, nth: int = 1) -> str:
    """What the fact says, as 32 hexadecimal digits; nth counts equal lines of a document."""
    text = BETWEEN.join(map(str, content_of(fact)))
    return _digest(f"{NAMES[fact.__class__]}{nth}{BETWEEN}{text}").hex()


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=DIGEST_BYTES).digest()


@dataclass(frozen=True, slots=True)
class Identity:
    """How facts of a kind are known again: by these fields, or by everything, line by line.

    in_passing: every row tells other facts too, so that it may repeat this one without a word.
    """

    kind: str
    key: Callable[[Fact], Any]
    by_line: bool
    in_passing: bool

    def of(self, fact: Fact) -> bytes:
        """The identity of a fact."""
        return _digest(f"{self.kind}{BETWEEN}{self.key(fact)}")


def identities(mapping: Mapping) -> Iterator[tuple[type[Fact], Identity]]:
    """How the facts of each kind in a mapping are known again."""
    rules = load_fact_rules()
    for fact in mapping.facts:
        made = KINDS[fact.kind]
        names = fact.key or rules[fact.kind].key
        is_unnumbered = fact.fields.keys().isdisjoint(names)  # then only whole lines tell apart
        by_line = fact.lines or is_unnumbered
        places = range(len(made._fields) - ABOUT) if by_line else map(made._fields.index, names)
        yield made, Identity(fact.kind, itemgetter(*places), by_line, len(mapping.facts) > 1)


class Seen:
    """The identities met so far, in 24 bytes each: a table of plain numbers, open addressed.

    Two identities out of a million meet in the same 64 bits once in thirty million imports; then
    a person is shown a conflict that is none, and nothing is lost.
    """

    def __init__(self) -> None:
        self._met = 0
        self._make(1 << 12)

    def _make(self, room: int) -> None:
        self._room = room
        self._keys = array("Q", bytes(8 * room))
        self._contents = array("Q", bytes(8 * room))
        self._rows = array("Q", bytes(8 * room))

    def meet(self, identity: bytes, content: int, row: int) -> tuple[int, bool] | None:
        """The row that had this identity, and whether it said the same; None for a new one."""
        key = _key(identity)
        at, keys = self._at(key), self._keys
        if keys[at]:
            return self._rows[at], self._contents[at] == content
        keys[at], self._contents[at], self._rows[at] = key, content, row
        self._met += 1
        if self._met > self._room * FULL:
            self._grow()
        return None

    def count(self, identity: bytes) -> int:
        """How often the identity was counted before; counts it once more."""
        met = self.meet(identity, 0, 1)
        if met is None:
            return 0
        self._rows[self._at(_key(identity))] += 1
        return met[0]

    def _at(self, key: int) -> int:
        """The place that holds the key, or the empty one where it belongs."""
        keys, mask = self._keys, self._room - 1
        at = key & mask
        while keys[at] and keys[at] != key:
            at = (at + 1) & mask
        return at

    def _grow(self) -> None:
        old = zip(self._keys, self._contents, self._rows, strict=True)
        self._make(self._room * 2)
        for key, content, row in old:
            if key:
                at = self._at(key)
                self._keys[at], self._contents[at], self._rows[at] = key, content, row


def _key(identity: bytes) -> int:
    """The part of an identity that is kept; 0 says that a place is empty."""
    return int.from_bytes(identity[:SHORT_BYTES], "big") or 1
