"""Pages of a list whose length is known from kept sums: nobody counts its rows once more."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class CountedPages(Paginator):  # type: ignore[type-arg]  # it takes none when it runs
    """A paginator that is told how many rows there are; None: they are counted."""

    def __init__(self, rows: Any, per_page: int, *, known: int | None) -> None:
        super().__init__(rows, per_page)
        self._known = known

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return super().count if self._known is None else self._known
