"""Counts of people published side by side: none so small that it points to somebody.

Where a part is too small, others are withheld with it until what is withheld together is large
enough; otherwise the whole less the parts that are shown would tell it.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from gongzhi.core.privacy.suppressing import suppressed

Cell = TypeVar("Cell", bound=Hashable)


def parts_shown(parts: Mapping[Cell, int], *, least: int) -> Mapping[Cell, int | None]:
    """The parts of a whole that is known; None for those withheld."""
    held = {cell for cell, count in parts.items() if suppressed(count, least=least) is None}
    left = sorted((cell for cell in parts if cell not in held), key=lambda each: parts[each])
    for cell in left:
        if not held or (len(held) > 1 and sum(parts[each] for each in held) >= least):
            break
        if parts[cell]:
            held.add(cell)
    return {cell: None if cell in held else count for cell, count in parts.items()}


def whole_shown(parts: Mapping[Cell, int], *, least: int) -> int | None:
    """The whole; None where it is too small, or where what is withheld of it would be told."""
    shown = parts_shown(parts, least=least)
    held = [parts[cell] for cell, count in shown.items() if count is None]
    if held and (len(held) == 1 or sum(held) < least):
        return None
    return suppressed(sum(parts.values()), least=least)
