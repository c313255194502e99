"""To whom a reader may give tasks, and by which clauses."""

from dataclasses import dataclass, replace

from gongzhi.core.charter import Member, Thing
from gongzhi.core.charter.charter import ClauseKind
from gongzhi.core.parts import in_parts
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.rights import charter_in_force, may_all
from gongzhi.web.frame import reader_language
from gongzhi.web.here import NEW

ASKED_AT_ONCE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """An organisation, or one of its offices, that a task may be given to."""

    organisation: Organisation
    office: Office | None = None

    @property
    def name(self) -> str:
        """How a form names it."""
        return f"office:{self.office.pk}" if self.office else f"organisation:{self.organisation.pk}"

    @property
    def shown(self) -> str:
        """What it is called, in its people's own words."""
        name = str(self.organisation)
        return f"{name} · {self.office.title}" if self.office else name


def receivers(member: Member) -> tuple[Receiver, ...]:
    """Everybody whom the charter lets the member give a task; offices of the own organisation."""
    if member.person is None:
        return ()
    organisations = list(Organisation.objects.visible_to(member).select_related("region"))
    questions = [("assign_task", _task_for(each, giver=member.person)) for each in organisations]
    allowed = may_all(member, questions)
    open_to = [each for each, answer in zip(organisations, allowed, strict=True) if answer]
    own = [each for each in open_to if str(each.pk) == member.organisation]
    others = [each for each in open_to if str(each.pk) != member.organisation]
    return (
        *(
            Receiver(organisation=each, office=office)
            for each in own
            for office in _offices(member, each)
        ),
        *(Receiver(organisation=each) for each in (*own, *others)),
    )


def may_ask_others(member: Member) -> bool:
    """Whether the charter lets the member give a task to any other organisation."""
    giver = member.person
    if giver is None:
        return False
    every = Organisation.objects.visible_to(member).select_related("region").order_by("code")
    others = every.exclude(pk=member.organisation) if member.organisation else every
    return any(
        any(may_all(member, [("assign_task", _task_for(each, giver=giver)) for each in some]))
        for some in in_parts(others.iterator(ASKED_AT_ONCE), size=ASKED_AT_ONCE)
    )


def task_inside(member: Member) -> Thing | None:
    """A task for the own organisation that isn't there yet; None for who has no organisation."""
    own = own_organisation(member)
    if member.person is None or own is None:
        return None
    return replace(_task_for(own, giver=member.person), id=NEW)


def duties() -> tuple[tuple[str, str], ...]:
    """The clauses that a task may be given by, with their titles: those that are duties."""
    language = reader_language()
    return tuple(
        (number, f"§ {number} {clause.title.in_language(language)}")
        for number, clause in charter_in_force().clauses.items()
        if clause.kind is ClauseKind.DUTY
    )


def _task_for(organisation: Organisation, *, giver: str) -> Thing:
    """A task that isn't there yet; named by its receiver, so that many are asked about at once."""
    return Thing(
        kind="task",
        id=str(organisation.pk),
        owner=str(organisation.pk),
        stage="open",
        authors=frozenset({giver}),
        regions=organisation.region.line(),
    )


def _offices(member: Member, organisation: Organisation) -> list[Office]:
    held = Office.objects.visible_to(member).held(on=business_date())
    return list(held.filter(organisation=organisation).with_facts())
