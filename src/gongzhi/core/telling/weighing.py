"""How far several projects are as one, weighed by their budgets.

What is weighed can be added in any order and kept half-way, as with `core.monitoring.Sums`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.monitoring.figures import NOTHING, WHOLE
from gongzhi.core.terms import Money, Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A project of several: its budget, the share of its goals that was reached and was due.

    is_over tells whether its year is.
    """

    budget: Money | None
    reached: Ratio | None
    due: Ratio | None
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Projects added up: shares times budgets, and the same shares each counted alike.

    read counts those of which something was read, dated those of which something was due, over
    those whose year is over. No share counts for more than the whole.
    """

    projects: int = 0
    budget: Money = NOTHING
    read: int = 0
    dated: int = 0
    over: int = 0
    reached: Money = NOTHING
    reached_evenly: Ratio = NOTHING
    due: Money = NOTHING
    due_evenly: Ratio = NOTHING

    def __add__(self, other: "Parts") -> "Parts":
        """Both together."""
        return Parts(
            projects=self.projects + other.projects,
            budget=self.budget + other.budget,
            read=self.read + other.read,
            dated=self.dated + other.dated,
            over=self.over + other.over,
            reached=self.reached + other.reached,
            reached_evenly=self.reached_evenly + other.reached_evenly,
            due=self.due + other.due,
            due_evenly=self.due_evenly + other.due_evenly,
        )

    @property
    def is_over(self) -> bool:
        """Whether the year of all of them is."""
        return self.over == self.projects

    @property
    def weighed(self) -> tuple[Ratio | None, Ratio | None]:
        """What they reached and should have reached, as one.

        A project without a reading counts as nothing reached as soon as another was read; without
        budgets all weigh the same.
        """
        if not self.read:
            return None, None
        whole = self.budget or Decimal(self.projects)
        reached = self.reached if self.budget else self.reached_evenly
        due = self.due if self.budget else self.due_evenly
        return reached / whole, due / whole if self.dated else None


def parts_of(part: Part) -> Parts:
    """One project, ready to be added to others."""
    budget = part.budget or NOTHING
    reached = min(part.reached or NOTHING, WHOLE)
    due = min(part.due or NOTHING, WHOLE)
    return Parts(
        projects=1,
        budget=budget,
        read=int(part.reached is not None),
        dated=int(part.due is not None),
        over=int(part.is_over),
        reached=reached * budget,
        reached_evenly=reached,
        due=due * budget,
        due_evenly=due,
    )


def weighed(parts: Iterable[Part]) -> tuple[Ratio | None, Ratio | None]:
    """What several projects reached and should have reached, as one."""
    return sum(map(parts_of, parts), Parts()).weighed
