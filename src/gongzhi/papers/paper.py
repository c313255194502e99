"""What an official paper of a kind consists of: its layout, and how values go in and come out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from gongzhi.core.terms import Form, FormType, Money, Problem
from gongzhi.papers.boxes import DrawnPaper, Filled, Layout, drawn
from gongzhi.papers.finding_boxes import FoundPaper

Value = TypeVar("Value")
Summary = tuple[str, str, str, Money | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Generic[Value]):
    """One entry of PAPERS.

    accepts are the kinds of forms of other layouts that are taken for it, of_form makes its value
    of them; summary is its line in the list of a workbook: code, project, unit, the amount that
    `money` names, how many indicators.
    """

    layout: Layout
    accepts: frozenset[FormType]
    filled: Callable[[Value], Filled]
    taken: Callable[[FoundPaper, list[Problem]], Value]
    of_form: Callable[[Form], Value]
    money: str
    name: Callable[[Value], str]
    summary: Callable[[Value], Summary]

    def drawn(self, value: Value, *, note: str = "") -> DrawnPaper:
        """The paper filled in with a value, and what stands under its title."""
        return drawn(self.layout, self.filled(value), name=self.name(value), note=note)
