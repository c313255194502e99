"""What waits about goals: handing in, the department's examination, the bureau's, drafting anew."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.goals.review import GoalStage
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import due_on
from gongzhi.cycle.models import GoalVersion
from gongzhi.cycle.reading import overseen
from gongzhi.parties.clocks import clause_with_clock
from gongzhi.parties.rooms import Queue, Room
from gongzhi.rules.calendar import load_calendar

OFFICER, REVIEWER, BUDGET = "officer", "reviewer", "budget"
SUBMITTING = ("submit_goals", Said("审核并报送绩效目标"))
FORWARDING = ("forward_goals", Said("审核下属单位的绩效目标，转报或者退回"))
APPROVING = ("approve_goals", Said("审核绩效目标，批复或者退回"))
DRAFTING = ("draft_goals", Said("绩效目标被退回，修改后重新报送"))
Asked = tuple[str, Said]
EXAMINED = {GoalStage.SUBMITTED: FORWARDING, GoalStage.FORWARDED: APPROVING}


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """The unit's drafts and returned goals; what a department or the bureau examines."""
    if member.organisation is None:
        return
    versions, is_bureau = _concerning(member), BUDGET in member.roles
    yield Queue(partial(_told, versions, of=member.organisation, is_bureau=is_bureau), versions)


def _told(versions: Iterable[GoalVersion], *, of: str, is_bureau: bool) -> Iterator[Waiting]:
    for version in versions:
        is_own = str(version.project.unit_id) == of
        is_below = str(version.project.unit.parent_id) == of
        match version.stage:
            case GoalStage.DRAFT if is_own:
                yield _waiting(version, SUBMITTING, organisation=of, role=REVIEWER)
            case GoalStage.RETURNED if is_own and not _drafted_anew(version):
                yield _drafting(version)
            case GoalStage.SUBMITTED if is_below:
                yield _waiting(version, FORWARDING, organisation=of, role=OFFICER)
            case GoalStage.FORWARDED | GoalStage.ASKED if is_bureau:
                yield _waiting(version, APPROVING, organisation=of, role=BUDGET)


def _concerning(member: Member) -> QuerySet[Any]:
    """The versions that may wait for the member's organisation, in one query."""
    own = Q(project__unit=member.organisation)
    below = Q(project__unit__parent=member.organisation)
    wanted = own & Q(stage__in=[GoalStage.DRAFT, GoalStage.RETURNED])
    wanted |= below & Q(stage=GoalStage.SUBMITTED)
    if BUDGET in member.roles:
        wanted |= Q(stage__in=[GoalStage.FORWARDED, GoalStage.ASKED])
    readable = GoalVersion.objects.visible_to(member).with_facts().prefetch_related("steps")
    found: QuerySet[Any] = readable.filter(wanted)
    return found


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """The goals that wait in the departments that the member oversees to be forwarded."""
    below = overseen(member) & ~Q(project__unit__parent=member.organisation)
    readable = GoalVersion.objects.visible_to(member).with_facts().prefetch_related("steps")
    submitted = readable.filter(below, stage=GoalStage.SUBMITTED)
    yield Queue(partial(_within, submitted), submitted)


def _within(submitted: Iterable[GoalVersion]) -> Iterator[Waiting]:
    for version in submitted:
        department = str(version.project.unit.parent_id or "")
        yield _waiting(version, FORWARDING, organisation=department, role=OFFICER)


def due_of(version: GoalVersion) -> Waiting | None:
    """Who has to examine a version until when; None where nobody has."""
    asked = EXAMINED.get(GoalStage(version.stage))
    if asked is None:
        return None
    unit = version.project.unit
    role = OFFICER if asked is FORWARDING else BUDGET
    return _waiting(version, asked, organisation=str(unit.parent_id or ""), role=role)


def _drafted_anew(version: GoalVersion) -> bool:
    """Whether the unit has drafted the year's goals again since."""
    later = version.project.goals.filter(fiscal_year=version.fiscal_year, pk__gt=version.pk)
    return bool(later.exclude(stage=GoalStage.WITHDRAWN).exists())


def _drafting(version: GoalVersion) -> Waiting:
    """A returned version: what is done about it is done with its project."""
    return Waiting(
        verb=DRAFTING[0],
        thing=version.project.thing(),
        said=DRAFTING[1],
        title=str(version),
        organisation=str(version.project.unit_id),
        role=OFFICER,
        opened_on=_since(version),
        address_of=version.thing(),
    )


def _waiting(version: GoalVersion, asked: Asked, *, organisation: str, role: str) -> Waiting:
    verb, said = asked
    opened_on = _since(version)
    clause, days = _clock(verb) or (None, None)
    due = due_on(opened_on, working_days=days, calendar=load_calendar()) if days else None
    return Waiting(
        verb=verb,
        thing=version.thing(),
        said=said,
        title=str(version),
        organisation=organisation,
        role=role,
        opened_on=opened_on,
        due_on=due.on if due else None,
        provisional=due.provisional if due else False,
        clause=clause,
    )


def _clock(verb: str) -> tuple[str, int] | None:
    """The clause gives examiners a number of days; handing in has its own calendar."""
    return clause_with_clock(verb) if verb in (FORWARDING[0], APPROVING[0]) else None


def _since(version: GoalVersion) -> date:
    """The day of the last step; asking people doesn't stop the clock."""
    counted = [step.done_on for step in version.steps.all() if step.verb != "ask_about_goals"]
    return max(counted, default=version.drafted_on)
