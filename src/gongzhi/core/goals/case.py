"""A drafted goal laid out for its checks: every line read once, the pack and the norms at hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gongzhi.core.audit.case import Case, Fault, Row, case_of
from gongzhi.core.goals.aspects import Aspect, Stage
from gongzhi.core.goals.drafts import DraftGoal, DraftIndicator
from gongzhi.core.goals.rules import CostNorm, GoalRule
from gongzhi.core.indicators import kind_of
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.numbers import Number
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.terms import Said, Where

SATISFACTION = "满意"


@dataclass(frozen=True, kw_only=True)
class Line:
    """An indicator of the draft with its target as a number, where it is one."""

    draft: DraftIndicator
    row: Row

    @property
    def where(self) -> Where:
        """Its place among the indicators."""
        return self.row.where

    @property
    def name(self) -> str | Said:
        """What to call it in a sentence."""
        return self.row.name

    @property
    def number(self) -> Number | None:
        """The target as a number."""
        return self.row.target

    @property
    def target(self) -> str:
        """The target in canonical form, nothing where none was written."""
        return self.row.promise.text

    @property
    def less_is_better(self) -> bool:
        """Which way is better: as the draft says, else as sign or heading do."""
        told = self.draft.less_is_better
        return self.row.promise.less_is_better if told is None else told

    @cached_property
    def aspect(self) -> Aspect | None:
        """The level-2 kind."""
        return self.draft.aspect

    @property
    def stage(self) -> Stage | None:
        """Where in the chain it stands."""
        return None if self.aspect is None else self.aspect.stage

    @cached_property
    def kind(self) -> str:
        """The name of the kind that measures its target."""
        return kind_of(self.row.promise).name

    @property
    def asks_people(self) -> bool:
        """Whether it is about satisfaction."""
        return self.aspect is Aspect.SATISFACTION or SATISFACTION in canonical(self.draft.name)


@dataclass(frozen=True, kw_only=True)
class GoalCase:
    """What the checks of goals look at."""

    goal: DraftGoal
    form_case: Case
    lines: tuple[Line, ...]
    norms: tuple[CostNorm, ...] = ()

    @property
    def pack(self) -> Pack:
        """The rules of the place."""
        return self.form_case.pack

    @property
    def where(self) -> Where:
        """The goal as a whole."""
        return self.form_case.form.where

    @property
    def budget(self) -> Decimal | None:
        """The money, if there is any to divide."""
        budget = self.goal.budget
        return budget if budget is not None and budget > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalCheck:
    """One entry of the open list GOAL_CHECKS: its code, the field it stands at, how it is found.

    numbers, patterns and words name what its rule has to bring; by_pack tells that the finding
    rests on the place's rule pack.
    """

    code: str
    field: str
    find: Callable[[GoalCase, GoalRule], Iterator[Fault]]
    certain: bool = False
    by_pack: bool = False
    numbers: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    words: bool = False


def goal_case(goal: DraftGoal, *, pack: Pack, norms: tuple[CostNorm, ...] = ()) -> GoalCase:
    """Read every line of a goal once."""
    form = goal.as_form(execution_weight=pack.execution.weight)
    case = case_of(form, pack=pack)
    lines = tuple(
        Line(draft=draft, row=row) for draft, row in zip(goal.indicators, case.rows, strict=True)
    )
    return GoalCase(goal=goal, form_case=case, lines=lines, norms=norms)
