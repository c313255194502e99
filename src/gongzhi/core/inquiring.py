"""What becomes of what the people's congress asks: answered point by point, then assessed.

How far an inquiry is follows from its points alone. A point that wasn't answered to satisfaction
waits again; it ends when all are settled.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from gongzhi.core.terms import Said


class InquiryKind(StrEnum):
    """A question, or an opinion that came of a deliberation."""

    QUESTION = "question"
    OPINION = "opinion"


class InquiryStage(StrEnum):
    """How far an inquiry got."""

    OPEN = "open"  # a point waits for its answer
    ANSWERED = "answered"  # all are answered; the congress assesses
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Satisfaction(StrEnum):
    """What the congress finds of an answer."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    UNSATISFIED = "unsatisfied"


class PointState(StrEnum):
    """How far a point got."""

    WAITING = "waiting"
    ANSWERED = "answered"
    SETTLED = "settled"


def point_state(findings: Sequence[Satisfaction | None]) -> PointState:
    """How far a point got: what was found of its answers, the earliest first; the last counts.

    None stands for an answer that nobody has assessed yet.
    """
    if not findings or findings[-1] is Satisfaction.UNSATISFIED:
        return PointState.WAITING
    return PointState.ANSWERED if findings[-1] is None else PointState.SETTLED


def stage_of(points: Iterable[PointState]) -> InquiryStage:
    """How far an inquiry got that nobody took back."""
    states = set(points)
    assert states, "an inquiry has a point at least"
    if PointState.WAITING in states:
        return InquiryStage.OPEN
    return InquiryStage.ANSWERED if PointState.ANSWERED in states else InquiryStage.CLOSED


def why_no_answer(state: PointState, *, done: str, changed: str) -> Said | None:
    """Why an answer can't be taken, in words."""
    if state is not PointState.WAITING:
        return Said("这一条已经答复")
    if not done.strip() or not changed.strip():
        return Said("请写明做了什么、改变了什么；没有改变的，写明为什么")
    return None


def why_no_assessment(state: PointState, *, satisfaction: Satisfaction, reason: str) -> Said | None:
    """Why an answer can't be assessed, in words."""
    if state is PointState.WAITING:
        return Said("这一条还没有答复")
    if state is PointState.SETTLED:
        return Said("这一条已经评价")
    if satisfaction is Satisfaction.UNSATISFIED and not reason.strip():
        return Said("不满意的，请写明理由")
    return None
