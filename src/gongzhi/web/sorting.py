"""Lists sorted by a column: links in the heads, the order in the address (`?sort=-gap`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict

from gongzhi.web.filters import kept

SORT, DOWN = "sort", "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column: its name, how the list is sorted by it, the address that sorts so."""

    name: str
    state: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """By which column a list is sorted, and which way; by none where nobody asked."""

    column: str
    downwards: bool
    heads: Mapping[str, Head]

    @property
    def order(self) -> str:
        """The order as an address has it; empty where nobody asked for one."""
        return f"{DOWN if self.downwards else ''}{self.column}"


def sorting_of(address: QueryDict, *, of: str, columns: Mapping[str, str]) -> Sorting:
    """What an address asks of a list, with the heads of the columns that can be sorted by.

    Large figures and late days matter most, so that the first click on a column begins with those;
    a second turns the order.
    """
    asked = address.get(SORT, "")
    column, downwards = asked.removeprefix(DOWN), asked.startswith(DOWN)
    if asked and column not in columns:
        raise BadRequest(SORT)
    return Sorting(
        column=column,
        downwards=downwards,
        heads={
            each: Head(
                name=name,
                state=_state(downwards) if each == column else "none",
                address=_address(
                    kept(address, of=of), each if each == column and downwards else DOWN + each
                ),
            )
            for each, name in columns.items()
        },
    )


def _state(downwards: bool) -> str:
    return "descending" if downwards else "ascending"


def _address(query: str, order: str) -> str:
    others = {name: value for name, value in QueryDict(query).items() if name != SORT}
    return "?" + urlencode({**others, SORT: order})
