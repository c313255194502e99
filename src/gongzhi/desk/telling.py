"""Whom a deed concerns: the offices of a thing's owner, those who follow it, those it answers."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db import models
from django.utils import timezone

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said, SaidValues
from gongzhi.core.waiting import Urgency, Waiting
from gongzhi.desk.models import Follow, Notice, Task
from gongzhi.desk.sentences import said_as_json
from gongzhi.desk.things import found, organisations_concerned, readable
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_in, member_of, offices_held
from gongzhi.parties.models import Deed, Office, Organisation, Person
from gongzhi.parties.rights import charter_in_force

SYSTEM_PARTY = "system"
PARTIES: Mapping[str, Said] = {
    SYSTEM_PARTY: Said("平台"),
    "citizen": Said("公民"),
    "visitor": Said("访客"),
}


def notices_of(deed: Deed) -> Iterator[Notice]:
    """The notices that a deed gives rise to, not yet stored; nobody is told of their own deeds."""
    row = found(deed.on)
    if row is None:
        return
    names = [deed.on, *(thing.name for thing in _around(row))]
    today = business_date()
    topic = Notice.Topic
    told = {person.pk: (deed.on, topic.OFFICE) for person in _owners(row, on=today)}
    for follow in Follow.objects.filter(about__in=names).select_related("person"):
        if follow.person_id not in told and may_read(follow.person, deed.on, on=today):
            told[follow.person_id] = (deed.on, topic.FOLLOWED)
    told |= {person: (name, topic.ANSWERED) for person, name in _answered(row, deed).items()}
    others = [each for each in told.items() if each[0] != deed.person]
    if not others:
        return
    cause, said = f"deed:{deed.pk}", said_of(deed)
    for person, (about, why) in others:
        yield notice_to(
            person, cause=cause, about=about, said=said, on=deed.business_date, topic=why
        )


def notice_to(
    person: UUID | str, *, cause: str, about: str, said: Said, on: date, topic: str
) -> Notice:
    """A notice of what happened or stands on a day, not yet stored."""
    stored = said_as_json(said)
    return Notice(
        person_id=person,
        cause=cause,
        about=about,
        topic=topic,
        text=stored["text"],
        values=stored["values"],
        told_on=on,
        told_at=timezone.now(),
    )


def reminder_of(waiting: Waiting, *, to: Member, urgency: Urgency, on: date) -> Notice:
    """The notice that something is due soon or overdue; once for each stage of its clock."""
    assert waiting.due_on is not None, "what has no day is never late"
    assert to.person is not None, "only people are reminded"
    values: SaidValues = {"what": waiting.said, "day": waiting.due_on.isoformat()}
    late = urgency is Urgency.OVERDUE
    said = Said("已逾期：{what}（{day}到期）" if late else "快到期：{what}（{day}到期）", values)
    cause = f"{waiting.verb} {waiting.thing.name} {waiting.due_on.isoformat()} {urgency}"
    return notice_to(
        to.person,
        cause=cause,
        about=waiting.place.name,
        said=said,
        on=on,
        topic=Notice.Topic.DUE,
    )


def said_of(deed: Deed) -> Said:
    """What happened, in a sentence: the party and the deed, never the thing's own words."""
    verb = charter_in_force().verb_names.get(deed.verb, Said(deed.verb))
    return Said("{party}办理了“{verb}”", {"party": _party(deed.party), "verb": verb})


def may_read(person: Person, name: str, *, on: date) -> bool:
    """Whether the person may read the thing, in any of their offices or for themselves."""
    return any(name in readable(member, [name]) for member in members_of(person, on=on))


def members_of(person: Person, *, on: date) -> list[Member]:
    """Everybody that the person can act as on a day."""
    return [member_of(person), *(member_in(office) for office in offices_held(person, on=on))]


def _owners(row: models.Model, *, on: date) -> Iterator[Person]:
    """The people in the offices of the organisation that the thing belongs to, or that answers."""
    thing: Thing = row.thing()  # type: ignore[attr-defined]
    if isinstance(row, Task) and row.office is not None:
        yield row.office.person
        return
    known = organisations_concerned(thing)
    for office in Office.objects.held(on=on).filter(organisation__in=known).with_facts():
        yield office.person


def _around(row: models.Model) -> tuple[Thing, ...]:
    """The things that a row is part of, as far as it says."""
    return row.part_of() if hasattr(row, "part_of") else ()


def _answered(row: models.Model, deed: Deed) -> Mapping[UUID, str]:
    """Those whom a deed answers, each with the name of their own thing, as far as a row says."""
    return row.answered_by(deed) if hasattr(row, "answered_by") else {}


def _party(party: str) -> Said | str:
    kind, _, organisation = party.partition(":")
    if not organisation:
        return PARTIES.get(kind, Said("不公开"))
    return str(Organisation.objects.get(pk=organisation))
