"""What is done in the cycle; one file a subject."""

from gongzhi.cycle.actions.forms import (
    Accepted,
    accept_finding,
    correct_form,
    draft_form,
    explain_finding,
    publish_form,
    withdraw_draft,
)
from gongzhi.cycle.actions.projects import register_project

__all__ = [
    "Accepted",
    "accept_finding",
    "correct_form",
    "draft_form",
    "explain_finding",
    "publish_form",
    "register_project",
    "withdraw_draft",
]
