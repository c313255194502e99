"""Pages of a list whose length is known: nobody counts its rows once more."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class CountedPages(Paginator):  # type: ignore[type-arg]  # it takes none when it runs
    """A paginator that is told how many rows there are; None: they are counted.

    is_cut: there are more, and only so many are shown.
    """

    def __init__(
        self, rows: Any, per_page: int, *, known: int | None, is_cut: bool = False
    ) -> None:
        super().__init__(rows, per_page)
        self._known = known
        self.is_cut = is_cut

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return super().count if self._known is None else self._known
