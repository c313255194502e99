"""A process as pages show it: its kind, its phases, the one that runs, and what goes on in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.participating.processes import PhaseDates, PhasePlan, PhaseState, ProcessTemplate
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.attached import attached_to
from gongzhi.forum.models import Process
from gongzhi.parties.business_date import business_date
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.clauses import ShownClause, clauses_shown
from gongzhi.web.places import Place, place_of

STATES = {PhaseState.AHEAD: "next", PhaseState.RUNNING: "here", PhaseState.PAST: "done"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A deed that a phase is for: its name, by which clauses, and who has the right."""

    verb: str
    name: Said
    clauses: tuple[ShownClause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPhase:
    """A phase with its dates, where it stands, and what it is for."""

    number: int
    plan: PhasePlan
    dates: PhaseDates
    state: str
    invited: tuple[Invited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProcess:
    """A process in a list: what kind it is, and which phase runs."""

    row: Process
    kind: ProcessTemplate
    now: ShownPhase | None
    phases: tuple[ShownPhase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goings:
    """The things of a kind within a process or about a project, with where they stand."""

    kind: str
    name: Said
    count: int
    places: tuple[Place, ...]


def shown_processes(rows: Iterable[Process]) -> list[ShownProcess]:
    """Processes as lists show them."""
    return [shown_process(row) for row in rows]


def shown_process(row: Process) -> ShownProcess:
    """A process with its phases as they stand today."""
    phases = tuple(_phases(row, today=business_date()))
    is_open = row.stage == Process.Stage.OPEN
    now = next((each for each in phases if is_open and each.state == "here"), None)
    return ShownProcess(row=row, kind=row.kind(), now=now, phases=phases)


def goings_on(member: Member, whole: Process | Project) -> list[Goings]:
    """What goes on in a process or about a project, kind by kind."""
    names = charter_in_force().texts.vocabulary.kinds
    return [
        Goings(
            kind=each.kind,
            name=Said(names[each.kind]["name"]),
            count=each.count,
            places=tuple(place_of(row) for row in each.newest),
        )
        for each in attached_to(member, whole)
    ]


def _phases(row: Process, *, today: date) -> Iterable[ShownPhase]:
    for number, (plan, dates) in enumerate(
        zip(row.kind().phases, row.dates(), strict=True), start=1
    ):
        yield ShownPhase(
            number=number,
            plan=plan,
            dates=dates,
            state=STATES[dates.state(today)],
            invited=tuple(_invited(plan)),
        )


def _invited(plan: PhasePlan) -> Iterable[Invited]:
    """The deeds that a phase is for, as far as the charter in force has them."""
    charter = charter_in_force()
    for verb in (*plan.verbs, *plan.answers):
        if verb in charter.verb_names:
            yield Invited(
                verb=verb,
                name=charter.verb_names[verb],
                clauses=clauses_shown(set(charter.clauses_of(verb))),
            )
