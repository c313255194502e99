"""Deeds that change the rules: anybody proposes, a legal office reviews, the authority issues."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from gongzhi.core.charter import Member, Refused
from gongzhi.core.charter.amending import Changes
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.parties.actions.charter import NotInOrder, faults_of_document
from gongzhi.parties.adoption import newest_version
from gongzhi.parties.deeds import Record, act, refuse
from gongzhi.parties.models import (
    Amendment,
    AmendmentComment,
    AmendmentReview,
    AmendmentText,
    CharterVersion,
)
from gongzhi.parties.proposals import Proposal, proposal
from gongzhi.parties.rights import charter_in_force

Stage = Amendment.Stage
COMMENTS = "11.4"  # the clause that says how long an amendment stays open for comments


class Overtaken(Exception):
    """Somebody revised the amendment meanwhile: what it says now, and what was meant to be done."""

    def __init__(self, *, now: AmendmentText) -> None:
        super().__init__(f"revision {now.revision}")
        self.now = now


class OutOfDate(Exception):
    """The rules changed since the amendment was written; it is revised against the newest first."""

    def __init__(self, *, newest: CharterVersion) -> None:
        super().__init__(f"version {newest.number}")
        self.newest = newest


def propose_amendment(
    *,
    by: Member,
    base: CharterVersion,
    title: str,
    changes: Changes,
    reason: str,
    key: str | None = None,
) -> Amendment:
    """Propose to change clauses and rights of the newest version; everybody can read it at once."""
    with act(by, "propose_amendment", on=base, key=key) as record:
        _is_newest(base)
        amendment = _new(base, by=by, title=title, stage=Stage.OPEN, record=record)
        amendment.comments_until = _comments_until(record)
        amendment.save(force_insert=True)
        _write(amendment, by=by, changes=changes, reason=reason, record=record)
    return amendment


def propose_drafting(
    *,
    by: Member,
    base: CharterVersion,
    gap: Mapping[str, Any],
    title: str,
    reason: str,
    key: str | None = None,
) -> Amendment:
    """Propose that a gap in the rules be filled: an amendment still without words of its own."""
    with act(by, "propose_drafting", on=base, key=key) as record:
        amendment = _new(base, by=by, title=title, stage=Stage.DRAFTING, record=record)
        amendment.gap = dict(gap)
        amendment.save(force_insert=True)
        _keep_text(amendment, by=by, changes=Changes(), reason=reason, record=record)
        record["gap"] = digest(canonical(gap))
    return amendment


def revise_amendment(
    *,
    by: Member,
    amendment: Amendment,
    revision: int,
    changes: Changes,
    reason: str,
    key: str | None = None,
) -> Amendment:
    """Replace the proposed text; raises Overtaken unless `revision` is the one that was read.

    The text is checked against the newest version, and the time for comments begins anew.
    """
    with act(by, "revise_amendment", on=amendment, key=key) as record:
        _is_read(amendment, revision)
        newest = newest_version()
        assert newest is not None, "amendments have a base"
        amendment.base = newest
        amendment.stage = Stage.OPEN
        amendment.revision += 1
        amendment.comments_until = _comments_until(record)
        amendment.save(update_fields=["base", "stage", "revision", "comments_until"])
        _write(amendment, by=by, changes=changes, reason=reason, record=record)
    return amendment


def withdraw_amendment(*, by: Member, amendment: Amendment, key: str | None = None) -> None:
    """Give a proposal up; it stays readable."""
    with act(by, "withdraw_amendment", on=amendment, key=key):
        amendment.stage = Stage.WITHDRAWN
        amendment.save(update_fields=["stage"])


def comment_amendment(
    *, by: Member, amendment: Amendment, text: str, key: str | None = None
) -> AmendmentComment:
    """Say something to the text as it is now; the log learns that, and promises the words."""
    with act(by, "comment_amendment", on=amendment, key=key) as record:
        _is_filled(text, Said("意见没有内容"))
        assert by.person is not None, "whoever comments has signed in"
        comment = AmendmentComment.objects.create(
            amendment=amendment,
            revision=amendment.revision,
            text=text,
            person_id=by.person,
            organisation_id=by.organisation,
            commented_on=record.business_date,
        )
        record["revision"] = amendment.revision
        record.private("text", text)
    return comment


def review_amendment(
    *,
    by: Member,
    amendment: Amendment,
    revision: int,
    passes: bool,
    opinion: str,
    document_number: str,
    key: str | None = None,
) -> AmendmentReview:
    """State whether the text is lawful (合法性审核); one that isn't goes back to its proposer."""
    with act(by, "review_amendment", on=amendment, key=key) as record:
        _is_read(amendment, revision)
        _is_filled(opinion, Said("没有写明审核意见"))
        _is_filled(document_number, Said("没有写明文号"))
        assert by.person is not None, "whoever reviews stands in an office"
        assert by.organisation is not None, "whoever reviews stands in an office"
        review = AmendmentReview.objects.create(
            amendment=amendment,
            revision=revision,
            passes=passes,
            opinion=opinion,
            document_number=document_number.strip(),
            person_id=by.person,
            organisation_id=by.organisation,
            reviewed_on=record.business_date,
        )
        amendment.stage = Stage.REVIEWED if passes else Stage.RETURNED
        amendment.save(update_fields=["stage"])
        record["revision"] = revision
        record["passes"] = passes
        record["document_number"] = review.document_number
        record["opinion"] = digest(canonical(opinion))
    return review


