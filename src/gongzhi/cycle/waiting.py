"""What waits for a unit's people: drafts to publish, and findings that nobody has answered yet."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import due_on
from gongzhi.cycle.models import DRAFTS, Answer, DerivedFinding, FormVersion, WholeForm
from gongzhi.cycle.reading import VersionQuerySet
from gongzhi.parties.clocks import clause_with_clock
from gongzhi.parties.models import Deed
from gongzhi.parties.rooms import Queue, Room
from gongzhi.rules.calendar import load_calendar

PUBLISHING = {
    FormVersion.Stage.DRAFT: ("publish_form", Said("审查并公开自评表")),
    FormVersion.Stage.CORRECTION: ("correct_form", Said("审查并公开更正版本")),
}
ANSWERING = "explain_finding"


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """The drafts and the open findings of the member's own unit."""
    if member.organisation is None:
        return
    own = FormVersion.objects.visible_to(member).filter(project__unit=member.organisation)
    drafts = own.filter(stage__in=DRAFTS).with_facts()
    yield Queue(partial(_drafts, drafts), drafts)
    wholes = WholeForm.objects.visible_to(member).filter(organisation=member.organisation)
    whole_drafts = wholes.filter(stage="draft").with_facts()
    yield Queue(partial(map, _publishing_whole, whole_drafts), whole_drafts)
    findings = _unanswered(own.current())
    yield Queue(partial(_answers, findings, own), findings)


def _answers(findings: QuerySet[Any], versions: VersionQuerySet) -> Iterator[Waiting]:
    unanswered = _counted(findings)
    for version in versions.filter(pk__in=unanswered).with_facts():
        yield _answering(version, unanswered=unanswered[version.pk])


def _drafts(rows: Iterable[FormVersion]) -> Iterator[Waiting]:
    """What is to be done with each: first its faults, if it has any."""
    drafts = list(rows)
    drafted_on = _drafted_on(drafts)
    faulty = _counted(DerivedFinding.objects.filter(version__in=drafts, certain=True))
    for version in drafts:
        opened_on = drafted_on[str(version.pk)]
        if version.pk in faulty:
            yield _mending(version, faulty=faulty[version.pk], opened_on=opened_on)
        yield _publishing(version, opened_on=opened_on)


def _publishing_whole(form: WholeForm) -> Waiting:
    """A draft of what the unit states of its whole spending."""
    return Waiting(
        verb="publish_whole_form",
        thing=form.thing(),
        said=Said("审查并公开部门整体表"),
        title=str(form),
        organisation=str(form.organisation_id),
        role="reviewer",
        opened_on=form.drafted_on,
    )


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


def _unanswered(versions: VersionQuerySet) -> QuerySet[Any]:
    """The findings of versions that nobody has answered."""
    answers = Answer.objects.filter(version=OuterRef("version"), code=OuterRef("code"))
    here = answers.filter(indicator=OuterRef("indicator"))
    whole = answers.filter(indicator=None)
    answered = Exists(here) | (Q(indicator=None) & Exists(whole))
    return DerivedFinding.objects.exclude(answered).filter(version__in=versions)


def _counted(findings: QuerySet[Any]) -> Mapping[UUID, int]:
    """How many of them each version has; without its other columns, which the sum would carry."""
    return dict(findings.order_by().values_list("version").annotate(count=Count("pk")))
