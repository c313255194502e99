"""Projects and what became of them: their forms, findings in them, answers to findings."""

from gongzhi.cycle.models.forms import DRAFTS, Answer, DerivedFinding, FormVersion
from gongzhi.cycle.models.projects import Project

__all__ = [
    "DRAFTS",
    "Answer",
    "DerivedFinding",
    "FormVersion",
    "Project",
]
