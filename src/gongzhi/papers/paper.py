"""What an official paper of a kind consists of: its layout, and how values go in and come out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from gongzhi.core.terms import Form, FormType, Money, Problem
from gongzhi.papers.boxes import DrawnPaper, Filled, Layout, drawn
from gongzhi.papers.finding_boxes import FoundPaper

Value = TypeVar("Value")


class Summary(NamedTuple):
    """A paper in the list of a workbook; the amount is the one that its `money` names."""

    code: str
    project: str
    unit: str
    amount: Money | None
    indicators: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Generic[Value]):
    """One entry of PAPERS.

    accepts are the kinds of forms of other layouts that are taken for it, of_form makes its value
    of them; money names the amount of its summary.
    """

    layout: Layout
    accepts: frozenset[FormType]
    filled: Callable[[Value], Filled]
    taken: Callable[[FoundPaper, list[Problem]], Value]
    of_form: Callable[[Form], Value]
    money: str
    summary: Callable[[Value], Summary]

    def drawn(self, value: Value, *, note: str = "") -> DrawnPaper:
        """The paper filled in with a value, and what stands under its title."""
        return drawn(self.layout, self.filled(value), name=self.summary(value).project, note=note)
