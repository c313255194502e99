"""What waits in the parties' room: applications for admission, and amendments of the rules."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import due_on
from gongzhi.parties.actions.admission import DECIDING
from gongzhi.parties.admission import Admission
from gongzhi.parties.clocks import clause_with_clock, due_by_clause
from gongzhi.parties.erasing import VERB as ERASING
from gongzhi.parties.erasure import Erasure
from gongzhi.parties.models import Amendment
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.rooms import Queue, Room
from gongzhi.rules.calendar import load_calendar

Stage = Amendment.Stage
WRITING = {
    Stage.DRAFTING: Said("为立规建议起草条文"),
    Stage.RETURNED: Said("按审核意见修订修改稿"),
}
REVIEWING = "11.5"  # the clause that says how long a legal review takes


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What the member's office decides on, and what came back to who proposed it."""
    admissions = Admission.objects.visible_to(member).waiting().select_related("region")
    yield Queue(partial(_admissions, member, admissions), admissions)
    if "security_admin" in member.roles:
        erasures = Erasure.objects.visible_to(member).waiting().with_facts()
        yield Queue(partial(_erasures, member, erasures), erasures)
    amendments = Amendment.objects.visible_to(member)
    if "legal" in member.roles:
        to_review = amendments.filter(stage=Stage.OPEN)
        yield Queue(partial(_to_review, member, to_review), to_review)
    if "issuer" in member.roles:
        ripe = amendments.filter(stage=Stage.REVIEWED, comments_until__lt=today)
        yield Queue(partial(_to_issue, member, ripe), ripe)
    if member.person is not None:
        to_write = amendments.filter(_own(member), stage__in=WRITING)
        yield Queue(partial(_to_write, member, to_write), to_write)


def _admissions(member: Member, admissions: Iterable[Admission]) -> Iterator[Waiting]:
    for admission in admissions:
        yield waiting_of(admission, organisation=member.organisation)


def waiting_of(admission: Admission, *, organisation: str | None = None) -> Waiting:
    """An application as something that waits for a registrar."""
    return Waiting(
        verb=DECIDING,
        thing=admission.thing(),
        said=Said("决定是否接纳"),
        title=admission.name,
        organisation=organisation,
        role="registrar",
        opened_on=admission.applied_on,
        due_on=admission.due_on,
        provisional=admission.provisional,
        clause=next(iter(charter_in_force().clauses_of(DECIDING)), None),
    )


def _erasures(member: Member, requests: Iterable[Erasure]) -> Iterator[Waiting]:
    for request in requests:
        yield erasure_waiting(request, organisation=member.organisation)


def erasure_waiting(request: Erasure, *, organisation: str | None = None) -> Waiting:
    """A request to erase as something that waits for a security administrator."""
    clause, _ = clause_with_clock(ERASING) or (None, None)
    due = due_by_clause(ERASING, opened_on=request.asked_on)
    return Waiting(
        verb=ERASING,
        thing=request.thing(),
        said=Said("决定是否删除个人信息"),
        title=str(request.person),
        organisation=organisation,
        role="security_admin",
        opened_on=request.asked_on,
        due_on=due.on if due else None,
        provisional=due.provisional if due else False,
        clause=clause,
    )


def _to_review(member: Member, amendments: QuerySet[Any]) -> Iterator[Waiting]:
    """Amendments whose newest text no legal office has judged yet, with the clause's clock."""
    owed = charter_in_force().clauses[REVIEWING].owed
    days = owed.within_days if owed else None
    for amendment in amendments:
        written_on = amendment.text().written_on
        due = due_on(written_on, working_days=days, calendar=load_calendar()) if days else None
        yield Waiting(
            verb="review_amendment",
            thing=amendment.thing(),
            said=Said("审核规则修改的合法性"),
            title=amendment.title,
            organisation=member.organisation,
            role="legal",
            opened_on=written_on,
            due_on=due.on if due else None,
            provisional=due.provisional if due else False,
            clause=REVIEWING,
        )


def _to_issue(member: Member, ripe: QuerySet[Any]) -> Iterator[Waiting]:
    """Amendments found lawful whose time for comments is over."""
    for amendment in ripe:
        yield Waiting(
            verb="issue_amendment",
            thing=amendment.thing(),
            said=Said("签发规则修改"),
            title=amendment.title,
            organisation=member.organisation,
            role="issuer",
            opened_on=amendment.comments_until + timedelta(days=1),
        )


def _own(member: Member) -> Q:
    """An amendment of the member's organisation, or of the member alone."""
    if member.organisation:
        return Q(organisation=member.organisation)
    return Q(organisation=None, person=member.person)


def _to_write(member: Member, amendments: QuerySet[Any]) -> Iterator[Waiting]:
    """The member's own amendments that came back, or have no text yet."""
    for amendment in amendments:
        review = amendment.reviews.first()
        yield Waiting(
            verb="revise_amendment",
            thing=amendment.thing(),
            said=WRITING[amendment.stage],
            title=amendment.title,
            organisation=member.organisation,
            person=None if member.organisation else member.person,
            opened_on=review.reviewed_on if review else amendment.proposed_on,
        )
