"""Remarks: sent under one's name or under none, asked back about, answered, passed on.

What an anonymous writer does leaves no entry, no key of a form and no refusal of its own: it enters
the log with what others did on the same day, shuffled (`act_unseen`). By when an answer is due says
the clause on `answer_remark`.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from gongzhi.core.charter import INSTALLATION, SYSTEM, VISITOR, Member
from gongzhi.core.participating.receipts import plain_receipt
from gongzhi.core.participating.remarks import (
    Outcome,
    RemarkKind,
    RemarkStage,
    Voice,
    clock_starts_again,
    stage_after,
    why_not_said,
)
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models import Remark, RemarkMessage, RemarkReceipt
from gongzhi.forum.remark_locks import (
    Opener,
    locked_for,
    locked_for_code,
    locked_text,
    new_key,
    office_subject,
    opened_for,
    opener_of,
    promised_text,
    writer_subject,
)
from gongzhi.forum.remark_receivers import receiver_of
from gongzhi.forum.remark_screening import why_not_taken
from gongzhi.forum.remark_words import Talk, key_subject, talk_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.deeds import Record, act, act_unseen
from gongzhi.parties.members import NO_PERSON
from gongzhi.parties.models import Deed, Organisation
from gongzhi.parties.unsuitable import Unsuitable

ANSWERING = "answer_remark"
SHUFFLED = "shuffle_remarks"
NO_KIND = Said("请选择意见建议或者监督反馈")
NOBODY_RECEIVES = Said("还没有负责接收的单位，请选择一个项目")
NO_CODE = Said("回执码不对，请核对二十位数字")
SENT_BEFORE = Said("这一页已经送出过另一份内容；请重新打开页面再写")
ALREADY_ANSWERED = Said("已经答复，不能再补充；有新的情况请另写一份")
NOT_ITSELF = Said("请选择另一个单位")
KINDS = frozenset(map(str, RemarkKind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What somebody writes: a suggestion or what isn't as promised, about a project or none."""

    kind: str
    text: str
    project: Project | None = None


def send_remark(*, by: Member, writing: Writing, key: str | None = None) -> Remark:
    """Send a remark under one's account; it is published to nobody."""
    remark = _to_be(writing)
    remark.person_id = UUID(by.person) if by.person else NO_PERSON
    with act(by, "send_remark", on=remark.thing(), key=key) as record:
        _refuse_unsuitable(writing)
        secret = new_key()
        remark.locked_key = locked_for(writer_subject(remark.person_id), secret, remark=remark.pk)
        remark.received_on, remark.due_on = record.business_date, _due(record.business_date)
        remark.save(force_insert=True)
        _say(remark, Voice.REMARK, writing.text, secret=secret, on=record.business_date)
        record["due_on"] = remark.due_on.isoformat()
        record.private("said", promised_text(secret, writing.text))
    return remark


def send_anonymous_remark(*, writing: Writing, code: str) -> Remark:
    """Send a remark under no name; whoever has the code reads its answer.

    The same text with the same code is the same remark, so that a form sent twice does nothing.
    """
    _refuse_unsuitable(writing)
    opener = opener_of(code)
    if known := _sent_with(opener, text=writing.text):
        return known
    remark, secret, today = _to_be(writing), new_key(), business_date()
    try:
        with act_unseen(VISITOR, "send_anonymous_remark", on=remark.thing()) as record:
            _keep_nameless(remark, opener, secret=secret, on=today)
            _say(remark, Voice.REMARK, writing.text, secret=secret, on=today)
            record["remark"] = str(remark.pk)
            record.private("said", promised_text(secret, writing.text))
    except IntegrityError:  # the same form at the same moment
        known = _sent_with(opener, text=writing.text)
        assert known is not None, "nothing else of a remark is unique"
        return known
    return remark


def add_to_remark(*, by: Member, remark: Remark, text: str, key: str | None = None) -> Remark:
    """Add to one's own remark: what was asked for, or what was forgotten."""
    with act(by, "add_to_remark", on=remark, key=key) as record:
        _refuse_text(text)
        secret = _secret_of(remark)
        _say(remark, Voice.ADDITION, text, secret=secret, on=record.business_date)
        record["due_on"] = remark.due_on.isoformat()
        record.private("said", promised_text(secret, text))
    return remark


