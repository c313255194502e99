"""A place's rules for the use of results; the data stands in rules/packs/…/results.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongzhi.core.scoring.pack import Citation
from gongzhi.core.terms import Ratio, Text


class UseOfResult(StrEnum):
    """What a grade means for next year's money, from best to worst."""

    PREFER = "prefer"  # 优先保障
    KEEP = "keep"  # 按需保障
    REDUCE = "reduce"  # 压减并整改
    CANCEL = "cancel"  # 取消，或者暂停到整改完成


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeEffect:
    """What a grade does: its use, and the share of the base that it takes away."""

    grade: str
    use: UseOfResult
    cut: Ratio
    clause: str
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionEffect:
    """An execution rate below this takes away that share of the base."""

    below: Ratio
    cut: Ratio
    clause: str
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEffect:
    """Each open matter takes away a share of the base, all together at most so much."""

    each: Ratio
    most: Ratio
    clause: str
    cited: Citation


class Measured(StrEnum):
    """What an indicator gives to a figure: its value, a percentage; or the reached share."""

    VALUE = "value"
    REACHED = "reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRules:
    """Which units people may look at for praise, and which for being urged; nothing is decided.

    grave_below: a line that earned less than this share of its weight is grave. Clauses: of praise,
    of being held responsible.
    """

    grave_below: Ratio
    best_grades: tuple[str, ...]
    praised_by: str
    urged_by: str
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class TiedPart:
    """A part of an institution's tied money: nothing below floor, all of it from full on.

    share is its share of the tied money; measure names the figure, a share from 0 to 1. It is the
    mean, by weight, of what the indicators under these headings give.
    """

    measure: str
    name: Text
    share: Ratio
    floor: Ratio
    full: Ratio
    headings: tuple[str, ...] = ()
    measured: Measured = Measured.REACHED


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionFormula:
    """How much of an institution's budget is tied to what it achieves, and to which figures.

    functional are the beginnings of the classes of function whose projects it is for.
    """

    code: str
    name: Text
    tied: Ratio
    parts: tuple[TiedPart, ...]
    clause: str
    cited: Citation
    functional: tuple[str, ...] = ()

    def is_for(self, functional: str) -> bool:
        """Whether projects of a class of function fall under it."""
        return any(functional.startswith(each) for each in self.functional)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRules:
    """The rules of a pack for the use of results.

    executions stand from the lowest bound to the highest; days are the working days in which the
    decision is due.
    """

    pack: str
    title: Text
    in_force_from: date
    grades: Mapping[str, GradeEffect]
    executions: tuple[ExecutionEffect, ...]
    rectification: OpenEffect
    duties: OpenEffect
    standing: StandingRules
    institutions: Mapping[str, InstitutionFormula]
    days: int
    cited: Citation

    def formula_for(self, functional: str) -> InstitutionFormula | None:
        """The formula that projects of a class of function fall under, if one does."""
        found = (each for each in self.institutions.values() if each.is_for(functional))
        return next(found, None)

    @property
    def address(self) -> str:
        """The rules' address: their pack and since when."""
        return f"{self.pack}/results@{self.in_force_from.isoformat()}"
