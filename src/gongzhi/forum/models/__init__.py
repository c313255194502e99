"""What the forum keeps: processes, who is affected, voices, surveys, meetings, panels, votes."""

from gongzhi.forum.models.attendances import Attendance, MeetingMail
from gongzhi.forum.models.ballots import (
    Ballot,
    BallotBox,
    BallotKeying,
    BallotPaper,
    BallotReceipt,
    BoxKeeper,
)
from gongzhi.forum.models.compensation_objections import CompensationObjection
from gongzhi.forum.models.compensations import (
    Compensation,
    CompensationBasis,
    Instalment,
    InstalmentPayment,
    LatenessExplanation,
)
from gongzhi.forum.models.decided import (
    ActionItem,
    ActionReport,
    Minutes,
    MinutesPassage,
    Resolution,
    ResolutionVote,
)
from gongzhi.forum.models.feeds import MeetingFeed
from gongzhi.forum.models.joint import (
    CharityLicence,
    JointContribution,
    JointNeed,
    JointOffer,
    JointProject,
    JointReconciliation,
    JointRole,
    JointStatement,
    JointTask,
    VolunteerLog,
)
from gongzhi.forum.models.market import (
    BiddingDeclaration,
    CostQuote,
    DisclosureConsent,
    MarketOpinion,
    MarketQuestion,
    MarketRange,
    QuoteOpening,
    RangeUse,
)
from gongzhi.forum.models.meetings import AgendaItem, Meeting, MeetingSeries, SeriesMember
from gongzhi.forum.models.moderation import Appeal, Hiding, PostReport
from gongzhi.forum.models.negotiation_positions import NegotiationPosition
from gongzhi.forum.models.negotiation_terms import NegotiationCriterion, PositionTerms
from gongzhi.forum.models.negotiations import (
    LegalGate,
    Negotiation,
    NegotiationParty,
    NegotiationRound,
    PlanOption,
    RoundAnswer,
)
from gongzhi.forum.models.opinion_maps import CommonGround, OpinionMap
from gongzhi.forum.models.panel_draws import PanelLottery, PanelSolving
from gongzhi.forum.models.panel_opinions import PanelOpinion
from gongzhi.forum.models.panels import (
    Panel,
    PanelAttendance,
    PanelChange,
    PanelVolunteer,
)
from gongzhi.forum.models.plan_figures import FigureTaken, PlanFigure
from gongzhi.forum.models.processes import Phase, Process, ProcessStep
from gongzhi.forum.models.remarks import Remark, RemarkMessage, RemarkReceipt
from gongzhi.forum.models.settlements import (
    Settlement,
    SettlementTransfer,
    Signature,
    TransferPart,
)
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
from gongzhi.forum.models.understanding import UnderstoodCount
from gongzhi.forum.models.voice_steps import ResourceOffer, VoiceStep
from gongzhi.forum.models.voices import (
    AdoptedChange,
    Suggestion,
    Support,
    Voice,
    VoiceAnswer,
)
from gongzhi.forum.models.votes import (
    ProposalCheck,
    Vote,
    VoteMethod,
    VoteProposal,
    VoteResult,
)
from gongzhi.forum.models.voting_rolls import RollChange, RollEntry

__all__ = [
    "ActionItem",
    "ActionReport",
    "AdoptedChange",
    "AgendaItem",
    "Appeal",
    "Attendance",
    "Ballot",
    "BallotBox",
    "BallotKeying",
    "BallotPaper",
    "BallotReceipt",
    "BiddingDeclaration",
    "BoxKeeper",
    "CharityLicence",
    "CommonGround",
    "Compensation",
    "CompensationBasis",
    "CompensationObjection",
    "CostQuote",
    "DisclosureConsent",
    "FigureTaken",
    "Hiding",
    "Instalment",
    "InstalmentPayment",
    "JointContribution",
    "JointNeed",
    "JointOffer",
    "JointProject",
    "JointReconciliation",
    "JointRole",
    "JointStatement",
    "JointTask",
    "LatenessExplanation",
    "LegalGate",
    "MarketOpinion",
    "MarketQuestion",
    "MarketRange",
    "Meeting",
    "MeetingFeed",
    "MeetingMail",
    "MeetingSeries",
    "Minutes",
    "MinutesPassage",
    "Negotiation",
    "NegotiationCriterion",
    "NegotiationParty",
    "NegotiationPosition",
    "NegotiationRound",
    "OpinionMap",
    "Panel",
    "PanelAttendance",
    "PanelChange",
    "PanelLottery",
    "PanelOpinion",
    "PanelSolving",
    "PanelVolunteer",
    "PaperKeying",
    "Phase",
    "PlanFigure",
    "PlanOption",
    "PositionTerms",
    "PostReport",
    "Process",
    "ProcessStep",
    "ProposalCheck",
    "QuoteOpening",
    "RangeUse",
    "Remark",
    "RemarkMessage",
    "RemarkReceipt",
    "Resolution",
    "ResolutionVote",
    "ResourceOffer",
    "RollChange",
    "RollEntry",
    "RoundAnswer",
    "SeriesMember",
    "Settlement",
    "SettlementTransfer",
    "Signature",
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
    "TransferPart",
    "UnderstoodCount",
    "Voice",
    "VoiceAnswer",
    "VoiceStep",
    "VolunteerLog",
    "Vote",
    "VoteMethod",
    "VoteProposal",
    "VoteResult",
]