def add_by_receipt(*, code: str, text: str) -> Remark:
    """Add to the anonymous remark that a code opens; the same text twice is said once.

    That it can't be added to any more is told here: a refusal would write its moment down.
    """
    _refuse_text(text)
    talk = open_by_receipt(code=code)
    with transaction.atomic():
        remark: Remark = Remark.objects.select_for_update().get(pk=talk.remark.pk)
        if remark.stage == RemarkStage.ANSWERED:
            raise Unsuitable({"text": ALREADY_ANSWERED})
        if talk.lines[-1].text == text.strip() and talk.lines[-1].is_writers:
            return remark
        with act_unseen(VISITOR, "add_by_receipt", on=remark) as record:
            _say(remark, Voice.ADDITION, text, secret=talk.secret, on=business_date())
            record["remark"] = str(remark.pk)
            record.private("said", promised_text(talk.secret, text))
    return remark


def open_by_receipt(*, code: str) -> Talk:
    """The talk that a code opens; nothing is written down, whether it opens one or not."""
    plain = plain_receipt(code)
    opener = opener_of(plain) if plain else None
    receipt = _receipt(opener) if opener else None
    if opener is None or receipt is None:
        raise Unsuitable({"code": NO_CODE})
    return talk_of(receipt.remark, opener=opener)


def read_remark(*, by: Member, remark: Remark, key: str | None = None) -> Talk:
    """Open what a remark says, as the office that handles it; each opening stands in the log."""
    with act(by, "read_remark", on=remark, key=key) as record:
        talk = talk_of(remark)
        record["count"] = len(talk.lines)
    return talk


def ask_about_remark(*, by: Member, remark: Remark, text: str, key: str | None = None) -> Remark:
    """Ask the writer back; once they add, the days for the answer count anew."""
    with act(by, "ask_about_remark", on=remark, key=key) as record:
        _office_says(remark, Voice.QUESTION, text, by=by, record=record)
    return remark


def answer_remark(
    *, by: Member, remark: Remark, outcome: str, text: str, key: str | None = None
) -> Remark:
    """Answer: adopted, partly, not, or somebody else's to deal with; and why."""
    with act(by, "answer_remark", on=remark, key=key) as record:
        problem = why_not_said(text, outcome=outcome)
        if problem is not None:
            raise Unsuitable({"text" if outcome in list(Outcome) else "outcome": problem})
        remark.outcome, remark.answered_on = outcome, record.business_date
        _office_says(remark, Voice.ANSWER, text, by=by, record=record)
        record["on_time"] = record.business_date <= remark.due_on
    return remark


def pass_remark_on(
    *, by: Member, remark: Remark, to: Organisation, text: str, key: str | None = None
) -> Remark:
    """Hand it to whom it concerns, and say why; the clock goes on.

    The key of an anonymous one is locked anew for whoever receives it now.
    """
    with act(by, "pass_remark_on", on=remark, key=key) as record:
        if to.pk == remark.receiver_id:
            raise Unsuitable({"to": NOT_ITSELF})
        secret = _secret_of(remark)
        stage = remark.stage
        _office_says(remark, Voice.QUESTION, text, by=by, record=record)
        remark.stage, remark.receiver = stage, to
        if remark.is_anonymous:
            remark.locked_key = locked_for(office_subject(to.pk), secret, remark=remark.pk)
        remark.save(update_fields=["stage", "receiver", "locked_key"])
        record["to"] = str(to.pk)
    return remark


def shuffle_remarks(*, until: date) -> bool:
    """Put the rows of anonymous remarks of the days before one into an order of chance.

    Their places in the tables would tell otherwise in which order, and beside which other rows,
    they came. Nothing in them changes. Says whether there was anything to do.
    """
    since = _shuffled_until()
    days = {"gte": since, "lt": until}
    said = RemarkMessage.objects.filter(
        remark__person=None, **{f"said_on__{way}": day for way, day in days.items()}
    )
    remarks = set(said.values_list("remark", flat=True))
    if not remarks:
        return False
    with act(SYSTEM, "shuffle_remarks", on=INSTALLATION) as record:
        for rows in (
            Remark.objects.filter(pk__in=remarks),
            RemarkReceipt.objects.filter(pk__in=remarks),
            RemarkMessage.objects.filter(remark__in=remarks),
        ):
            _shuffle(rows)
        record["until"] = until.isoformat()
    return True


