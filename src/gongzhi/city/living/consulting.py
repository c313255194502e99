"""How the stories are put to people: processes started and concluded, stakeholders heard."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.consulted import (
    AffectedGroup,
    Consulted,
    load_affected,
    load_processes,
)
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import processes, stakeholders
from gongzhi.forum.actions.processes import Beginning
from gongzhi.forum.actions.stakeholders import Affected
from gongzhi.forum.models import Process, Stakeholder


def process_called(title: str) -> Process:
    """The process of that title; raises DoesNotExist where nobody started it."""
    found: Process = Process.objects.exclude(stage="withdrawn").get(title=title)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulting:
    """The stories' processes and registers, for the officers of their units."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each is started and concluded on its day; who is affected is asked and heard."""
        for told in load_processes():
            yield decided_on(told.on, partial(self._start, told))
            if told.concluded_on:
                yield decided_on(told.concluded_on, partial(self._conclude, told))
        for group in load_affected():
            yield decided_on(group.on, partial(self._register, group))
            if group.invited_on:
                yield decided_on(group.invited_on, partial(self._invite, group))
            if group.heard_on:
                yield decided_on(group.heard_on, partial(self._hear, group))

    def _start(self, told: Consulted) -> None:
        project = _project(told.project)
        beginning = Beginning(
            template=told.template,
            title=told.title,
            question=told.question,
            fiscal_year=self.city.year,
            project=project,
        )
        processes.start_process(
            by=self._officer(project), beginning=beginning, organisation=project.unit
        )

    def _conclude(self, told: Consulted) -> None:
        row = process_called(told.title)
        processes.conclude_process(
            by=self._officer(_project(told.project)), process=row, account=told.account
        )

    def _register(self, group: AffectedGroup) -> None:
        project = _project(group.project)
        stakeholders.register_stakeholder(
            by=self._officer(project),
            project=project,
            affected=Affected(name=group.name, effect=group.effect),
        )

    def _invite(self, group: AffectedGroup) -> None:
        row = _known(group)
        stakeholders.invite_stakeholder(
            by=self._officer(row.project), stakeholder=row, text=group.invitation
        )

    def _hear(self, group: AffectedGroup) -> None:
        row = _known(group)
        stakeholders.note_stakeholder(
            by=self._officer(row.project), stakeholder=row, said=group.said
        )

    def _officer(self, project: Project) -> Member:
        return self.people.member(project.unit.code, "officer")


def _project(code: str) -> Project:
    found: Project = Project.objects.select_related("unit__region").get(code=code)
    return found


def _known(group: AffectedGroup) -> Stakeholder:
    rows = Stakeholder.objects.select_related("project__unit__region")
    found: Stakeholder = rows.get(project__code=group.project, name=group.name)
    return found
