"""Where a project's money comes from, as the official forms ask for it."""

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