def _shuffle(rows: QuerySet[Any]) -> None:
    """Write each row anew as it is; in an order of chance."""
    identifiers = list(rows.select_for_update().values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(identifiers)
    own = rows.model._meta.pk.name
    for identifier in identifiers:
        rows.model._default_manager.filter(pk=identifier).update(**{own: F(own)})


def _shuffled_until() -> date:
    last = Deed.objects.filter(verb=SHUFFLED).last()
    return date.fromisoformat(last.public["until"]) if last else date.min


def _keep_nameless(remark: Remark, opener: Opener, *, secret: bytes, on: date) -> None:
    """Keep a remark that the receiving office opens, and whoever has the code."""
    subject = office_subject(remark.receiver_id)
    remark.locked_key = locked_for(subject, secret, remark=remark.pk)
    remark.received_on, remark.due_on = on, _due(on)
    remark.save(force_insert=True)
    RemarkReceipt.objects.create(
        remark=remark,
        digest=opener.digest,
        locked_key=locked_for_code(opener, secret, remark=remark.pk),
    )


def _to_be(writing: Writing) -> Remark:
    receiver = receiver_of(writing.project, on=business_date())
    if receiver is None:
        raise Unsuitable({"text": NOBODY_RECEIVES})
    return Remark(kind=writing.kind, project=writing.project, receiver=receiver)


def _refuse_unsuitable(writing: Writing) -> None:
    if writing.kind not in KINDS:
        raise Unsuitable({"kind": NO_KIND})
    _refuse_text(writing.text)


def _refuse_text(text: str) -> None:
    problem = why_not_taken(text)
    if problem is not None:
        raise Unsuitable({"text": problem})


def _due(since: date) -> date:
    """The day that the clause on answering sets; the same day where it sets none any more."""
    due = due_by_clause(ANSWERING, opened_on=since)
    return due.on if due else since


def _secret_of(remark: Remark) -> bytes:
    return opened_for(key_subject(remark), remark.locked_key, remark=remark.pk)


def _receipt(opener: Opener) -> RemarkReceipt | None:
    known = RemarkReceipt.objects.filter(digest=opener.digest)
    return known.select_related("remark__receiver__region", "remark__project").first()


def _sent_with(opener: Opener, *, text: str) -> Remark | None:
    """The remark that was sent with this code, if its text was the same."""
    receipt = _receipt(opener)
    if receipt is None:
        return None
    if talk_of(receipt.remark, opener=opener).lines[0].text != text.strip():
        raise Unsuitable({"text": SENT_BEFORE})
    return receipt.remark


def _office_says(remark: Remark, voice: Voice, text: str, *, by: Member, record: Record) -> None:
    problem = why_not_said(text)
    if problem is not None:
        raise Unsuitable({"text": problem})
    assert by.office is not None, "whoever answers stands in an office"
    secret = _secret_of(remark)
    office = UUID(by.office)
    _say(remark, voice, text, secret=secret, on=record.business_date, office=office)
    record["stage"] = str(remark.stage)
    record.private("said", promised_text(secret, text))


def _say(
    remark: Remark,
    voice: Voice,
    text: str,
    *,
    secret: bytes,
    on: date,
    office: UUID | None = None,
) -> None:
    """Add to the talk, and let the remark stand where that leads."""
    number = remark.messages.count() + 1
    RemarkMessage.objects.create(
        remark=remark,
        number=number,
        voice=voice,
        office_id=office,
        said_on=on,
        locked=locked_text(secret, text.strip(), remark=remark.pk, number=number),
    )
    if clock_starts_again(voice, stage=RemarkStage(remark.stage)):
        remark.due_on = max(remark.due_on, _due(on))
    remark.stage = stage_after(voice)
    remark.save(update_fields=["stage", "outcome", "answered_on", "due_on"])
