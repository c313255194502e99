"""人人满意: a satisfaction of 100 %, which no honest survey finds."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """Per cent from the limit on."""
    for line in case.lines:
        number = line.number
        if number is None or not number.is_per_cent or not line.asks_people:
            continue
        if number.value >= rule.numbers["percent"]:
            values = {"name": line.name, "target": number.value}
            text = "“{name}”承诺 {target}%：诚实的调查很少人人满意，问的是谁、怎么问"
            figures = f"{plain(number.value)} ≥ {plain(rule.numbers['percent'])}"
            yield Fault(where=line.where, said=Said(text, {**values}), arithmetic=figures)


CHECK = GoalCheck(code="all_satisfied", field="target", find=find, numbers=("percent",))
