"""What the forum keeps: processes, who is affected by them, remarks that nobody publishes."""

from gongzhi.forum.models.processes import Phase, Process, ProcessStep
from gongzhi.forum.models.remarks import Remark, RemarkMessage, RemarkReceipt
from gongzhi.forum.models.stakeholders import Stakeholder, StakeholderInvitation, StakeholderWord

__all__ = [
    "Phase",
    "Process",
    "ProcessStep",
    "Remark",
    "RemarkMessage",
    "RemarkReceipt",
    "Stakeholder",
    "StakeholderInvitation",
    "StakeholderWord",
]
