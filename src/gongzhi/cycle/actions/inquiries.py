"""What the people's congress asks, who answers it point by point, and how that is found.

By when an answer is due says the clause on the deed that answers, unless the congress sets a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.inquiring import (
    InquiryKind,
    InquiryStage,
    PointState,
    Satisfaction,
    stage_of,
    why_no_answer,
    why_no_assessment,
)
from gongzhi.core.privacy.masking import personal_in
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.models import (
    Evaluation,
    Inquiry,
    InquiryAnswer,
    InquiryPoint,
    InquiryStep,
    Project,
)
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable

ANSWERING = {InquiryKind.QUESTION: "answer_question", InquiryKind.OPINION: "answer_opinion"}
POINTS_MAX = 30
NO_POINTS = Said("请至少写一条，每条一行")
MANY_POINTS = Said("最多 {most} 条，请分几次送出")
LONG_POINT = Said("第 {number} 条超过 {most} 字，请分成几条")
POINT_MAX = 2000
NO_TITLE = Said("请写明标题")
NO_PAPER = Said("审议意见请写明会议和文号")
NOT_ITSELF = Said("不能向本机关提出")
PAST = Said("答复的期限应当在今天以后")
NO_POINT = Said("没有这一条")
NO_FINDING = Said("请选择满意、基本满意或者不满意")
NOT_URGED = Said("没有等待答复的条目")
NOT_DISCLOSED = Said("所涉项目还没有公开，不能公开对它的询问和审议意见")
PERSONAL = Said("第 {number} 条含有个人信息（电话、证件号码等），请先处理")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked, of whom, about what; about the whole budget where nothing is named.

    meeting and document_number are an opinion's; due_on is the day that the congress sets, if any.
    """

    title: str
    points: tuple[str, ...]
    addressed: Organisation
    fiscal_year: FiscalYear
    project: Project | None = None
    evaluation: Evaluation | None = None
    department: Organisation | None = None
    functional: str = ""
    meeting: str = ""
    document_number: str = ""
    due_on: date | None = None


def ask_question(
    *, by: Member, asking: Asking, congress: Organisation, key: str | None = None
) -> Inquiry:
    """Ask whoever has to answer, point by point."""
    inquiry = _to_be(asking, kind=InquiryKind.QUESTION, congress=congress)
    with act(by, "ask_question", on=inquiry.thing(), key=key) as record:
        return _send(inquiry, asking, record=record)


def send_opinion(
    *, by: Member, asking: Asking, congress: Organisation, key: str | None = None
) -> Inquiry:
    """Send a deliberation opinion to whoever has to deal with it, point by point."""
    inquiry = _to_be(asking, kind=InquiryKind.OPINION, congress=congress)
    with act(by, "send_opinion", on=inquiry.thing(), key=key) as record:
        if not inquiry.meeting or not inquiry.document_number:
            raise Unsuitable({"document_number": NO_PAPER})
        record["document_number"] = inquiry.document_number
        return _send(inquiry, asking, record=record)


def answer_question(
    *, by: Member, inquiry: Inquiry, point: UUID, done: str, changed: str, key: str | None = None
) -> InquiryAnswer:
    """Answer one point of a question: what was done, and what changed."""
    with act(by, "answer_question", on=inquiry, key=key) as record:
        return _answer(inquiry, by=by, point=point, said=(done, changed), record=record)


def answer_opinion(
    *, by: Member, inquiry: Inquiry, point: UUID, done: str, changed: str, key: str | None = None
) -> InquiryAnswer:
    """Report how one point of an opinion was dealt with: what was done, and what changed."""
    with act(by, "answer_opinion", on=inquiry, key=key) as record:
        return _answer(inquiry, by=by, point=point, said=(done, changed), record=record)


