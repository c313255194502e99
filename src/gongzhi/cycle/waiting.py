"""What waits for a unit's people: drafts to publish, and findings that nobody has answered yet."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import due_on
from gongzhi.cycle.models import DRAFTS, Answer, DerivedFinding, FormVersion
from gongzhi.cycle.reading import VersionQuerySet
from gongzhi.parties.clocks import clause_with_clock
from gongzhi.parties.models import Deed
from gongzhi.rules.calendar import load_calendar

PUBLISHING = {
    FormVersion.Stage.DRAFT: ("publish_form", Said("审查并公开自评表")),
    FormVersion.Stage.CORRECTION: ("correct_form", Said("审查并公开更正版本")),
}
ANSWERING = "explain_finding"


def waiting_for(member: Member, *, today: date) -> Iterator[Waiting]:  # noqa: ARG001
    """The drafts and the open findings of the member's own unit."""
    if member.organisation is None:
        return
    own = FormVersion.objects.visible_to(member).filter(project__unit=member.organisation)
    drafts = own.filter(stage__in=DRAFTS).with_facts()
    faulty = Count("findings", filter=Q(findings__certain=True))
    found = list(drafts.annotate(faulty=faulty))
    drafted_on = _drafted_on(found)
    for version in found:
        opened_on = drafted_on[str(version.pk)]
        if version.faulty:
            yield _mending(version, faulty=version.faulty, opened_on=opened_on)
        yield _publishing(version, opened_on=opened_on)
    for version in _with_unanswered(own.current().with_facts()):
        yield _answering(version, unanswered=version.unanswered)


def _drafted_on(drafts: Iterable[FormVersion]) -> dict[str, date]:
    """The day on which each was drafted, as the register of deeds has it."""
    projects = [version.project.thing() for version in drafts]
    deeds = Deed.objects.about(*projects).filter(verb="draft_form")
    return {deed.public["version"]: deed.business_date for deed in deeds}


def _mending(version: FormVersion, *, faulty: int, opened_on: date) -> Waiting:
    """A draft whose sums don't agree: mended by drafting anew, before it is published."""
    return Waiting(
        verb="draft_form",
        thing=version.project.thing(),
        said=Said("草稿里有 {count} 处算术不符，请改正", {"count": faulty}),
        title=str(version),
        organisation=str(version.project.unit_id),
        role="officer",
        opened_on=opened_on,
        address_of=version.thing(),
    )


def _publishing(version: FormVersion, *, opened_on: date) -> Waiting:
    verb, said = PUBLISHING[FormVersion.Stage(version.stage)]
    return Waiting(
        verb=verb,
        thing=version.thing(),
        said=said,
        title=str(version),
        organisation=str(version.project.unit_id),
        role="reviewer",
        opened_on=opened_on,
    )


def _answering(version: FormVersion, *, unanswered: int) -> Waiting:
    """The findings of a version as one thing to do; the clause that wants answers sets the day."""
    opened_on = version.published_on
    assert opened_on is not None, "a constraint sees to it"
    clause, days = clause_with_clock(ANSWERING) or (None, None)
    due = due_on(opened_on, working_days=days, calendar=load_calendar()) if days else None
    return Waiting(
        verb=ANSWERING,
        thing=version.thing(),
        said=Said("答复 {count} 处发现", {"count": unanswered}),
        title=str(version),
        organisation=str(version.project.unit_id),
        role="officer",
        opened_on=opened_on,
        due_on=due.on if due else None,
        provisional=due.provisional if due else False,
        clause=clause,
    )


def _with_unanswered(versions: VersionQuerySet) -> QuerySet[Any]:
    """The versions with findings that nobody has answered, each with how many."""
    answers = Answer.objects.filter(version=OuterRef("version"), code=OuterRef("code"))
    here = answers.filter(indicator=OuterRef("indicator"))
    whole = answers.filter(indicator=None)
    answered = Exists(here) | (Q(indicator=None) & Exists(whole))
    open_findings = DerivedFinding.objects.exclude(answered)
    counted = Count("findings", filter=Q(findings__in=open_findings))
    counting: QuerySet[Any] = versions.annotate(unanswered=counted)
    return counting.filter(unanswered__gt=0)
