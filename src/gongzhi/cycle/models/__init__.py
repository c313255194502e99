"""Projects and what became of them: goals, money, readings, alerts, forms, evaluations."""

from gongzhi.cycle.models.alerts import Alert, AlertStep, Watched
from gongzhi.cycle.models.citizens import ServiceAnswer, ServiceCheck, ServiceEvaluation
from gongzhi.cycle.models.disclosures import DisclosurePack, PackPiece, Redaction
from gongzhi.cycle.models.draws import Draw
from gongzhi.cycle.models.evaluations import (
    Evaluation,
    EvaluationStep,
    GapExplanation,
    Objection,
    ScoreSheet,
    WorkingPaper,
)
from gongzhi.cycle.models.facts import (
    DELIVERING,
    BudgetAct,
    BudgetLine,
    Contract,
    Delivery,
    Grant,
    Payment,
    SavedMapping,
)
from gongzhi.cycle.models.forms import DRAFTS, Answer, DerivedFinding, FormVersion
from gongzhi.cycle.models.goals import UNFINISHED, GoalIndicator, GoalStep, GoalVersion
from gongzhi.cycle.models.inquiries import Inquiry, InquiryAnswer, InquiryPoint, InquiryStep
from gongzhi.cycle.models.projects import Aim, Appraisal, Partner, Profile, Project
from gongzhi.cycle.models.promised import PlanLine, TargetLine
from gongzhi.cycle.models.readings import Collection, Evidence, Reading, Settlement, Submission
from gongzhi.cycle.models.rectifications import Feedback, Rectification, RectificationStep
from gongzhi.cycle.models.reports import Report, ReportVersion
from gongzhi.cycle.models.results import ResultDecision, ResultProposal, UseAccount
from gongzhi.cycle.models.sums import PurposeSum, WatchedSum
from gongzhi.cycle.models.whole_forms import WholeForm

__all__ = [
    "DELIVERING",
    "DRAFTS",
    "UNFINISHED",
    "Aim",
    "Alert",
    "AlertStep",
    "Answer",
    "Appraisal",
    "BudgetAct",
    "BudgetLine",
    "Collection",
    "Contract",
    "Delivery",
    "DerivedFinding",
    "DisclosurePack",
    "Draw",
    "Evaluation",
    "EvaluationStep",
    "Evidence",
    "Feedback",
    "FormVersion",
    "GapExplanation",
    "GoalIndicator",
    "GoalStep",
    "GoalVersion",
    "Grant",
    "Inquiry",
    "InquiryAnswer",
    "InquiryPoint",
    "InquiryStep",
    "Objection",
    "PackPiece",
    "Partner",
    "Payment",
    "PlanLine",
    "Profile",
    "Project",
    "PurposeSum",
    "Reading",
    "Rectification",
    "RectificationStep",
    "Redaction",
    "Report",
    "ReportVersion",
    "ResultDecision",
    "ResultProposal",
    "SavedMapping",
    "ScoreSheet",
    "ServiceAnswer",
    "ServiceCheck",
    "ServiceEvaluation",
    "Settlement",
    "Submission",
    "TargetLine",
    "UseAccount",
    "Watched",
    "WatchedSum",
    "WholeForm",
    "WorkingPaper",
]
