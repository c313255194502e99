"""A kind of indicator: which targets it is for, and how it measures them."""

from collections.abc import Callable
from dataclasses import dataclass

from gongzhi.core.indicators.promise import Promise
from gongzhi.core.indicators.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One entry of the open list KINDS."""

    name: str
    fits: Callable[[Promise], bool]
    reached: Callable[[Promise, str | None], Reach]
