"""What is to be said about goals as they are written: findings by field, the picture, the costs."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongzhi.core.goals import (
    FIELDS,
    Cost,
    DraftGoal,
    check_goal,
    cost_per_beneficiary,
    cost_per_unit,
    logic_model,
)
from gongzhi.core.terms import Finding, Text
from gongzhi.parties.business_date import business_date
from gongzhi.rules.goals import load_examples, load_goal_rules
from gongzhi.rules.packs import PACKS, load_packs
from gongzhi.rules.packs.folders import USUAL
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.goals.logic_drawing import LogicDrawing, drawn_logic

OF_LINES = frozenset({"name", "target", "weight", "level2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A finding at its field; `line` is the place of the indicator that it is about, if any."""

    finding: Finding
    field: str
    line: int | None

    @property
    def id(self) -> str:
        """The element that it is about."""
        return self.field if self.line is None else f"{self.field}-{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look at goals found."""

    hints: tuple[Hint, ...]
    logic: LogicDrawing
    per_beneficiary: tuple[Cost, ...]
    per_unit: tuple[Cost, ...]

    def at(self, field: str) -> tuple[Hint, ...]:
        """The hints about the goal as a whole at a field."""
        return tuple(each for each in self.hints if each.line is None and each.field == field)

    def on(self, line: int) -> tuple[Hint, ...]:
        """The hints about an indicator."""
        return tuple(each for each in self.hints if each.line == line)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldExample:
    """What belongs into a field, written well and badly, in the reader's language."""

    hint: str
    good: str
    bad: str


def looked_at(goal: DraftGoal, *, pack: str) -> Looked:
    """All that is to be said about goals under a pack."""
    rules = load_goal_rules(on=business_date())
    found = check_goal(goal, pack=load_packs()[pack if pack in PACKS else USUAL], rules=rules)
    return Looked(
        hints=tuple(_hint(each) for each in found),
        logic=drawn_logic(logic_model(goal)),
        per_beneficiary=cost_per_beneficiary(goal),
        per_unit=cost_per_unit(goal),
    )


def _hint(finding: Finding) -> Hint:
    field, line = FIELDS.get(finding.code, "text"), finding.where.indicator
    if line is None and field in OF_LINES:
        field = "indicators"
    return Hint(finding=finding, field=field, line=line if field in OF_LINES else None)


def examples() -> Mapping[str, FieldExample]:
    """Good and bad wording of each field."""
    found = load_examples()
    return {name: _spoken(each.hint, each.good, each.bad) for name, each in found.items()}


def _spoken(hint: Text, good: Text, bad: Text) -> FieldExample:
    told = [each.en if reader_language() == "en" else each.zh for each in (hint, good, bad)]
    return FieldExample(hint=told[0], good=told[1], bad=told[2])
