"""Why something doesn't prove what it claims; the browser's verifier gives the same reasons."""

from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.terms import Said


class Reason(StrEnum):
    """One word for each way in which a key, note, policy or proof fails."""

    KEY = "key"
    NOTE = "note"
    CHECKPOINT = "checkpoint"
    PROOF = "proof"
    POLICY = "policy"
    QUORUM_LINE = "quorum-line"
    SIGNATURE = "signature"
    UNSIGNED = "unsigned"
    QUORUM = "quorum"
    INDEX = "index"
    TREE = "tree"
    REQUEST = "request"
    ROW = "row"
    VALUE = "value"
    BATCH = "batch"


SENTENCES = {
    Reason.KEY: "密钥的写法不对：{detail}",
    Reason.NOTE: "检查点的签名部分格式不对（可能被改动过或没有下载完整）",
    Reason.CHECKPOINT: "检查点正文格式不对",
    Reason.PROOF: "这不是一份完好的证明文件（可能被改动过或没有下载完整）",
    Reason.POLICY: "信任策略的第 {detail} 行不合格式",
    Reason.QUORUM_LINE: "信任策略没有写明 quorum（要几家见证）",
    Reason.SIGNATURE: "{detail} 的签名与检查点不符",
    Reason.UNSIGNED: "检查点没有信任策略所列日志的签名：{detail}",
    Reason.QUORUM: "见证方的签名不够信任策略要求的数目",
    Reason.INDEX: "序号超出了检查点的范围：{detail}",
    Reason.TREE: "由这份记录算不出检查点的根：记录或证明被改动过，或者两者不是一对",
    Reason.REQUEST: "这不是一份请求见证的内容",
    Reason.ROW: "这不是一份完好的行证明文件（可能被改动过或没有下载完整）",
    Reason.VALUE: "所示的值与这一行的承诺不符：{detail}",
    Reason.BATCH: "由第 {detail} 行算不出存证里的批根：行被改动过，或者不属于这一批",
}


@dataclass(frozen=True, slots=True)
class Rejected:
    """The verdict that something proves nothing; detail is a name, number or line."""

    reason: Reason
    detail: str = ""

    @property
    def said(self) -> Said:
        """The reason as a sentence."""
        return Said(SENTENCES[self.reason], {"detail": self.detail})


class RejectedError(ValueError):
    """Raised by readers and checks; whoever asked for a verdict gets its `rejected`."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.rejected = Rejected(reason, detail)
