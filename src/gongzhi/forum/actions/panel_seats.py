"""What people of a panel do: volunteer, take the seat or give it back, be there, give opinions."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import Said
from gongzhi.forum.actions.panels import seat_due
from gongzhi.forum.models import Panel, PanelAttendance, PanelOpinion, PanelVolunteer
from gongzhi.forum.panel_draws import next_for
from gongzhi.forum.phases import keep_to_the_phase
from gongzhi.forum.posts import refuse_personal
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.people import counts_as
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike
CODE_LENGTH = 6
OPINIONS_MAX = 50
NOT_OPEN = Said("现在不在报名期间")
CHOOSE = Said("请选“{feature}”中的一项")
ALREADY = Said("您已经报名，一人一次")
STILL_TIME = Said("确认期限是 {until}，还没有过")
NOT_THEN = Said("日期应在抽签以后、今天以前")
RECORDED = Said("这一天已经登记过出席")
NOBODY_SEATED = Said("还没有人出任代表")
NOT_ON_PANEL = Said("编号 {code} 不是代表")
NO_TEXT = Said("请写意见")
MANY = Said("每位代表最多提 {most} 条意见")
NO_OUTCOME = Said("请选采纳、部分采纳或者不采纳")
NO_CHANGE = Said("采纳的，请写改变了什么：哪一项指标、哪一笔资金、哪一项安排")
OFFICE = "whoever answers stands in an office"


def volunteer_for_panel(
    *, by: Member, panel: Panel, features: Mapping[str, str], key: str | None = None
) -> PanelVolunteer:
    """Put oneself into the pool, with what one states of oneself; whoever left may come back."""
    row = _mine(by, panel)
    with act(by, "volunteer_for_panel", on=row.thing(), key=key) as record:
        held = Panel.objects.select_for_update().get(pk=panel.pk)
        if held.stage != Panel.Stage.VOLUNTEERING or record.business_date > held.until:
            raise Unsuitable({"panel": NOT_OPEN})
        keep_to_the_phase(
            by,
            "volunteer_for_panel",
            on=row,
            process=held.process,
            today=record.business_date,
        )
        stated = _stated(held, features)
        same = held.volunteers.filter(counts_as=row.counts_as)
        if same.in_pool().exists() or same.exclude(pk=row.pk).exists():
            raise Unsuitable({"panel": ALREADY})
        row.features, row.stage = stated, PanelVolunteer.Stage.VOLUNTEERED
        row.code = row.code or _code(held)
        row.save()
        record["panel"] = str(held.pk)
        record.private("features", digest(canonical(stated)))
    return row


def withdraw_volunteering(
    *, by: Member, volunteer: PanelVolunteer, key: str | None = None
) -> PanelVolunteer:
    """Leave the pool before it closes; what one stated is gone."""
    with act(by, "withdraw_volunteering", on=volunteer, key=key):
        # The pool may be closing at this very moment: whoever comes first holds the panel.
        held = Panel.objects.select_for_update().get(pk=volunteer.panel_id)
        if held.stage != Panel.Stage.VOLUNTEERING:
            raise Unsuitable({"panel": NOT_OPEN})
        volunteer.stage, volunteer.features = PanelVolunteer.Stage.LEFT, {}
        volunteer.save(update_fields=["stage", "features"])
    return volunteer


def accept_panel_seat(
    *, by: Member, volunteer: PanelVolunteer, key: str | None = None
) -> PanelVolunteer:
    """Take the seat."""
    with act(by, "accept_panel_seat", on=volunteer, key=key) as record:
        volunteer.stage = PanelVolunteer.Stage.SEATED
        volunteer.save(update_fields=["stage"])
        record["panel"] = str(volunteer.panel_id)
    return volunteer


def decline_panel_seat(
    *, by: Member, volunteer: PanelVolunteer, key: str | None = None
) -> PanelVolunteer | None:
    """Give the seat back; the next of the reserve with the same features is offered it."""
    with act(by, "decline_panel_seat", on=volunteer, key=key) as record:
        return _pass_on(volunteer, record=record)


def release_panel_seat(
    *, by: Member, volunteer: PanelVolunteer, key: str | None = None
) -> PanelVolunteer | None:
    """Pass a seat on that nobody answered for in time."""
    with act(by, "release_panel_seat", on=volunteer, key=key) as record:
        due = volunteer.due_on
        if due is not None and record.business_date <= due:
            raise Unsuitable({"due_on": Said(STILL_TIME.text, {"until": due.isoformat()})})
        return _pass_on(volunteer, record=record)


def record_panel_attendance(
    *, by: Member, panel: Panel, held_on: date, present: Collection[str], key: str | None = None
) -> int:
    """Write down who of the panel was there on a day, and so who wasn't."""
    with act(by, "record_panel_attendance", on=panel, key=key) as record:
        seated = list(panel.volunteers.filter(stage=PanelVolunteer.Stage.SEATED))
        drawn_on = panel.lottery.drawn_on
        if drawn_on is None or not drawn_on <= held_on <= record.business_date:
            raise Unsuitable({"held_on": NOT_THEN})
        if not seated:
            raise Unsuitable({"present": NOBODY_SEATED})
        strange = sorted(set(present) - {each.code for each in seated})
        if strange:
            raise Unsuitable({"present": Said(NOT_ON_PANEL.text, {"code": strange[0]})})
        if PanelAttendance.objects.filter(volunteer__panel=panel, held_on=held_on).exists():
            raise Unsuitable({"held_on": RECORDED})
        PanelAttendance.objects.bulk_create(
            PanelAttendance(volunteer=each, held_on=held_on, present=each.code in present)
            for each in seated
        )
        record["held_on"] = held_on.isoformat()
        record["count"] = len(set(present))
    return len(set(present))


