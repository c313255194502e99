"""What the forum keeps: processes in phases, who is affected by them."""

from gongzhi.forum.models.processes import Phase, Process, ProcessStep
from gongzhi.forum.models.stakeholders import Stakeholder, StakeholderInvitation, StakeholderWord

__all__ = [
    "Phase",
    "Process",
    "ProcessStep",
    "Stakeholder",
    "StakeholderInvitation",
    "StakeholderWord",
]
