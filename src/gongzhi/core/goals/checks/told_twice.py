"""指标重复: the same thing is promised, and scored, twice."""

import re
from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck, Line
from gongzhi.core.goals.likeness import alike
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.numbers import bare_number
from gongzhi.core.terms import Said

FIGURES = re.compile(r"[0-9]+")
COMPARED_MAX = 150  # beyond this only equal names are found: each is compared with each


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """The later of two lines with the same name, or nearly the same name and figures in it.

    A bare number is no name; the form's own check says so.
    """
    seen: dict[str, Line] = {}
    near = len(case.lines) <= COMPARED_MAX
    for line in case.lines:
        name = canonical(line.draft.name)
        if not name or bare_number(name) is not None:
            continue
        earlier = seen.get(name) or (_alike(name, seen, rule) if near else None)
        seen.setdefault(name, line)
        if earlier is not None:
            values = {"name": line.name, "earlier": earlier.name}
            said = Said("“{name}”与“{earlier}”衡量的是同一件事，会算两次", values)
            yield Fault(where=line.where, said=said)


def _alike(name: str, seen: dict[str, Line], rule: GoalRule) -> Line | None:
    """7 天访视 and 42 天访视 differ by their figures."""
    figures = FIGURES.findall(name)
    for other, line in seen.items():
        if FIGURES.findall(other) == figures and alike(name, other) >= rule.numbers["likeness"]:
            return line
    return None


CHECK = GoalCheck(code="told_twice", field="name", find=find, numbers=("likeness",))
