"""What was agreed is done: given to an organisation until a day, reported, closed or dropped."""

from dataclasses import dataclass
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.forum.models import ActionItem, ActionReport, Meeting, Resolution
from gongzhi.forum.models.decided import WHAT_MAX
from gongzhi.forum.posts import refuse_personal, why_not_public
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable

NO_WHAT = Said("请写明要办什么")
PAST = Said("期限应当在今天以后")
NO_REPORT = Said("请写明办了什么、到了哪一步")
NO_FINDING = Said("请写明核定的意见")
NOT_PASSED = Said("没有通过的决议不能交办")
GIVEN = Said("这件事已经交给这个单位")
WRONG_OUTCOME = Said("请选择办结或者不再办理")
OUTCOMES = ("closed", "dropped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is to be done, by whom, until when; resolution is the one that it carries out."""

    what: str
    organisation: Organisation
    due_on: date
    resolution: Resolution | None = None


def assign_action_item(
    *, by: Member, meeting: Meeting, errand: Errand, key: str | None = None
) -> ActionItem:
    """Give an organisation something to do."""
    item = ActionItem(
        meeting=meeting,
        resolution=errand.resolution,
        project=meeting.project,
        organisation=errand.organisation,
        what=errand.what.strip()[:WHAT_MAX],
        due_on=errand.due_on,
    )
    with act(by, "assign_action_item", on=meeting, key=key) as record:
        _refuse_unfit(item, today=record.business_date)
        item.assigned_on = record.business_date
        item.save(force_insert=True)
        record["action_item"] = str(item.pk)
        record["organisation"] = str(item.organisation_id)
        record["what"] = item.what
        record["due_on"] = item.due_on.isoformat()
        if errand.resolution is not None:
            record["resolution"] = errand.resolution.number
    return item


def report_action_item(
    *,
    by: Member,
    item: ActionItem,
    text: str,
    changed: str = "",
    is_done: bool,
    key: str | None = None,
) -> ActionReport:
    """Say how far it got, and which thing changed by it; done is what waits to be closed."""
    with act(by, "report_action_item", on=item, key=key) as record:
        if not text.strip():
            raise Unsuitable({"text": NO_REPORT})
        refuse_personal({"text": text})
        assert by.office is not None, "an organisation reports by an office"
        report: ActionReport = item.reports.create(
            text=text.strip(),
            changed=changed,
            is_done=is_done,
            office_id=by.office,
            reported_on=record.business_date,
        )
        item.stage = ActionItem.Stage.REPORTED if is_done else ActionItem.Stage.OPEN
        item.save(update_fields=["stage"])
        record["stage"] = str(item.stage)
        record["on_time"] = record.business_date <= item.due_on
        if changed:
            record["about"] = changed
        record.private("report_text", report.text)
    return report


def close_action_item(
    *, by: Member, item: ActionItem, outcome: str, finding: str, key: str | None = None
) -> ActionItem:
    """Find that it is done, or that it needn't be any more; say why."""
    with act(by, "close_action_item", on=item, key=key) as record:
        if outcome not in OUTCOMES:
            raise Unsuitable({"outcome": WRONG_OUTCOME})
        if not finding.strip():
            raise Unsuitable({"finding": NO_FINDING})
        refuse_personal({"finding": finding})
        item.stage, item.finding = outcome, finding.strip()[:WHAT_MAX]
        item.closed_on = record.business_date
        item.save(update_fields=["stage", "finding", "closed_on"])
        record["stage"] = item.stage
        record["reason"] = item.finding
    return item


def _refuse_unfit(item: ActionItem, *, today: date) -> None:
    faults: dict[str, Said] = {}
    if not item.what:
        faults["what"] = NO_WHAT
    elif problem := why_not_public(item.what):
        faults["what"] = problem
    if item.due_on <= today:
        faults["due_on"] = PAST
    if item.resolution is not None and not item.resolution.passed:
        faults["resolution"] = NOT_PASSED
    same = ActionItem.objects.filter(meeting=item.meeting, organisation=item.organisation)
    if same.filter(what=item.what).exists():
        faults["what"] = GIVEN
    if faults:
        raise Unsuitable(faults)
