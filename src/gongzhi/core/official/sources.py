"""Where a project's money comes from, as the official forms ask for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


@dataclass(frozen=True, kw_only=True)
class Sources(Generic[Kept]):
    """Something kept for the whole (年度资金总额) and for each source of it."""

    total: Kept
    fiscal: Kept  # 其中：当年财政拨款
    carried: Kept  # 上年结转资金
    other: Kept  # 其他资金

    @classmethod
    def of(cls, make: Callable[[str], Kept]) -> "Sources[Kept]":
        """What is made for each, told its name."""
        return cls(
            total=make("total"),
            fiscal=make("fiscal"),
            carried=make("carried"),
            other=make("other"),
        )

    @property
    def named(self) -> Mapping[str, Kept]:
        """Each by its name, in the order of the forms."""
        return {
            "total": self.total,
            "fiscal": self.fiscal,
            "carried": self.carried,
            "other": self.other,
        }
