"""What the editor of goals offers: indicators to take over, and projects like the one at hand."""

from collections.abc import Sequence
from typing import Any

from gongzhi.core.charter import Member
from gongzhi.core.goals import ClosedProject, DraftGoal, Suggestion, similar, suggest
from gongzhi.cycle.models import Project
from gongzhi.rules.indicators import load_library
from gongzhi.web.pages.goals.similar import closed_projects

SUGGESTED, NEAR = 10, 3


def suggested(member: Member, project: Project, goal: DraftGoal) -> tuple[Suggestion, ...]:
    """Indicators of the library and of closed projects that the goals don't have yet."""
    return _suggested(project, goal, closed=closed_projects(member, besides=project))


def _suggested(
    project: Project, goal: DraftGoal, *, closed: Sequence[ClosedProject]
) -> tuple[Suggestion, ...]:
    found = suggest(
        words=_words(project, goal),
        functional=goal.functional,
        library=load_library().values(),
        past=closed,
        have=goal.indicators,
    )
    return found[:SUGGESTED]


def name_of(suggestion: Suggestion) -> str:
    """What a suggestion is called in a form: its entry, or its project and indicator."""
    if suggestion.entry is not None:
        return suggestion.entry.code
    assert suggestion.project is not None
    return f"{suggestion.project.code}/{suggestion.indicator.name}"


def offered(member: Member, project: Project, goal: DraftGoal) -> dict[str, Any]:
    """What may be taken over, and what was learnt from projects like this one."""
    closed = closed_projects(member, besides=project)
    near = similar(words=_words(project, goal), functional=goal.functional, closed=closed)
    return {
        "suggestions": [(name_of(each), each) for each in _suggested(project, goal, closed=closed)],
        "near": near[:NEAR],
    }


def _words(project: Project, goal: DraftGoal) -> str:
    return f"{project.name} {goal.text}"
