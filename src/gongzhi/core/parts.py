"""Many things, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


def in_parts(things: Iterable[Thing], *, size: int) -> Iterator[tuple[Thing, ...]]:
    """So many at a time, in order."""
    left = iter(things)
    while part := tuple(islice(left, size)):
        yield part
