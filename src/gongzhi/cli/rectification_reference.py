"""The part of evaluation's reference page that says how putting right goes."""

from collections.abc import Iterator

from gongzhi.core.rectifying.stages import TRANSITIONS, RectificationStage
from gongzhi.core.results.rules import StandingRules
from gongzhi.rules.page import table
from gongzhi.words import say

HEADS = ("in stage", "step", "by", "leads to", "needs")
ABOUT = """\
A letter tells the evaluated of a concluded evaluation, of all of a project's year, or of an audit
result that is published, and asks for what has to be put right (clauses 4.16, 9.8). Plan, report
and check are due within the working days of the place's monitoring clocks, from the letter or from
the last return on. An alert is put right on its own course. What is late on the unit's side counts
against next year's money; what has time left doesn't."""


def rectification() -> Iterator[str]:
    """Heading, words, diagram and table."""
    yield "## Putting right"
    yield ABOUT
    yield _diagram()
    yield table(HEADS, _steps())


def standing(rules: StandingRules) -> str:
    """Whom people may look at; one line of the rules of results."""
    grades = "、".join(rules.best_grades)
    return (
        f"A line that earned less than {rules.grave_below} of its weight is grave. Listed for "
        f"people to decide: units with only {grades} and everything put right in time (clause "
        f"{rules.praised_by}); units with grave or late matters (clause {rules.urged_by})."
    )


def _diagram() -> str:
    arrows = [f"    {each.stage} --> {each.to}: {each.verb} ({each.side})" for each in TRANSITIONS]
    first, last = (
        f"    [*] --> {RectificationStage.OPEN}",
        f"    {RectificationStage.PASSED} --> [*]",
    )
    return "\n".join(["```mermaid", "stateDiagram-v2", first, *arrows, last, "```"])


def _steps() -> Iterator[tuple[str, ...]]:
    for each in TRANSITIONS:
        name = f"{say(each.name, 'zh')} · {say(each.name, 'en')}"
        needs = "a reason" if each.needs_reason else "measures"
        yield f"`{each.stage}`", f"`{each.verb}` {name}", each.side, f"`{each.to}`", needs
