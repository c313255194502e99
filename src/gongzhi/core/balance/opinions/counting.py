"""What each group says of each statement: counts, shares, and tests of proportions."""

from dataclasses import dataclass

import numpy as np

from gongzhi.core.balance.opinions.matrix import KINDS, Numbers, Places, StanceMatrix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """How many of each group (rows) agree, disagree and answered each statement (columns)."""

    agree: Numbers
    disagree: Numbers
    seen: Numbers

    @property
    def passed(self) -> Numbers:
        """How many passed."""
        return self.seen - self.agree - self.disagree


def counted(matrix: StanceMatrix, group: Places, *, groups: int) -> Counts:
    """The stances of a matrix by group."""
    width = KINDS * len(matrix.statements)
    place = np.repeat(group, matrix.answered) * width + matrix.cells
    found = np.bincount(place, minlength=groups * width).astype(np.float64)
    kinds = found.reshape(groups, len(matrix.statements), KINDS)
    return Counts(agree=kinds[..., 2], disagree=kinds[..., 0], seen=kinds.sum(axis=-1))


def share(part: Numbers, whole: Numbers) -> Numbers:
    """The probability by Laplace's rule: nobody asked is one half."""
    return (part + 1) / (whole + 2)


def above_half(part: Numbers, whole: Numbers) -> Numbers:
    """The z-value that more than half do (one proportion)."""
    found: Numbers = 2 * np.sqrt(whole + 1) * ((part + 1) / (whole + 1) - 0.5)
    return found


def above_others(part: Numbers, whole: Numbers, others: Numbers, asked: Numbers) -> Numbers:
    """The z-value that the share is greater than among the others (two proportions)."""
    one, other = (part + 1) / (whole + 1), (others + 1) / (asked + 1)
    both = (part + others + 2) / (whole + asked + 2)
    # where everybody agrees the two shares are the same: nothing tells them apart
    wide = np.sqrt(np.maximum(both * (1 - both) * (1 / (whole + 1) + 1 / (asked + 1)), 0))
    return np.divide(one - other, wide, out=np.zeros_like(one), where=wide > 0)


def priority(*, agree: Numbers, passed: Numbers, seen: Numbers, extremity: Numbers) -> Numbers:
    """How much a statement deserves to be shown next (Polis: comment priority).

    Those that many agree with and few pass on, that tell groups apart, and new ones first.
    """
    agreed, skipped = share(agree, seen), share(passed, seen)
    importance = (1 - skipped) * (extremity + 1) * agreed
    found: Numbers = (importance * (1 + 8 * 2 ** (-seen / 5))) ** 2
    return found


def priority_unseen() -> float:
    """The priority of a statement that nobody has seen yet, and of which no map knows."""
    nobody = np.zeros(1)
    return float(priority(agree=nobody, passed=nobody, seen=nobody, extremity=nobody)[0])
