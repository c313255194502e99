"""What the forum keeps: processes, who is affected by them, remarks that nobody publishes."""

from gongzhi.forum.models.moderation import Appeal, Hiding, PostReport
from gongzhi.forum.models.processes import Phase, Process, ProcessStep
from gongzhi.forum.models.remarks import Remark, RemarkMessage, RemarkReceipt
from gongzhi.forum.models.stakeholders import Stakeholder, StakeholderInvitation, StakeholderWord
from gongzhi.forum.models.topics import Stance, Statement, TallyPart, Topic

__all__ = [
    "Appeal",
    "Hiding",
    "Phase",
    "PostReport",
    "Process",
    "ProcessStep",
    "Remark",
    "RemarkMessage",
    "RemarkReceipt",
    "Stakeholder",
    "StakeholderInvitation",
    "StakeholderWord",
    "Stance",
    "Statement",
    "TallyPart",
    "Topic",
]
