"""What may be the matter with a witness, in a word for the database and a sentence for people."""

from collections.abc import Mapping
from enum import StrEnum

from gongzhi.core.terms import Said


class Trouble(StrEnum):
    """Why a witness that was asked has not cosigned; NONE once it has."""

    NONE = ""
    SILENT = "silent"
    REFUSES = "refuses"
    NOT_ITSELF = "not-itself"
    AHEAD = "ahead"
    DISPUTES = "disputes"
    NO_PROOF = "no-proof"


SENTENCES: Mapping[Trouble, str] = {
    Trouble.NONE: "已见证",
    Trouble.SILENT: "没有应答",
    Trouble.REFUSES: "拒绝见证：可能没有登记本日志的公钥，或者已经退役",
    Trouble.NOT_ITSELF: "应答不是用它登记的密钥签的",
    Trouble.AHEAD: "它见证过更长的日志：本数据库可能是旧备份",
    Trouble.DISPUTES: "它看到过的历史与本日志不同",
    Trouble.NO_PROOF: "本日志缺少证明增长所需的哈希；请运行 gongzhi ledger audit",
}


def trouble_said(trouble: str) -> Said:
    """The sentence of a stored trouble."""
    return Said(SENTENCES[Trouble(trouble)])
