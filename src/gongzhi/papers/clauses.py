"""The rule that a finding rests on, as a reader is told."""

from gongzhi.core.audit.checked import CLAUSE
from gongzhi.core.terms import Finding, Said
from gongzhi.words import say


def clause_text(finding: Finding, language: str) -> str:
    """The finding's clause in the language."""
    return say(Said(CLAUSE, {"code": finding.code}), language)