def assess_answer(
    *,
    by: Member,
    inquiry: Inquiry,
    point: UUID,
    satisfaction: str,
    reason: str = "",
    key: str | None = None,
) -> InquiryAnswer:
    """Say what the congress finds of an answer; what is unsatisfactory waits anew."""
    with act(by, "assess_answer", on=inquiry, key=key) as record:
        if satisfaction not in list(Satisfaction):
            raise Unsuitable({"satisfaction": NO_FINDING})
        row = _point(inquiry, point)
        finding = Satisfaction(satisfaction)
        problem = why_no_assessment(row.state(), satisfaction=finding, reason=reason)
        if problem is not None:
            raise Unsuitable({"satisfaction": problem})
        answer: InquiryAnswer = row.answers.latest("pk")
        answer.satisfaction, answer.remark = finding, reason.strip()
        assert by.office is not None, "the congress assesses in an office"
        answer.assessed_by_id, answer.assessed_on = by.office, record.business_date
        answer.save(update_fields=["satisfaction", "remark", "assessed_by", "assessed_on"])
        record["point"] = row.number
        record["satisfaction"] = satisfaction
        if answer.remark:
            record.private("reason", answer.remark)
        if finding is Satisfaction.UNSATISFIED:
            inquiry.due_on = _due(inquiry, since=record.business_date)
            inquiry.save(update_fields=["due_on"])
            record["due_on"] = inquiry.due_on.isoformat()
        _follow_points(inquiry, record=record)
    return answer


def urge_answer(*, by: Member, inquiry: Inquiry, reason: str, key: str | None = None) -> Inquiry:
    """Urge whoever still has to answer."""
    with act(by, "urge_answer", on=inquiry, key=key) as record:
        if all(each.state() is not PointState.WAITING for each in inquiry.points.all()):
            raise Unsuitable({"reason": NOT_URGED})
        _note(inquiry, "urge_answer", by=by, reason=reason, record=record)
    return inquiry


def publish_inquiry(
    *, by: Member, inquiry: Inquiry, reason: str, key: str | None = None
) -> Inquiry:
    """Let everybody read it with its answers, once it was examined: reason says by whom."""
    with act(by, "publish_inquiry", on=inquiry, key=key) as record:
        _refuse_undisclosed(inquiry)
        inquiry.label = "public"
        inquiry.save(update_fields=["label"])
        _note(inquiry, "publish_inquiry", by=by, reason=reason, record=record)
    return inquiry


def withdraw_inquiry(
    *, by: Member, inquiry: Inquiry, reason: str, key: str | None = None
) -> Inquiry:
    """Take it back, with the reason; it stays to be seen."""
    with act(by, "withdraw_inquiry", on=inquiry, key=key) as record:
        inquiry.stage = InquiryStage.WITHDRAWN
        inquiry.save(update_fields=["stage"])
        record["stage"] = str(InquiryStage.WITHDRAWN)
        _note(inquiry, "withdraw_inquiry", by=by, reason=reason, record=record)
    return inquiry


def _to_be(asking: Asking, *, kind: InquiryKind, congress: Organisation) -> Inquiry:
    return Inquiry(
        kind=kind,
        fiscal_year=asking.fiscal_year,
        project=asking.project,
        evaluation=asking.evaluation,
        department=asking.department,
        functional=asking.functional.strip(),
        congress=congress,
        addressed=asking.addressed,
        title=asking.title.strip(),
        meeting=asking.meeting.strip(),
        document_number=asking.document_number.strip(),
    )


def _send(inquiry: Inquiry, asking: Asking, *, record: Record) -> Inquiry:
    points = [text for each in asking.points if (text := each.strip())]
    _refuse_unfit(inquiry, points=points, due_on=asking.due_on, today=record.business_date)
    inquiry.sent_on = record.business_date
    inquiry.due_on = asking.due_on or _due(inquiry, since=record.business_date)
    inquiry.save(force_insert=True)
    for number, text in enumerate(points, start=1):
        InquiryPoint.objects.create(inquiry=inquiry, number=number, text=text)
    record["inquiry"] = str(inquiry.pk)
    record["organisation"] = str(inquiry.addressed_id)
    record["count"] = len(points)
    record["due_on"] = inquiry.due_on.isoformat()
    record.private("text", "\n".join((inquiry.title, *points)))
    return inquiry


