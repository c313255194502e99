"""What a voice may be about, and who has to answer it.

A project's unit answers for its goals and its budget, whoever asked for an evaluation for that,
an organisation for itself, and whoever keeps the rules for a clause.
"""

from dataclasses import dataclass
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.participating.processes import running, verbs_on
from gongzhi.cycle.models import BudgetLine, Evaluation, GoalVersion, Project
from gongzhi.desk.things import readable
from gongzhi.forum.models import Process
from gongzhi.forum.phases import inviting
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.rights import charter_in_force

CLAUSE, LINE = "clause", "budget_line"
DIGITS_MAX = 18
SUBMITTING = "submit_voice"
OPEN_GOALS = ("approved", "asked")  # goals that everybody may read
KEEPING_RULES = ("legal", "issuer", "budget")  # whoever answers for a clause, the first there is


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A thing that a voice is about: its name in the log, what it is called, who answers."""

    name: str
    called: str
    addressed: Organisation
    project: Project | None = None
    version: GoalVersion | None = None
    process: Process | None = None
    label: str = "public"


def subject_of(member: Member, name: str) -> Subject | None:
    """The thing of that name, if the member may read it and somebody answers for it."""
    kind, _, number = name.partition(":")
    if kind == CLAUSE:
        return _clause(name, number)
    if kind == LINE:
        return _line(member, name, number)
    row = readable(member, [name]).get(name)
    if isinstance(row, Project):
        return _of_project(name, row, called=row.name)
    if isinstance(row, GoalVersion) and row.stage in OPEN_GOALS:
        return _of_project(name, row.project, called=str(row), version=row)
    if isinstance(row, Evaluation):
        return _evaluation(name, row)
    if isinstance(row, Process):
        return _process(name, row)
    if isinstance(row, Organisation):
        return Subject(name=name, called=row.name, addressed=row)
    return None


def _of_project(
    name: str, project: Project, *, called: str, version: GoalVersion | None = None
) -> Subject:
    return Subject(
        name=name,
        called=called,
        addressed=project.unit,
        project=project,
        version=version or goals_now(project),
        process=collecting(project),
        label=project.label,
    )


def collecting(project: Project) -> Process | None:
    """The process about a project that collects voices today, if one does."""
    return inviting(project, SUBMITTING, today=business_date())


def collects_until(process: Process, today: date) -> date | None:
    """The last day of the phase in which a process collects voices, while that runs."""
    if process.stage != Process.Stage.OPEN:
        return None
    dates = process.dates()
    phase = running(dates, today=today)
    is_for_it = phase is not None and SUBMITTING in verbs_on(process.kind(), dates, today=today)
    return phase.closes_on if is_for_it and phase is not None else None


def _process(name: str, row: Process) -> Subject:
    return Subject(
        name=name,
        called=row.title,
        addressed=row.organisation,
        project=row.project,
        version=goals_now(row.project) if row.project else None,
        process=row,
        label=row.label,
    )


def goals_now(project: Project) -> GoalVersion | None:
    """The goals of a project on which somebody may suggest something: the newest year's."""
    open_to_all = GoalVersion.objects.in_force() | GoalVersion.objects.filter(stage="asked")
    mine = open_to_all.filter(project=project)
    found: GoalVersion | None = mine.order_by("fiscal_year", "pk").last()
    return found


def _line(member: Member, name: str, number: str) -> Subject | None:
    """A line of a budget; it is a row of facts, known by its number in the table."""
    if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS_MAX):
        return None
    lines = BudgetLine.objects.visible_to(member).exclude(project=None)
    row = lines.select_related("project__unit__region").filter(pk=int(number)).first()
    if row is None:
        return None
    return _of_project(name, row.project, called=f"{row.project.name} {row.name}".strip())


def _evaluation(name: str, row: Evaluation) -> Subject:
    return Subject(
        name=name,
        called=str(row),
        addressed=row.commissioner,
        project=row.project,
        label=row.label,
    )


def _clause(name: str, number: str) -> Subject | None:
    clause = charter_in_force().clauses.get(number)
    if clause is None:
        return None
    for role in KEEPING_RULES:
        held = Office.objects.held(on=business_date()).filter(roles__contains=[role])
        office = held.select_related("organisation__region").order_by("pk").first()
        if office is not None:
            return Subject(
                name=name, called=f"§ {number} {clause.title.zh}", addressed=office.organisation
            )
    return None
