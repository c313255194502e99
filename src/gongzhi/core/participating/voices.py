"""What becomes of a voice: answered with a reason, asked about once more, merged, taken back."""

from enum import StrEnum

from gongzhi.core.terms import Said


class VoiceKind(StrEnum):
    """What a voice asks for."""

    NEED = "need"  # 需求
    PROPOSAL = "proposal"  # 建议
    SUGGESTION = "suggestion"  # 修改意见: a figure, another one


class VoiceStage(StrEnum):
    """How far a voice got."""

    RECEIVED = "received"
    ANSWERED = "answered"
    ASKED = "asked"  # the answer didn't meet the point: once more
    SUPPLEMENTED = "supplemented"
    MERGED = "merged"  # it leads to the one that was kept
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What an answer says."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    DECLINED = "declined"


WAITING = (VoiceStage.RECEIVED, VoiceStage.ASKED)
AFTER_ANSWER = {
    VoiceStage.RECEIVED: VoiceStage.ANSWERED,
    VoiceStage.ASKED: VoiceStage.SUPPLEMENTED,
}
ALREADY = Said("这条意见已经答复")
NO_OUTCOME = Said("请选择采纳、部分采纳或者不采纳")
NO_REASON = Said("请写明理由：采纳了什么、怎么做，或者为什么不采纳")
BY_ADJUSTMENT = Said("采纳修改意见，请用“采纳并起草调整”：改动要落到绩效目标上")


def why_no_answer(
    kind: VoiceKind, stage: VoiceStage, *, outcome: Outcome | None, reason: str
) -> Said | None:
    """Why an answer can't be taken, in words; a suggestion is adopted by changing the figure."""
    if stage not in WAITING:
        return ALREADY
    if outcome is None:
        return NO_OUTCOME
    if not reason.strip():
        return NO_REASON
    is_first = stage is VoiceStage.RECEIVED
    if kind is VoiceKind.SUGGESTION and is_first and outcome is not Outcome.DECLINED:
        return BY_ADJUSTMENT
    return None
