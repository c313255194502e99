"""Who may do what, by which clause."""

from gongzhi.core.charter.asking import INSTALLATION, SYSTEM, VISITOR, Member, PartyKind, Thing
from gongzhi.core.charter.charter import Charter, Clause, Policy
from gongzhi.core.charter.deciding import Answer, Refused, decide, decide_all
from gongzhi.core.charter.parsing import BadCharter, CharterTexts, read_charter

__all__ = [
    "INSTALLATION",
    "SYSTEM",
    "VISITOR",
    "Answer",
    "BadCharter",
    "Charter",
    "CharterTexts",
    "Clause",
    "Member",
    "PartyKind",
    "Policy",
    "Refused",
    "Thing",
    "decide",
    "decide_all",
    "read_charter",
]
