"""What an official paper of a kind consists of: its layout, and how values go in and come out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from gongzhi.core.terms import Form, FormType, Problem
from gongzhi.papers.boxes import DrawnPaper, Filled, Layout, drawn
from gongzhi.papers.finding_boxes import FoundPaper

Value = TypeVar("Value")


class Summary(NamedTuple):
    """A paper in the list of a workbook; the figure is the one that its paper names."""

    code: str
    project: str
    unit: str
    figure: str
    indicators: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paper(Generic[Value]):
    """One entry of PAPERS.

    figure names that of its summary; of_forms makes its value of other layouts, by their kinds.
    """

    layout: Layout
    filled: Callable[[Value], Filled]
    taken: Callable[[FoundPaper, list[Problem]], Value]
    figure: str
    summary: Callable[[Value], Summary]
    of_forms: Mapping[FormType, Callable[[Form], Value]] = field(default_factory=dict)

    def drawn(self, value: Value, *, note: str = "") -> DrawnPaper:
        """The paper filled in with a value, and what stands under its title."""
        return drawn(self.layout, self.filled(value), name=self.summary(value).project, note=note)
