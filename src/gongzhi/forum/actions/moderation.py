"""Hiding a post for a category and with a reason, the one appeal, and what readers report."""

from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.participating.moderating import (
    BECOMES,
    NOT_SHOWN,
    AppealOutcome,
    why_no_appeal,
)
from gongzhi.core.terms import Said
from gongzhi.core.working_days import due_on
from gongzhi.forum.models.moderation import Appeal, Hiding, Posted, PostReport
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.deeds import act
from gongzhi.parties.members import NO_PERSON
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.moderation import moderation_rules

NO_CATEGORY = Said("请选一个类别；发言不因观点而不予显示")
HIDDEN_ALREADY = Said("这条发言已经不予显示")
REPORTED_ALREADY = Said("您已经举报过这条发言，一人一次")
NO_OUTCOME = Said("请选择恢复显示或者维持不予显示")


def hide_post(
    *, by: Member, post: Posted, category: str, reason: str, key: str | None = None
) -> Hiding:
    """Show a post no longer, for one of the categories and with a reason its author is told."""
    hiding = Hiding(
        post_kind=post.kind,
        post_id=post.id,
        author_id=post.author,
        owner=post.owner,
        category=category,
        reason=reason.strip(),
    )
    if by.office is not None:
        hiding.office_id = UUID(by.office)
    with act(by, "hide_post", on=hiding.thing(), key=key) as record:
        rules = moderation_rules(on=record.business_date)
        if rules.category(category) is None:
            raise Unsuitable({"category": NO_CATEGORY})
        if not hiding.reason:
            raise Unsuitable({"reason": NO_REASON})
        last = due_on(
            record.business_date, working_days=rules.appeal_days, calendar=load_calendar()
        )
        hiding.hidden_on, hiding.appeal_until = record.business_date, last.on
        _store_once(hiding)
        _settle_reports(post.kind, post.id)
        record["about"] = post.name
        record["category"] = category
        record.private("reason", hiding.reason)
    return hiding


def keep_post(*, by: Member, report: PostReport, reason: str, key: str | None = None) -> None:
    """Look into what readers reported of a post, and go on showing it."""
    with act(by, "keep_post", on=report, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        record["about"] = report.post
        record["count"] = _settle_reports(report.post_kind, report.post_id)
        record.private("reason", reason.strip())


def report_post(
    *, by: Member, post: Posted, category: str, note: str = "", key: str | None = None
) -> PostReport:
    """Say that a post shouldn't be shown; each person once."""
    report = PostReport(
        post_kind=post.kind,
        post_id=post.id,
        person_id=by.person or NO_PERSON,
        owner=post.owner,
        category=category,
        note=note.strip(),
    )
    with act(by, "report_post", on=report.thing(), key=key) as record:
        if moderation_rules(on=record.business_date).category(category) is None:
            raise Unsuitable({"category": NO_CATEGORY})
        report.reported_on = record.business_date
        PostReport.objects.bulk_create([report], ignore_conflicts=True)
        if not PostReport.objects.filter(pk=report.pk).exists():
            raise Unsuitable({"post": REPORTED_ALREADY})
        record["about"] = post.name
        record["category"] = category
        if report.note:
            record.private("text", report.note)
    return report


def appeal_hiding(*, by: Member, hiding: Hiding, text: str, key: str | None = None) -> Appeal:
    """Say once why one's own post should be shown."""
    with act(by, "appeal_hiding", on=hiding, key=key) as record:
        late = why_no_appeal(last_day=hiding.appeal_until, today=record.business_date)
        if late is not None:
            raise Unsuitable({"text": late})
        if not text.strip():
            raise Unsuitable({"text": NO_REASON})
        due = due_by_clause("decide_appeal", opened_on=record.business_date)
        appeal: Appeal = Appeal.objects.create(
            hiding=hiding,
            text=text.strip(),
            appealed_on=record.business_date,
            due_on=due.on if due else record.business_date,
        )
        _move(hiding, Hiding.Stage.APPEALED)
        record["due_on"] = appeal.due_on.isoformat()
        record.private("text", appeal.text)
    return appeal


def decide_appeal(
    *, by: Member, hiding: Hiding, outcome: str, reason: str, key: str | None = None
) -> Appeal:
    """Show the post again, or leave it hidden: somebody who didn't hide it decides."""
    with act(by, "decide_appeal", on=hiding, key=key) as record:
        if outcome not in list(AppealOutcome):
            raise Unsuitable({"outcome": NO_OUTCOME})
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        appeal: Appeal = hiding.appeal
        appeal.outcome, appeal.answer = outcome, reason.strip()
        assert by.office is not None, "whoever decides stands in an office"
        appeal.office_id, appeal.decided_on = UUID(by.office), record.business_date
        appeal.save(update_fields=["outcome", "answer", "office", "decided_on"])
        _move(hiding, BECOMES[AppealOutcome(outcome)])
        record["about"] = hiding.post
        record["outcome"] = outcome
        record.private("reason", appeal.answer)
    return appeal


def _store_once(hiding: Hiding) -> None:
    """Two who hide the same post at once: the constraint lets one through."""
    Hiding.objects.bulk_create([hiding], ignore_conflicts=True)
    standing = Hiding.objects.filter(pk=hiding.pk, stage__in=NOT_SHOWN)
    if not standing.exists():
        raise Unsuitable({"category": HIDDEN_ALREADY})


def _settle_reports(kind: str, identifier: UUID) -> int:
    reports = PostReport.objects.filter(post_kind=kind, post_id=identifier)
    return reports.filter(stage=PostReport.Stage.OPEN).update(stage=PostReport.Stage.SETTLED)


def _move(hiding: Hiding, stage: str) -> None:
    hiding.stage = stage
    hiding.save(update_fields=["stage"])
