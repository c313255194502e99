"""Next year's money by rule: what each project gets, what binds it, what a limit costs."""

from gongzhi.core.balance.allocation.allocated import (
    Allocation,
    Binding,
    Difference,
    Granted,
    Impossible,
    LimitUse,
    by_department,
    differences,
)
from gongzhi.core.balance.allocation.allocating import allocate
from gongzhi.core.balance.allocation.asked import (
    AllocationRules,
    Asked,
    Band,
    Limit,
    LimitOf,
    Request,
)

__all__ = [
    "Allocation",
    "AllocationRules",
    "Asked",
    "Band",
    "Binding",
    "Difference",
    "Granted",
    "Impossible",
    "Limit",
    "LimitOf",
    "LimitUse",
    "Request",
    "allocate",
    "by_department",
    "differences",
]