def _refuse_unfit(
    inquiry: Inquiry, *, points: Sequence[str], due_on: date | None, today: date
) -> None:
    faults: dict[str, Said] = {}
    if not inquiry.title:
        faults["title"] = NO_TITLE
    if not points:
        faults["points"] = NO_POINTS
    elif len(points) > POINTS_MAX:
        faults["points"] = Said(MANY_POINTS.text, {"most": POINTS_MAX})
    long = next((n for n, text in enumerate(points, start=1) if len(text) > POINT_MAX), None)
    if long is not None:
        faults["points"] = Said(LONG_POINT.text, {"number": long, "most": POINT_MAX})
    if inquiry.addressed_id == inquiry.congress_id:
        faults["addressed"] = NOT_ITSELF
    if due_on is not None and due_on <= today:
        faults["due_on"] = PAST
    if faults:
        raise Unsuitable(faults)


def _due(inquiry: Inquiry, *, since: date) -> date:
    """The day that the clause on answering sets; the same day where it sets none any more."""
    due = due_by_clause(ANSWERING[InquiryKind(inquiry.kind)], opened_on=since)
    return due.on if due else since


def _answer(
    inquiry: Inquiry, *, by: Member, point: UUID, said: tuple[str, str], record: Record
) -> InquiryAnswer:
    row, (done, changed) = _point(inquiry, point), said
    problem = why_no_answer(row.state(), done=done, changed=changed)
    if problem is not None:
        raise Unsuitable({"done": problem})
    if inquiry.label == "public" and personal_in(f"{done} {changed}"):
        raise Unsuitable({"done": Said(PERSONAL.text, {"number": row.number})})
    assert by.office is not None, "whoever answers stands in an office"
    answer = InquiryAnswer.objects.create(
        point=row,
        done=done.strip(),
        changed=changed.strip(),
        office_id=by.office,
        answered_on=record.business_date,
    )
    record["point"] = row.number
    record.private("answer", f"{answer.done}\n{answer.changed}")
    _follow_points(inquiry, record=record)
    return answer


def _point(inquiry: Inquiry, identifier: UUID) -> InquiryPoint:
    """The point, held until the deed is done: two answers at once don't both stand."""
    held = inquiry.points.select_for_update().filter(pk=identifier)
    row: InquiryPoint | None = held.first()
    if row is None:
        raise Unsuitable({"point": NO_POINT})
    return row


def _follow_points(inquiry: Inquiry, *, record: Record) -> None:
    inquiry.stage = stage_of(
        each.state() for each in inquiry.points.prefetch_related("answers").all()
    )
    inquiry.save(update_fields=["stage"])
    record["stage"] = str(inquiry.stage)


def _note(inquiry: Inquiry, verb: str, *, by: Member, reason: str, record: Record) -> None:
    said = reason.strip()
    if not said:
        raise Unsuitable({"reason": NO_REASON})
    assert by.office is not None, "the congress acts in an office"
    InquiryStep.objects.create(
        inquiry=inquiry,
        verb=verb,
        reason=said,
        office_id=by.office,
        done_on=record.business_date,
    )
    record.private("reason", said)


def _refuse_undisclosed(inquiry: Inquiry) -> None:
    """What everybody may read names no project that isn't disclosed, and nobody's number."""
    about = inquiry.project or (inquiry.evaluation.project if inquiry.evaluation else None)
    if about is not None and about.stage != Project.Stage.DISCLOSED:
        raise Unsuitable({"reason": NOT_DISCLOSED})
    for point in inquiry.points.prefetch_related("answers").all():
        told = [point.text, *(f"{each.done} {each.changed}" for each in point.answers.all())]
        if any(personal_in(text) for text in told):
            raise Unsuitable({"reason": Said(PERSONAL.text, {"number": point.number})})