def issue_amendment(
    *,
    by: Member,
    amendment: Amendment,
    authority: str,
    document_number: str,
    in_force_from: date,
    answer: str,
    key: str | None = None,
) -> CharterVersion:
    """Make the reviewed text the next version, in force from a day on; nothing issued comes back.

    `answer` states what was taken up of the comments, and why.
    """
    with act(by, "issue_amendment", on=amendment, key=key) as record:
        _comments_are_over(amendment, by=by, record=record)
        newest = _is_newest(amendment.base)
        _is_in_order(
            amendment,
            authority=authority,
            document_number=document_number,
            in_force_from=in_force_from,
            answer=answer,
            not_before=max(record.business_date, newest.in_force_from),
        )
        version = CharterVersion(
            number=newest.number + 1,
            amendment=amendment,
            authority=authority.strip(),
            organisation_id=by.organisation,
            document_number=document_number.strip(),
            in_force_from=in_force_from,
            answer=answer,
        )
        _issue(version, made=proposal(newest, amendment.text().proposed()), record=record)
        amendment.stage = Stage.ISSUED
        amendment.save(update_fields=["stage"])
    return version


def _issue(version: CharterVersion, *, made: Proposal, record: Record) -> None:
    """Store a version; the log says enough of it that nobody can put another in its place."""
    version.texts, version.digest = made.texts, made.digest
    version.save(force_insert=True)
    record["number"] = version.number
    record["digest"] = version.digest
    record["authority"] = version.authority
    record["document_number"] = version.document_number
    record["from"] = version.in_force_from.isoformat()
    record["rights"] = made.rights_digest
    record["answer"] = digest(canonical(version.answer))


def _new(
    base: CharterVersion, *, by: Member, title: str, stage: Stage, record: Record
) -> Amendment:
    _is_filled(title, Said("没有写明标题"))
    assert by.person is not None, "whoever proposes has signed in"
    amendment = Amendment(
        title=title,
        base=base,
        stage=stage,
        person_id=by.person,
        organisation_id=by.organisation,
        proposed_on=record.business_date,
    )
    record["amendment"] = str(amendment.pk)
    return amendment


def _write(
    amendment: Amendment, *, by: Member, changes: Changes, reason: str, record: Record
) -> None:
    """Keep a text that changes something and passes the static checks."""
    made = proposal(amendment.base, changes)
    if made.digest == amendment.base.digest:
        said = Said("修改前后没有差别")
        raise NotInOrder((_fault(said, hint=Said("请改动条文或者权利后再提出")),))
    _keep_text(amendment, by=by, changes=changes, reason=reason, record=record)
    record["rights"] = made.rights_digest


def _keep_text(
    amendment: Amendment, *, by: Member, changes: Changes, reason: str, record: Record
) -> None:
    _is_filled(reason, Said("没有写明理由"))
    assert by.person is not None, "whoever writes has signed in"
    kept = changes.as_record()
    text = AmendmentText.objects.create(
        amendment=amendment,
        revision=amendment.revision,
        changes=kept,
        reason=reason,
        digest=digest(canonical(kept)),
        person_id=by.person,
        organisation_id=by.organisation,
        written_on=record.business_date,
    )
    record["base"] = amendment.base.number
    record["revision"] = text.revision
    record["changes"] = text.digest
    record.private("reason", reason)


def _comments_until(record: Record) -> date:
    """The last day of the time for comments, by the clause in force."""
    owed = charter_in_force().clauses[COMMENTS].owed
    assert owed is not None, "11.4 states its time"
    assert owed.within_days is not None, "11.4 states its time"
    return record.business_date + timedelta(days=owed.within_days)


def _comments_are_over(amendment: Amendment, *, by: Member, record: Record) -> None:
    until = amendment.comments_until
    if until is not None and record.business_date > until:
        return
    reason = Said("征求意见期到 {day} 为止，期满后才能签发", {"day": str(until)})
    refuse(by, amendment, Refused(clauses=(COMMENTS,), verb="issue_amendment", reason=reason))


def _is_newest(base: CharterVersion) -> CharterVersion:
    """The base, locked, if it is still the newest version: of two issued at once one is late."""
    CharterVersion.objects.select_for_update().get(pk=base.pk)
    newest = newest_version()
    assert newest is not None, "the base is a version"
    if newest != base:
        raise OutOfDate(newest=newest)
    return newest


def _is_read(amendment: Amendment, revision: int) -> None:
    """The row is locked: nobody writes over a text that they haven't read."""
    if amendment.revision != revision:
        raise Overtaken(now=amendment.text())


def _is_in_order(
    amendment: Amendment,
    *,
    authority: str,
    document_number: str,
    in_force_from: date,
    answer: str,
    not_before: date,
) -> None:
    faults = list(faults_of_document(authority, document_number))
    if in_force_from < not_before:
        said = Said("生效日期早于 {day}", {"day": not_before.isoformat()})
        faults.append(_fault(said, hint=Said("请改为这一天或者以后")))
    if amendment.comments.exists() and not answer.strip():
        said = Said("没有写明意见的采纳情况")
        faults.append(_fault(said, hint=Said("请写明采纳了哪些意见，没有采纳的写明理由")))
    if faults:
        raise NotInOrder(tuple(faults))


def _is_filled(text: str, fault: Said) -> None:
    if not text.strip():
        raise NotInOrder((_fault(fault, hint=Said("请填写后再提交")),))


def _fault(what: Said, *, hint: Said) -> Problem:
    return Problem(where=Where(), what=what, hint=hint)
