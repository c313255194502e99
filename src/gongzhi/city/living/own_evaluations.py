"""The year is over: units draft, publish and correct the self-evaluations of their projects."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import QuerySet

from gongzhi.city.invented import CityYear, Venture
from gongzhi.city.invented.own_evaluations import Fault, load_own_evaluations
from gongzhi.city.invented.own_forms import written
from gongzhi.city.living.attempts import decided_on, unless_settled
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.cycle.actions.forms import Accepted, correct_form, draft_form, publish_form
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.cycle.self_evaluating import FactsOf, facts_of
from gongzhi.cycle.self_evaluations_due import SELF_EVALUATION
from gongzhi.parties.business_date import business_date
from gongzhi.rules.packs import load_packs


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEvaluating:
    """The self-evaluations of the year, for those who write and publish them."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each unit drafts its projects' on one day and publishes them on another."""
        drafted: dict[tuple[date, str], list[Venture]] = defaultdict(list)
        published: dict[tuple[date, str], list[Venture]] = defaultdict(list)
        units = {body.code: body for body in self.city.units}
        for venture in self.city.ventures:
            unit = venture.fact.unit
            on, out_on = load_own_evaluations().days(venture, units[unit])
            drafted[on, unit].append(venture)
            published[out_on, unit].append(venture)
        for (day, unit), mine in drafted.items():
            yield decided_on(day, partial(self._draft, unit, mine))
        for (day, unit), mine in published.items():
            yield decided_on(day, partial(self._publish, unit, mine))
        for fault in load_own_evaluations().faults:
            if fault.corrected_on:
                yield decided_on(fault.corrected_on, partial(self._correct, fault))

    def _draft(self, unit: str, ventures: Sequence[Venture]) -> None:
        """Begin with the facts, say what they don't; what somebody has begun by hand stays."""
        begun = self._forms(ventures).values_list("project")
        codes = {each.code: each for each in ventures}
        projects = Project.objects.filter(code__in=codes).exclude(pk__in=begun)
        by = self.people.member(unit, "officer")
        rows = list(projects.select_related("unit__region", "unit__parent"))
        for known in facts_of(rows, year=self.city.year, on=business_date(), reader=by):
            venture = codes[known.project.code]
            fault = load_own_evaluations().fault_of(venture, first=self._first_of(unit))
            unless_settled(partial(self._draft_one, known, venture, fault))

    def _draft_one(self, known: FactsOf, venture: Venture, fault: Fault | None) -> FormVersion:
        own = load_own_evaluations()
        made = written(
            known.facts,
            pack=load_packs()[known.pack],
            words=own.words,
            told=own.told.get(venture.code),
            fault=fault,
        )
        return draft_form(
            by=self.people.member(venture.fact.unit, "officer"),
            project=known.project,
            form=made.form,
            fiscal_year=self.city.year,
            pack=known.pack,
            reasons=made.reasons,
        )

    def _publish(self, unit: str, ventures: Sequence[Venture]) -> None:
        review = load_own_evaluations().words.review
        by = self.people.member(unit, "reviewer")
        for version in self._forms(ventures).filter(stage="draft").select_related("project__unit"):
            unless_settled(partial(publish_form, by=by, version=version, review=review))

    def _correct(self, fault: Fault) -> None:
        """Publish the form once more, without its fault, with the findings accepted."""
        venture = self.city.venture(self._first_of(fault.unit))
        current = (
            self._forms([venture])
            .filter(stage="published")
            .order_by("number")
            .select_related("project__unit")
            .last()
        )
        if current is None:
            return  # nothing was published that could be corrected
        by = self.people.member(fault.unit, "officer")
        (known,) = facts_of([current.project], year=self.city.year, on=business_date(), reader=by)
        version = self._draft_one(known, venture, None)
        found = current.findings.filter(certain=True)
        accepts = [Accepted(code=each.code, indicator=each.indicator) for each in found]
        correct_form(
            by=self.people.member(fault.unit, "reviewer"),
            version=version,
            review=load_own_evaluations().words.review,
            reason=fault.correction,
            accepts=accepts,
        )

    def _forms(self, ventures: Sequence[Venture]) -> QuerySet[FormVersion]:
        """The self-evaluations of projects, whichever version."""
        codes = [each.code for each in ventures]
        rows: QuerySet[FormVersion] = FormVersion.objects.filter(
            project__code__in=codes, form_type=SELF_EVALUATION, fiscal_year=self.city.year
        )
        return rows.exclude(stage="withdrawn")

    def _first_of(self, unit: str) -> str:
        """The first project of a unit that no story tells of."""
        own = (each for each in self.city.ventures if each.fact.unit == unit and not each.story)
        return min((each.code for each in own), default="")
