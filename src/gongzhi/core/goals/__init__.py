"""Goals while they are written: suggestions, checks, the logic model, differences, costs, lessons.

    from gongzhi.core.goals import DraftGoal, DraftIndicator, suggest
    from gongzhi.rules.indicators import load_library

    suggest(words="小学课后服务", functional="2050202", library=load_library().values())

Everything is a value and nothing is asked elsewhere, so that a page may ask while somebody types.
"""

from gongzhi.core.goals.aspects import Aspect, Stage, aspect_of, headings_in
from gongzhi.core.goals.drafts import (
    Activity,
    Asked,
    Beneficiaries,
    DraftGoal,
    DraftIndicator,
    Ground,
    Measured,
    Past,
    draft_of,
)
from gongzhi.core.goals.lessons import ClosedProject, Similar, similar
from gongzhi.core.goals.library import Basis, LibraryIndicator, Typical
from gongzhi.core.goals.suggesting import Suggestion, suggest, taken_over

__all__ = [
    "Activity",
    "Asked",
    "Aspect",
    "Basis",
    "Beneficiaries",
    "ClosedProject",
    "DraftGoal",
    "DraftIndicator",
    "Ground",
    "LibraryIndicator",
    "Measured",
    "Past",
    "Similar",
    "Stage",
    "Suggestion",
    "Typical",
    "aspect_of",
    "draft_of",
    "headings_in",
    "similar",
    "suggest",
    "taken_over",
]
