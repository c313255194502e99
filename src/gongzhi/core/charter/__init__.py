"""Who may do what, by which clause."""

from gongzhi.core.charter.asking import (
    INSTALLATION,
    SYSTEM,
    VISITOR,
    Assurance,
    Member,
    PartyKind,
    Thing,
)
from gongzhi.core.charter.charter import Charter, Clause, Institution, Part, Policy
from gongzhi.core.charter.deciding import Answer, Refused, decide, decide_all
from gongzhi.core.charter.parsing import BadCharter, read_charter
from gongzhi.core.charter.texts import CharterTexts, Vocabulary

__all__ = [
    "INSTALLATION",
    "SYSTEM",
    "VISITOR",
    "Answer",
    "Assurance",
    "BadCharter",
    "Charter",
    "CharterTexts",
    "Clause",
    "Institution",
    "Member",
    "Part",
    "PartyKind",
    "Policy",
    "Refused",
    "Thing",
    "Vocabulary",
    "decide",
    "decide_all",
    "read_charter",
]