def submit_panel_opinion(
    *, by: Member, volunteer: PanelVolunteer, text: str, key: str | None = None
) -> PanelOpinion:
    """Give an opinion; it gets a number and is answered in time."""
    with act(by, "submit_panel_opinion", on=volunteer, key=key) as record:
        said = text.strip()
        if not said:
            raise Unsuitable({"text": NO_TEXT})
        refuse_personal({"text": said})
        panel = Panel.objects.select_for_update().get(pk=volunteer.panel_id)
        if volunteer.opinions.count() >= OPINIONS_MAX:
            raise Unsuitable({"text": Said(MANY.text, {"most": OPINIONS_MAX})})
        due = due_by_clause("answer_panel_opinion", opened_on=record.business_date)
        opinion = PanelOpinion.objects.create(
            panel=panel,
            seat=volunteer,
            number=panel.opinions.count() + 1,
            text=said,
            submitted_on=record.business_date,
            due_on=due.on if due else record.business_date,
        )
        record["panel"] = str(panel.pk)
        record["number"] = opinion.number
        record["due_on"] = opinion.due_on.isoformat()
        record.private("text", said)
    return opinion


def answer_panel_opinion(
    *,
    by: Member,
    opinion: PanelOpinion,
    outcome: str,
    reason: str,
    changed: str = "",
    key: str | None = None,
) -> PanelOpinion:
    """Say what became of an opinion: adopted, in part or not, why, and what it changed."""
    with act(by, "answer_panel_opinion", on=opinion, key=key) as record:
        if outcome not in PanelOpinion.Outcome.values:
            raise Unsuitable({"outcome": NO_OUTCOME})
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        is_refused = outcome == PanelOpinion.Outcome.REFUSED
        if not is_refused and not changed.strip():
            raise Unsuitable({"changed": NO_CHANGE})
        refuse_personal({"reason": reason, "changed": changed})
        assert by.office is not None, OFFICE
        opinion.stage, opinion.outcome = PanelOpinion.Stage.ANSWERED, outcome
        opinion.reason, opinion.changed = reason.strip(), "" if is_refused else changed.strip()
        opinion.office_id, opinion.answered_on = by.office, record.business_date
        opinion.save(
            update_fields=["stage", "outcome", "reason", "changed", "office", "answered_on"]
        )
        record["panel"] = str(opinion.panel_id)
        record["number"] = opinion.number
        record["outcome"] = outcome
        record["on_time"] = record.business_date <= opinion.due_on
        record.private("reason", f"{opinion.reason}\n{opinion.changed}".strip())
    return opinion


def _mine(by: Member, panel: Panel) -> PanelVolunteer:
    """The citizen's place in the pool, or the one to be; nobody's for who isn't known."""
    if by.person is None:
        return PanelVolunteer(panel=panel)
    known: PanelVolunteer | None = panel.volunteers.filter(person=UUID(by.person)).first()
    if known is not None:
        return known
    whose = UUID(counts_as(by))
    return PanelVolunteer(panel=panel, person_id=UUID(by.person), counts_as=whose)


def _stated(panel: Panel, features: Mapping[str, str]) -> dict[str, str]:
    """One value of each feature that quotas name."""
    values: dict[str, list[str]] = {}
    for quota in panel.sought().quotas:
        values.setdefault(quota.feature, []).append(quota.value)
    wrong = [each for each, known in values.items() if features.get(each) not in known]
    if wrong:
        raise Unsuitable({each: Said(CHOOSE.text, {"feature": each}) for each in wrong})
    return {each: features[each] for each in values}


def _code(panel: Panel) -> str:
    """A code that tells nothing, not even who came first."""
    taken = set(panel.volunteers.values_list("code", flat=True))
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if code not in taken:
            return code


def _pass_on(leaving: PanelVolunteer, *, record: Record) -> PanelVolunteer | None:
    # The panel is held until the deed is done: two who leave at once don't get the same successor.
    Panel.objects.select_for_update().get(pk=leaving.panel_id)
    entering = next_for(leaving)
    leaving.stage = PanelVolunteer.Stage.DECLINED
    leaving.save(update_fields=["stage"])
    record["panel"] = str(leaving.panel_id)
    if entering is not None:
        entering.stage = PanelVolunteer.Stage.OFFERED
        entering.due_on = seat_due(record.business_date)
        entering.save(update_fields=["stage", "due_on"])
        record["successor"] = entering.code
    return entering
