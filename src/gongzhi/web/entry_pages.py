"""Pages of the log's entries, the newest first: each begins below the last number before it.

Counting pages would cost more the longer the log is; this doesn't.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import QueryDict

from gongzhi.parties.deed_lists import key_before
from gongzhi.trust.proofs import entries_at, indexes_of, signed_size
from gongzhi.web.entries import ShownEntry, shown_entries

ROWS = 20
NUMBER_DIGITS_MAX = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """Some entries, the newest first; `older` is the number below which the next page begins."""

    entries: tuple[ShownEntry, ...] = ()
    older: int | None = None
    is_first: bool = True


def number_in(given: QueryDict, name: str) -> int | None:
    """The number that an address carries; raises BadRequest where it is none."""
    text = given.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS_MAX):
        raise BadRequest(name)
    return int(text)


def page_of_all(*, before: int | None) -> EntryPage:
    """A page of all entries, by their numbers."""
    size = signed_size()
    start = size if before is None else min(before, size)
    return _page(range(start - 1, max(-1, start - 1 - ROWS), -1), is_first=start == size)


def page_of(leaves: Callable[[UUID, int], list[UUID]], *, before: int | None) -> EntryPage:
    """A page of those entries whose leaves a function finds below a key, so many at most."""
    key = key_before(before)
    if key is None:
        return EntryPage()
    found = leaves(key, ROWS + 1)
    numbers = indexes_of(found[:ROWS])
    page = _page([numbers[leaf] for leaf in found[:ROWS] if leaf in numbers], is_first=not before)
    if len(found) > ROWS:
        return page
    return EntryPage(entries=page.entries, is_first=page.is_first)


def _page(indexes: Iterable[int], *, is_first: bool) -> EntryPage:
    entries = tuple(shown_entries(entries_at(list(indexes))))
    older = entries[-1].index if entries and entries[-1].index else None
    return EntryPage(entries=entries, older=older, is_first=is_first)
