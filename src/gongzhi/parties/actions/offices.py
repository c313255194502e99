"""Offices: giving and ending them, delegating them, and declaring a conflict of interest."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.parties.asked_once import forget
from gongzhi.parties.conflicts import Conflict
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.offices import INCOMPATIBLE, Office
from gongzhi.parties.people import Person
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.subject_keys import person_subject
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.offices import office_rules

CONFLICTS_ABOUT = frozenset({"organisation", "project"})
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """What is delegated: to whom, which of the roles, from which day to which."""

    to: Person
    roles: Collection[str]
    since_on: date
    until_on: date


def assign_office(
    *,
    by: Member,
    person: Person,
    organisation: Organisation,
    title: str,
    roles: Collection[str],
    since_on: date,
    until_on: date | None = None,
    key: str | None = None,
) -> Office:
    """Give a person an office in an organisation, with its roles and dates."""
    unknown = set(roles) - set(charter_in_force().roles)
    assert not unknown, f"the charter knows no roles {sorted(unknown)}"
    office = Office(
        person=person,
        organisation=organisation,
        title=title,
        roles=sorted(roles),
        since_on=since_on,
        until_on=until_on,
    )
    with (
        _alone_with(person),
        act(by, "assign_office", on=_beside_others(office, office.thing()), key=key) as record,
    ):
        office.save(force_insert=True)
        if person.organisation_id is None:
            person.organisation = organisation
            person.save(update_fields=["organisation"])
        _note(record, office)
    return office


def end_office(*, by: Member, office: Office, reason: str, key: str | None = None) -> Office:
    """End an office before its last day; what was delegated from it ends with it."""
    with act(by, "end_office", on=office, key=key) as record:
        _end(office, record)
        record.private("reason", reason)
    return office


def delegate_office(
    *, by: Member, office: Office, delegation: Delegation, key: str | None = None
) -> Office:
    """Let a colleague act in one's office for some days, with some or all of its roles."""
    delegated = Office(
        person=delegation.to,
        organisation=office.organisation,
        title=office.title,
        roles=sorted(delegation.roles),
        since_on=delegation.since_on,
        until_on=delegation.until_on,
        acts_for=office,
    )
    with _alone_with(delegation.to):
        office.refresh_from_db(from_queryset=Office.objects.select_for_update())
        asked = _beside_others(delegated, office.thing())
        with act(by, "delegate_office", on=asked, key=key) as record:
            faults = faults_of_delegation(office, delegation, today=record.business_date)
            if faults:
                raise Unsuitable(faults)
            delegated.save(force_insert=True)
            _note(record, delegated)
    return delegated


def end_delegation(*, by: Member, office: Office, key: str | None = None) -> Office:
    """End what was delegated, before its last day."""
    with act(by, "end_delegation", on=office, key=key) as record:
        _end(office, record)
    return office


def declare_conflict(
    *,
    by: Member,
    about: Thing,
    reason: str,
    since_on: date,
    until_on: date | None = None,
    key: str | None = None,
) -> Conflict:
    """Say that one has an interest in an organisation or a project; why stays sealed."""
    assert about.kind in CONFLICTS_ABOUT, f"no conflict about {about.kind}"
    conflict = Conflict(
        person=Person.objects.filter(pk=by.person).first() if by.person else None,
        organisation_id=by.organisation,
        about=about.name,
        since_on=since_on,
        until_on=until_on,
    )
    with act(by, "declare_conflict", on=conflict.thing(), key=key) as record:
        conflict.save(force_insert=True)
        record["about"] = about.name
        subject = person_subject(by.person) if by.person else None
        record.private("reason", reason, about=subject)
    forget()
    return conflict


def lift_conflict(
    *, by: Member, conflict: Conflict, reason: str, key: str | None = None
) -> Conflict:
    """Confirm for somebody else that the tie is gone."""
    with act(by, "lift_conflict", on=conflict, key=key) as record:
        conflict.lifted_on = record.business_date
        conflict.save(update_fields=["lifted_on"])
        record["about"] = conflict.about
        record.private("reason", reason)
    forget()
    return conflict


def faults_of_delegation(
    office: Office, delegation: Delegation, *, today: date
) -> Mapping[str, Said]:
    """What stands against a delegation, by field."""
    to, days_max = delegation.to, office_rules(on=today).delegation_days_max
    faults = {}
    if to.organisation_id != office.organisation_id or to.who == office.person.who:
        faults["to"] = Said("请选本单位的另一位人员")
    elif not to.is_active:
        faults["to"] = Said("这个账号已停用")
    if not delegation.roles or not set(delegation.roles) <= set(office.roles):
        faults["roles"] = Said("请从您的岗位角色中选")
    last = min(delegation.since_on + (days_max - 1) * DAY, office.until_on or date.max)
    if delegation.since_on < max(today, office.since_on):
        faults["since_on"] = Said("起始日期不能早于今天，也不能早于您的岗位")
    elif not delegation.since_on <= delegation.until_on <= last:
        faults["until_on"] = Said(
            "截止日期最晚是 {last}：一次最多 {days} 天，也不能长于您的岗位",
            {"last": last.isoformat(), "days": days_max},
        )
    return faults


def _beside_others(office: Office, asked: Thing) -> Thing:
    """The question, told whether the new office goes with those that its human holds already."""
    apart = office_rules(on=office.since_on).apart
    around = Office.objects.of_human(office.person).filter(
        Q(until_on=None) | Q(until_on__gte=office.since_on), ended_on=None
    )
    if office.until_on is not None:
        around = around.filter(since_on__lte=office.until_on)
    roles = {*office.roles, *(role for other in around for role in other.roles)}
    is_apart = len(apart & roles) > 1 and apart & set(office.roles)
    return replace(asked, label=INCOMPATIBLE) if is_apart else asked


@contextmanager
def _alone_with(person: Person) -> Iterator[None]:
    """Keep two from giving offices to the same human at once, under whatever account."""
    with transaction.atomic():
        accounts = Person.objects.filter(pk=person.pk)
        if person.human_id is not None:
            accounts = Person.objects.filter(human=person.human_id)
        list(accounts.order_by("pk").select_for_update().values_list("pk"))
        yield


def _end(office: Office, record: Record) -> None:
    office.ended_on = record.business_date
    office.save(update_fields=["ended_on"])
    _note(record, office)


def _note(record: Record, office: Office) -> None:
    record["office"] = str(office.pk)
    record["organisation"] = str(office.organisation_id)
    record["roles"] = tuple(office.roles)
    record.private("person", str(office.person_id))
