"""Carrying a project together: who takes part, what is needed and offered, who has to do what.

Each deed locks the joint project, so that two at once never accept more than is needed.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.participating.joint import NO_QUANTITY, why_not_accepted
from gongzhi.core.terms import Money, Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models.joint import (
    JointNeed,
    JointOffer,
    JointProject,
    JointRole,
    JointTask,
    VolunteerLog,
)
from gongzhi.forum.own import own_of
from gongzhi.forum.phases import inviting, keep_to_the_phase
from gongzhi.forum.posts import personal_faults
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable

EMPTY = Said("没有填")
PAST = Said("期限应当在今天以后")
IN_FUTURE = Said("日期不能在今天以后")
CARRIED = Said("这个项目已经有联合项目")
NO_NEED = Said("没有这一项需要")
NO_OFFER = Said("没有这一项提供")
NOT_YOURS = Said("由提出需要的一方接受")
ANSWERED = Said("这一项提供已经接受过")
NO_BASIS = Said("写明价值的，应当同时写明作价依据")
NOT_A_PARTY = Said("这个单位没有参加")
NO_TASK = Said("没有等待本单位报告的这一项任务")
LOGGED = Said("这一天的这项工作已经记过")
NOT_HOURS = Said("工时应当大于零，且每人每天不超过 24 小时")
JOINING, OFFERING = "join_joint_project", "offer_supply"
HOURS_A_DAY = 24
QUANTITY_MAX = Decimal(10) ** 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """What is needed, how much, where, by when."""

    item: str
    unit: str
    quantity: Decimal
    due_on: date
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """How many people worked on a day, how many hours together, at what."""

    day: date
    people: int
    hours: Decimal
    work: str


def start_joint_project(
    *, by: Member, project: Project, title: str, purpose: str, does: str, key: str | None = None
) -> JointProject:
    """Open a project to several parties, and take the first role in it."""
    with act(by, "start_joint_project", on=project, key=key) as record:
        refuse_empty({"title": title, "purpose": purpose, "does": does})
        if project.joint_projects.filter(stage=JointProject.Stage.OPEN).exists():
            raise Unsuitable({"title": CARRIED})
        joint = JointProject.objects.create(
            project=project,
            process=inviting(project, JOINING, today=record.business_date),
            lead_id=own_of(by),
            title=title.strip(),
            purpose=purpose.strip(),
            started_on=record.business_date,
            label=project.label,
        )
        _join(joint, organisation=own_of(by), does=does, record=record)
        record["joint"] = str(joint.pk)
        record["name"] = joint.title
    return joint


def join_joint_project(
    *, by: Member, joint: JointProject, does: str, key: str | None = None
) -> JointRole:
    """Take part, and say what one takes on."""
    with act(by, "join_joint_project", on=joint, key=key) as record:
        keep_to_the_phase(by, JOINING, on=joint, process=joint.process, today=record.business_date)
        refuse_empty({"does": does})
        return _join(joint, organisation=own_of(by), does=does, record=record)


def leave_joint_project(
    *, by: Member, joint: JointProject, reason: str, key: str | None = None
) -> JointProject:
    """Take part no longer: open tasks go to the lead; where that leaves, the whole ends."""
    with act(by, "leave_joint_project", on=joint, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        role = joint.roles.get(organisation=own_of(by), until_on=None)
        role.until_on, role.why_left = record.business_date, reason.strip()
        role.save(update_fields=["until_on", "why_left"])
        joint.tasks.filter(organisation=own_of(by), stage="open").update(organisation=joint.lead)
        if own_of(by) == joint.lead_id:
            joint.stage = JointProject.Stage.CLOSED
            joint.save(update_fields=["stage"])
        record["stage"] = str(joint.stage)
        record.private("reason", role.why_left)
    return joint


def state_need(
    *, by: Member, joint: JointProject, needed: Needed, key: str | None = None
) -> JointNeed:
    """Say what is needed."""
    with act(by, "state_need", on=joint, key=key) as record:
        refuse_empty({"item": needed.item, "unit": needed.unit})
        refuse_quantity(needed.quantity)
        if needed.due_on < record.business_date:
            raise Unsuitable({"due_on": PAST})
        need: JointNeed = JointNeed.objects.create(
            joint=joint,
            organisation_id=own_of(by),
            item=needed.item.strip(),
            unit=needed.unit.strip(),
            quantity=needed.quantity,
            place=needed.place.strip(),
            stated_on=record.business_date,
            due_on=needed.due_on,
        )
        record["name"] = need.item
        record["quantity"] = str(need.quantity)
        record["due_on"] = need.due_on.isoformat()
    return need


def offer_supply(
    *,
    by: Member,
    joint: JointProject,
    need: UUID,
    quantity: Decimal,
    worth: Money | None = None,
    worth_basis: str = "",
    key: str | None = None,
) -> JointOffer:
    """Offer what is needed; with what it is worth, and by which basis, where it has a value."""
    with act(by, "offer_supply", on=joint, key=key) as record:
        keep_to_the_phase(by, OFFERING, on=joint, process=joint.process, today=record.business_date)
        row = joint.needs.filter(pk=need).first()
        if row is None:
            raise Unsuitable({"need": NO_NEED})
        refuse_quantity(quantity)
        if worth is not None:
            refuse_quantity(worth, field="worth")
        if (worth is None) != (not worth_basis.strip()):
            raise Unsuitable({"worth_basis": NO_BASIS})
        offer: JointOffer = JointOffer.objects.create(
            joint=joint,
            need=row,
            organisation_id=own_of(by),
            quantity=quantity,
            worth=worth,
            worth_basis=worth_basis.strip(),
            offered_on=record.business_date,
        )
        record["name"] = row.item
        record["quantity"] = str(quantity)
        if worth is not None:
            record["worth"] = str(worth)
    return offer


def accept_offer(
    *, by: Member, joint: JointProject, offer: UUID, quantity: Decimal, key: str | None = None
) -> JointOffer:
    """Accept so much of an offer: never more than is offered, nor than is still needed."""
    with act(by, "accept_offer", on=joint, key=key) as record:
        row: JointOffer | None = joint.offers.filter(pk=offer).select_related("need").first()
        if row is None:
            raise Unsuitable({"offer": NO_OFFER})
        if str(row.need.organisation_id) != str(own_of(by)):
            raise Unsuitable({"offer": NOT_YOURS})
        if row.accepted_on is not None:
            raise Unsuitable({"offer": ANSWERED})
        why_not = why_not_accepted(
            quantity,
            offered=row.quantity,
            needed=row.need.quantity,
            accepted=row.need.accepted,
        )
        if why_not is not None:
            raise Unsuitable({"quantity": why_not})
        row.accepted, row.accepted_on = quantity, record.business_date
        row.save(update_fields=["accepted", "accepted_on"])
        row.need.accepted += quantity
        row.need.save(update_fields=["accepted"])
        record["name"] = row.need.item
        record["quantity"] = str(quantity)
        record["organisation"] = str(row.organisation_id)
    return row


def set_joint_task(
    *,
    by: Member,
    joint: JointProject,
    organisation: UUID,
    text: str,
    due_on: date,
    key: str | None = None,
) -> JointTask:
    """Give one of the parties something to do, until a day; it stands on its desk."""
    with act(by, "set_joint_task", on=joint, key=key) as record:
        refuse_empty({"text": text})
        if due_on < record.business_date:
            raise Unsuitable({"due_on": PAST})
        owner = party_of(joint, organisation)
        task: JointTask = JointTask.objects.create(
            joint=joint,
            organisation=owner,
            text=text.strip(),
            set_by_id=own_of(by),
            set_on=record.business_date,
            due_on=due_on,
        )
        record["organisation"] = str(owner.pk)
        record["due_on"] = due_on.isoformat()
        record["name"] = task.text
    return task


def report_joint_task(
    *, by: Member, joint: JointProject, task: UUID, text: str, key: str | None = None
) -> JointTask:
    """Report what one had to do as done."""
    with act(by, "report_joint_task", on=joint, key=key) as record:
        refuse_empty({"text": text})
        own = joint.tasks.filter(pk=task, organisation=own_of(by), stage="open")
        row: JointTask | None = own.first()
        if row is None:
            raise Unsuitable({"task": NO_TASK})
        row.stage, row.report = JointTask.Stage.DONE, text.strip()
        row.reported_on = record.business_date
        row.save(update_fields=["stage", "report", "reported_on"])
        record["name"] = row.text
        record["on_time"] = record.business_date <= row.due_on
        record.private("text", row.report)
    return row


def log_volunteers(
    *, by: Member, joint: JointProject, worked: Worked, key: str | None = None
) -> VolunteerLog:
    """Count the volunteers of a day and their hours; nobody is named."""
    with act(by, "log_volunteers", on=joint, key=key) as record:
        refuse_empty({"work": worked.work})
        if worked.day > record.business_date:
            raise Unsuitable({"day": IN_FUTURE})
        if worked.people < 1 or not 0 < worked.hours <= worked.people * HOURS_A_DAY:
            raise Unsuitable({"hours": NOT_HOURS})
        log, is_new = VolunteerLog.objects.get_or_create(
            joint=joint,
            organisation_id=own_of(by),
            day=worked.day,
            work=worked.work.strip(),
            defaults={"people": worked.people, "hours": worked.hours},
        )
        if not is_new:
            raise Unsuitable({"work": LOGGED})
        record["from"] = worked.day.isoformat()
        record["count"] = worked.people
        record["hours"] = str(worked.hours)
    return log


def _join(joint: JointProject, *, organisation: UUID, does: str, record: Record) -> JointRole:
    role: JointRole = JointRole.objects.create(
        joint=joint,
        organisation_id=organisation,
        does=does.strip(),
        since_on=record.business_date,
    )
    record["organisation"] = str(organisation)
    record["does"] = role.does
    return role


def party_of(joint: JointProject, organisation: UUID) -> Organisation:
    """One of those who take part today."""
    found = joint.roles.filter(organisation=organisation, until_on=None)
    role = found.select_related("organisation").first()
    if role is None:
        raise Unsuitable({"organisation": NOT_A_PARTY})
    party: Organisation = role.organisation
    return party


def refuse_quantity(quantity: Decimal, *, field: str = "quantity") -> None:
    """Raise where it is no quantity above zero."""
    if not quantity.is_finite() or not 0 < quantity < QUANTITY_MAX:
        raise Unsuitable({field: NO_QUANTITY})


def refuse_empty(given: dict[str, str]) -> None:
    """Raise where a text is missing, or holds what is personal: everybody reads these."""
    faults = {field: EMPTY for field, text in given.items() if not text.strip()}
    faults |= personal_faults(given)
    if faults:
        raise Unsuitable(faults)
