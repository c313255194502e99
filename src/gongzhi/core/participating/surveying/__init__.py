"""Surveys: questions, answers that fit them, and what the answers come to.

found, faults = answers_to(questions, given)               -> what fits, what is wrong where
results_of(questions, answers, frame=…, rules=…)           -> figures that may be published
"""

from gongzhi.core.participating.surveying.answering import Answers, answers_to, sealable
from gongzhi.core.participating.surveying.questions import (
    Frame,
    Option,
    Question,
    QuestionKind,
    SurveyRules,
    faults_of_questions,
)
from gongzhi.core.participating.surveying.results import (
    QuestionResult,
    Results,
    Row,
    results_of,
)
from gongzhi.core.participating.surveying.weighting import Estimate, Weighting

__all__ = [
    "Answers",
    "Estimate",
    "Frame",
    "Option",
    "Question",
    "QuestionKind",
    "QuestionResult",
    "Results",
    "Row",
    "SurveyRules",
    "Weighting",
    "answers_to",
    "faults_of_questions",
    "results_of",
    "sealable",
]
