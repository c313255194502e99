"""The evaluated are told of results; what is wrong is planned, reported, checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.told_results import (
    BY_UNIT,
    Demanded,
    Letter,
    Righting,
    load_letters,
)
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import BUREAU, People
from gongzhi.core.charter import Member
from gongzhi.cycle.actions import rectifications as actions
from gongzhi.cycle.feedback_told import told_of_audit, told_of_panel
from gongzhi.cycle.models import Evaluation, Project, Rectification
from gongzhi.cycle.panels import panel_for


@dataclass(frozen=True, slots=True, kw_only=True)
class PuttingRight:
    """Letters and rectifications, for those who send, plan, report and check."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each letter on its day, then what becomes of what it asks for."""
        for letter in load_letters():
            yield decided_on(letter.on, partial(self._send, letter))
            for demanded in letter.demands:
                for step in demanded.steps:
                    yield decided_on(step.on, partial(self._take, letter, demanded, step))

    def _send(self, letter: Letter) -> None:
        """Whoever drew a sheet up doesn't send the letter: the bureau's second does."""
        by = self.people.another(BUREAU, "budget")
        project = Project.objects.select_related("unit__region").get(code=letter.project)
        demands = [self._demand(letter, each) for each in letter.demands]
        if letter.audit:
            told = told_of_audit(
                project,
                year=self.city.year,
                sender=self.people.bureau,
                document_number=letter.audit,
            )
            actions.order_rectification(by=by, told=told, words=letter.words, demands=demands)
            return
        panel = panel_for(by, project, year=self.city.year)
        actions.send_feedback(
            by=by,
            told=told_of_panel(
                panel, project=project, year=self.city.year, sender=self.people.bureau
            ),
            words=letter.words,
            demands=demands,
        )

    def _demand(self, letter: Letter, demanded: Demanded) -> actions.Demand:
        if letter.audit:
            return actions.Demand(demand=demanded.demand, found=demanded.found)
        evaluation = Evaluation.objects.get(
            project__code=letter.project,
            fiscal_year=self.city.year,
            evaluator__code=demanded.evaluator,
            stage="concluded",
        )
        return actions.Demand(key=f"{evaluation.pk}:{demanded.line}", demand=demanded.demand)

    def _take(self, letter: Letter, demanded: Demanded, step: Righting) -> None:
        by, row = self._taker(letter, step), self._known(letter, demanded)
        match step.verb:
            case "plan_rectification":
                actions.plan_rectification(by=by, rectification=row, measures=[step.measure])
            case "extend_rectification":
                actions.extend_rectification(
                    by=by, rectification=row, until=step.until, reason=step.text
                )
            case "report_rectification":
                actions.report_rectification(
                    by=by, rectification=row, measures=[step.measure], reason=step.text
                )
            case "return_rectification":
                actions.return_rectification(by=by, rectification=row, reason=step.text)
            case _:
                actions.pass_rectification(by=by, rectification=row, reason=step.text)

    def _known(self, letter: Letter, demanded: Demanded) -> Rectification:
        """What was asked for as it stands; raises DoesNotExist where nobody asked for it."""
        rows = Rectification.objects.filter(
            feedback__project__code=letter.project, feedback__fiscal_year=self.city.year
        )
        found: Rectification = rows.with_facts().get(demand=demanded.demand)
        return found

    def _taker(self, letter: Letter, step: Righting) -> Member:
        if step.verb in BY_UNIT:
            return self.people.member(self.city.venture(letter.project).fact.unit, "officer")
        return self.people.another(BUREAU, "budget")
