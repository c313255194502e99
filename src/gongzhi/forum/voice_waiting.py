"""What waits about voices: to be answered, supplemented, and, once late, urged from above."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.participating.voices import VoiceStage
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import due_on
from gongzhi.forum.models import Voice, VoiceStep
from gongzhi.forum.voice_reading import VoiceQuerySet
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.voices import voice_rules

OFFICER, BUDGET = "officer", "budget"
ANSWER = Said("答复意见")
SUPPLEMENT = Said("补充答复意见")
URGE = Said("督促答复逾期的意见")
SAID = {VoiceStage.RECEIVED: ANSWER, VoiceStage.ASKED: SUPPLEMENT}
ANSWERING, URGING = "answer_voice", "urge_voice"


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What the member's organisation has to answer, and whom it has to urge."""
    if member.organisation is None:
        return
    visible = Voice.objects.visible_to(member).with_facts()
    mine = visible.filter(addressed=member.organisation).waiting().order_by("due_on", "pk")
    yield Queue.of(due_of, mine)
    late = _late_above(member, visible.overdue(today=today), today=today)
    if late is not None:
        yield Queue(partial(_to_urge, late, member), late)


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """What others have to answer, for whoever oversees them."""
    if member.organisation is None:
        return
    visible = Voice.objects.visible_to(member).with_facts().waiting()
    others = visible.exclude(addressed=member.organisation)
    if BUDGET not in member.roles:
        others = others.filter(addressed__parent=member.organisation)
    yield Queue.of(due_of, others)


def due_of(voice: Voice) -> Waiting:
    """Who has to answer a voice, until when."""
    return Waiting(
        verb=ANSWERING,
        thing=voice.thing(),
        said=SAID[VoiceStage(voice.stage)],
        title=str(voice),
        organisation=str(voice.addressed_id),
        opened_on=voice.said_on,
        due_on=voice.due_on,
        clause=clause_of(ANSWERING),
    )


def late_for(member: Member, *, today: date) -> VoiceQuerySet:
    """What clause 9.9 lets somebody find late: what they answer, oversee, or wait for."""
    late: VoiceQuerySet = Voice.objects.visible_to(member).overdue(today=today)
    if member.organisation is None:
        return late.filter(person=member.person)
    if BUDGET in member.roles:
        return late
    own = member.organisation
    return late.filter(Q(addressed=own) | Q(addressed__parent=own) | Q(organisation=own))


def _late_above(member: Member, overdue: QuerySet[Any], *, today: date) -> QuerySet[Any] | None:
    """Late ones that nobody has urged since: for the department, and later for the bureau."""
    urged = VoiceStep.objects.filter(
        voice=OuterRef("pk"), verb=URGING, done_on__gt=OuterRef("due_on")
    )
    rows = overdue.exclude(addressed=member.organisation)
    by_department = Q(addressed__parent=member.organisation) & ~Exists(urged)
    if BUDGET in member.roles:
        by_bureau = urged.filter(office__organisation=member.organisation)
        late_enough = Q(due_on__lt=_finance_from(today)) & ~Exists(by_bureau)
        return rows.filter(late_enough | by_department).order_by("due_on", "pk")
    if OFFICER in member.roles:
        return rows.filter(by_department).order_by("due_on", "pk")
    return None


def _finance_from(today: date) -> date:
    """The day before which a clock has to have ended for the bureau to be called on."""
    days = voice_rules(on=today).finance_after_days
    calendar = load_calendar()
    day = today - timedelta(days=days)
    while due_on(day, working_days=days, calendar=calendar).on > today:
        day -= timedelta(days=1)
    return day


def _to_urge(rows: QuerySet[Any], member: Member) -> Iterator[Waiting]:
    for voice in rows:
        yield Waiting(
            verb=URGING,
            thing=voice.thing(),
            said=URGE,
            title=str(voice),
            organisation=member.organisation,
            opened_on=voice.due_on,
            clause="9.9",
        )
