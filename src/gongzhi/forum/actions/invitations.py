"""Invitations to meetings by e-mail, each with a part that mailboxes put into a calendar.

Everybody who takes part and has a verified mailbox gets one for each SEQUENCE: the invitation, then
what was moved, then that it was called off, which only those get who had an invitation.
"""

from collections.abc import Iterator
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gongzhi.core.charter import SYSTEM
from gongzhi.core.participating.calendar_files import Mailed, calendar_file
from gongzhi.core.participating.meetings import MeetingStage
from gongzhi.core.terms import Said
from gongzhi.desk.models import Digest, Notice
from gongzhi.forum.meeting_calendars import calendar_entry
from gongzhi.forum.models import Meeting, MeetingMail
from gongzhi.parties.business_date import business_date
from gongzhi.parties.contacts import mailbox_of
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Office, Person
from gongzhi.parties.outgoing import Channel
from gongzhi.parties.sending import can_send, send
from gongzhi.words import say

INVITED = Said("会议邀请：{title}（{day}）")
MOVED = Said("会议改期：{title}（{day}）")
CALLED_OFF = Said("会议取消：{title}（{day}）")
WHERE = Said("{day} {time}，{place}，{organiser}召集。请登录后回复是否参加。")
NO_MORE = Said("{day} {time}在{place}的会议已经取消，日历里的这一项会自动删去。")


def send_invitations(*, identifier: UUID) -> int:
    """Send what hasn't been sent of a meeting as it stands now; says to how many."""
    with transaction.atomic():
        meeting: Meeting = (
            Meeting.objects.select_for_update(of=("self",))
            .select_related("organiser__region")
            .get(pk=identifier)
        )
        due = list(_due(meeting)) if can_send(Channel.EMAIL) else []
        if not due:
            return 0
        with act(SYSTEM, "send_invitations", on=meeting) as record:
            for person, mailbox in due:
                MeetingMail.objects.create(
                    meeting=meeting, person=person, sequence=meeting.sequence
                )
                _send(meeting, to=mailbox, language=_language(person))
            record["count"] = len(due)
            record["number"] = meeting.sequence
    return len(due)


def _due(meeting: Meeting) -> Iterator[tuple[Person, str]]:
    """Who is to get a mail, and where: once for each change, and only who wants any."""
    is_cancelled = meeting.stage == MeetingStage.CANCELLED
    if not (meeting.is_coming or is_cancelled):
        return
    mailed = meeting.mails.all()
    had = {each.person_id for each in mailed if each.sequence < meeting.sequence}
    has = {each.person_id for each in mailed if each.sequence == meeting.sequence}
    wanted = (had if is_cancelled else _taking_part(meeting)) - has
    unwanted = Digest.objects.filter(never__contains=[Notice.Topic.ANSWERED])
    for person in Person.objects.filter(pk__in=wanted, is_active=True).exclude(
        pk__in=unwanted.values("person")
    ):
        mailbox = mailbox_of(person)
        if mailbox:
            yield person, mailbox


def _taking_part(meeting: Meeting) -> set[UUID]:
    """The residents who have a seat, and the people in the offices that are invited."""
    rows = meeting.attendances.exclude(stage="declined")
    organisations = [each.organisation_id for each in rows if each.organisation_id]
    held = Office.objects.held(on=business_date()).filter(organisation__in=organisations)
    return {each.person_id for each in rows if each.person_id} | {
        office.person_id for office in held if office.person_id
    }


def _send(meeting: Meeting, *, to: str, language: str) -> None:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    is_cancelled = meeting.stage == MeetingStage.CANCELLED
    told = {
        "title": meeting.title,
        "day": meeting.held_on.isoformat(),
        "time": meeting.begins.isoformat("minutes"),
        "place": meeting.place,
        "organiser": meeting.organiser.name,
    }
    head = CALLED_OFF if is_cancelled else MOVED if meeting.sequence else INVITED
    body = NO_MORE if is_cancelled else WHERE
    entry = calendar_entry(meeting, mailed=Mailed(sender=sender, addressee=to))
    send(
        channel=Channel.EMAIL,
        address=to,
        subject=say(Said(head.text, {**told}), language),
        text=say(Said(body.text, {**told}), language),
        calendar=calendar_file([entry]).decode(),
    )


def _language(person: Person) -> str:
    ordered = Digest.objects.filter(person=person).first()
    return ordered.language if ordered else "zh"
