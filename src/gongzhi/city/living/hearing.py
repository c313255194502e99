"""Citizens say how the services were that they used; the unit answers all of them at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongzhi.city.citizens import citizen_called
from gongzhi.city.invented import CityYear
from gongzhi.city.invented.heard import Heard, Saying, load_heard
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.cycle.actions.citizens import answer_citizens, evaluate_service
from gongzhi.cycle.models import Project, ServiceEvaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What citizens say of the year, for those who say and answer it."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each citizen by themselves, then the unit's answer."""
        for heard in load_heard():
            for saying in heard.said:
                yield decided_on(heard.on, partial(self._say, heard, saying))
            yield decided_on(heard.answered_on, partial(self._answer, heard))

    def _say(self, heard: Heard, saying: Saying) -> None:
        citizen = citizen_called(username=saying.username, name=saying.name)
        said = ServiceEvaluation.objects.filter(
            person__username=saying.username, fiscal_year=self.city.year
        )
        if said.filter(project__code=heard.project).exists():
            return  # by hand before
        evaluate_service(
            by=citizen,
            project=self._project(heard),
            fiscal_year=self.city.year,
            levels=saying.levels,
            matter=saying.matter,
            text=saying.text,
        )

    def _answer(self, heard: Heard) -> None:
        project = self._project(heard)
        waiting = ServiceEvaluation.objects.filter(
            project=project, fiscal_year=self.city.year, stage=ServiceEvaluation.Stage.RECEIVED
        )
        answer_citizens(
            by=self.people.member(project.unit.code, "officer"),
            project=project,
            evaluations=list(waiting.values_list("pk", flat=True)),
            text=heard.answer,
        )

    def _project(self, heard: Heard) -> Project:
        found: Project = Project.objects.select_related("unit__region").get(code=heard.project)
        return found
