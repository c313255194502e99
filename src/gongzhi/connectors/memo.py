"""Cells that were read once are remembered: columns repeat, and a look-up costs a tenth."""

from collections.abc import Callable
from typing import Any

REMEMBERED_MAX = 20_000


class Memo(dict[Any, Any]):
    """What each cell of a column was read as; forgets all when it has grown too large."""

    __slots__ = ("read",)

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: object) -> object:
        if len(self) >= REMEMBERED_MAX:
            self.clear()
        found = self[cell] = self.read(cell)
        return found


class Always(dict[Any, Any]):
    """The same value whatever a cell holds."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value

    def __missing__(self, cell: object) -> object:
        return self.value
