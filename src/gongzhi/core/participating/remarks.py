"""What becomes of a remark: answered with its outcome and reason, perhaps after asking back."""

from enum import StrEnum

from gongzhi.core.terms import Said


class RemarkKind(StrEnum):
    """What people come with: how to do better, or what isn't as it was promised."""

    SUGGESTION = "suggestion"
    OVERSIGHT = "oversight"


class RemarkStage(StrEnum):
    """How far a remark got."""

    OPEN = "open"  # waits for its answer
    ASKED = "asked"  # the office asked back
    ANSWERED = "answered"


class Outcome(StrEnum):
    """What came of it."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT = "not_adopted"
    ELSEWHERE = "elsewhere"  # belongs to somebody outside; the answer says to whom


class Voice(StrEnum):
    """Whose turn it is in the talk about a remark, and to what end."""

    REMARK = "remark"
    QUESTION = "question"
    ADDITION = "addition"
    ANSWER = "answer"


def is_writers(voice: Voice) -> bool:
    """Whether the writer says it, and not the office."""
    return voice in {Voice.REMARK, Voice.ADDITION}


def stage_after(voice: Voice) -> RemarkStage:
    """How far a remark is once this was said."""
    return {
        Voice.REMARK: RemarkStage.OPEN,
        Voice.QUESTION: RemarkStage.ASKED,
        Voice.ADDITION: RemarkStage.OPEN,
        Voice.ANSWER: RemarkStage.ANSWERED,
    }[voice]


def clock_starts_again(voice: Voice, *, stage: RemarkStage) -> bool:
    """Whether the days for the answer count anew: once what was asked for has been said."""
    return voice is Voice.ADDITION and stage is RemarkStage.ASKED


def why_not_said(text: str, *, outcome: str | None = None) -> Said | None:
    """Why what an office says can't be taken, in words; outcome is an answer's."""
    if not text.strip():
        return Said("请写明理由") if outcome is not None else Said("请写几句说明")
    if outcome is not None and outcome not in list(Outcome):
        return Said("请选择办理结果")
    return None
