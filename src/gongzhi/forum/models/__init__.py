"""What the forum keeps: processes, who is affected, remarks that nobody publishes, voices."""

from gongzhi.forum.models.attendances import Attendance
from gongzhi.forum.models.decided import (
    ActionItem,
    ActionReport,
    Minutes,
    MinutesPassage,
    Resolution,
    ResolutionVote,
)
from gongzhi.forum.models.meetings import AgendaItem, Meeting, MeetingSeries, SeriesMember
from gongzhi.forum.models.moderation import Appeal, Hiding, PostReport
from gongzhi.forum.models.processes import Phase, Process, ProcessStep
from gongzhi.forum.models.remarks import Remark, RemarkMessage, RemarkReceipt
from gongzhi.forum.models.stakeholders import Stakeholder, StakeholderInvitation, StakeholderWord
from gongzhi.forum.models.surveys import (
    PaperKeying,
    Survey,
    SurveyAnswer,
    SurveyMark,
    SurveyPaper,
    SurveyQuestion,
    SurveyResult,
)
from gongzhi.forum.models.topics import Stance, Statement, TallyPart, Topic
from gongzhi.forum.models.voices import (
    AdoptedChange,
    ResourceOffer,
    Suggestion,
    Support,
    Voice,
    VoiceAnswer,
    VoiceStep,
)

__all__ = [
    "ActionItem",
    "ActionReport",
    "AdoptedChange",
    "AgendaItem",
    "Appeal",
    "Attendance",
    "Hiding",
    "Meeting",
    "MeetingSeries",
    "Minutes",
    "MinutesPassage",
    "PaperKeying",
    "Phase",
    "PostReport",
    "Process",
    "ProcessStep",
    "Remark",
    "RemarkMessage",
    "RemarkReceipt",
    "Resolution",
    "ResolutionVote",
    "ResourceOffer",
    "SeriesMember",
    "Stakeholder",
    "StakeholderInvitation",
    "StakeholderWord",
    "Stance",
    "Statement",
    "Suggestion",
    "Support",
    "Survey",
    "SurveyAnswer",
    "SurveyMark",
    "SurveyPaper",
    "SurveyQuestion",
    "SurveyResult",
    "TallyPart",
    "Topic",
    "Voice",
    "VoiceAnswer",
    "VoiceStep",
]
