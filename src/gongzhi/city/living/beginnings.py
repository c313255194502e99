"""How the year begins: aims, projects, their budgets, their goals from draft to approval."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from gongzhi.city.invented import CityYear, Venture
from gongzhi.city.living.attempts import unless_settled
from gongzhi.city.living.files import Files
from gongzhi.city.living.happenings import Happening, When
from gongzhi.city.living.people import People
from gongzhi.core.facts import Fact
from gongzhi.core.monitoring.figures import NOTHING
from gongzhi.core.monitoring.gathering import gather
from gongzhi.cycle.actions.goals import (
    approve_budget,
    draft_budget,
    forward_budget,
    submit_budget,
)
from gongzhi.cycle.actions.projects import Description, add_partner, announce_aim, describe_project
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import Aim, GoalVersion, Project

PACK = "mof-2020-10"
DRAFTED_ON, SUBMITTED_ON = date(2026, 1, 7), date(2026, 1, 9)
FORWARDED_ON, APPROVED_ON = date(2026, 1, 14), date(2026, 1, 20)
NUMBER = "云财预〔2026〕{number}号（演示，虚构）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The year's beginning, for those who act in it."""

    city: CityYear
    people: People
    files: Files

    def happenings(self) -> Iterator[Happening]:
        """Aims and projects, then goals; ventures that come later begin on their own day."""
        first = DRAFTED_ON
        early = [each for each in self.city.ventures if each.since_on <= first]
        yield Happening(on=first, when=When.MORNING, do=self._aims)
        yield from self._of(early, drafted=first)
        late = sorted(
            (each for each in self.city.ventures if each.since_on > first),
            key=lambda each: each.since_on,
        )
        for day, ventures in groupby(late, key=lambda each: each.since_on):
            yield from self._of(list(ventures), drafted=day)

    def _of(self, ventures: Sequence[Venture], *, drafted: date) -> Iterator[Happening]:
        """The steps of some ventures; those that come later take them all on one day."""
        at_once = drafted != DRAFTED_ON
        days = [drafted] * 4 if at_once else [drafted, SUBMITTED_ON, FORWARDED_ON, APPROVED_ON]
        steps = (
            partial(self._bring, ventures),
            partial(self._submit, ventures),
            partial(self._forward, ventures),
            partial(self._approve, ventures),
        )
        for day, step in zip(days, steps, strict=True):
            yield Happening(on=day, when=When.MORNING, do=partial(unless_settled, step))

    def _aims(self) -> None:
        known: dict[str, Aim] = {}
        for aim in self.city.aims:
            known[aim.code] = announce_aim(
                by=self.people.budget,
                region=self.people.bureau.region,
                code=aim.code,
                name=aim.name.zh,
                kind=aim.kind,
                within=known.get(aim.within),
                document=aim.document,
            )

    def _bring(self, ventures: Sequence[Venture]) -> None:
        """Projects and budgets come by file from the bureau's own system; goals are drafted."""
        self.files.bring("project", "项目库", [each.fact for each in ventures])
        self.files.bring("budget", "部门预算", [row for each in ventures for row in each.budget])
        projects = Project.objects.select_related("unit__region").in_bulk(
            [each.code for each in ventures], field_name="code"
        )
        for unit, mine in _by_unit(ventures):
            draft_budget(
                by=self.people.member(unit, "officer"),
                unit=self.people.organisations[unit],
                fiscal_year=self.city.year,
                plans=[(projects[each.code], _plan(each, year=self.city.year)) for each in mine],
                pack=PACK,
            )
        for each in ventures:
            for part in each.parts:
                add_partner(
                    by=self.people.member(each.fact.unit, "officer"),
                    project=projects[each.code],
                    organisation=self.people.organisations[part.organisation],
                    does=part.does.zh,
                )
        self._describe(ventures, projects)

    def _describe(self, ventures: Sequence[Venture], projects: Mapping[str, Project]) -> None:
        """The units say which aim their projects serve, which no file of theirs tells."""
        aims = {aim.code: aim for aim in Aim.objects.all()}
        for each in ventures:
            about = Description(
                category=each.fact.category,
                functional=each.fact.functional,
                basis=each.basis,
                starts_on=each.fact.starts_on,
                ends_on=each.fact.ends_on,
                total=each.fact.total,
                aim=aims.get(each.aim),
            )
            by = self.people.member(each.fact.unit, "officer")
            describe_project(by=by, project=projects[each.code], about=about)

    def _submit(self, ventures: Sequence[Venture]) -> None:
        for unit, mine in _by_unit(ventures):
            submit_budget(
                by=self.people.member(unit, "reviewer"),
                unit=self.people.organisations[unit],
                versions=_versions(mine, stage="draft"),
            )

    def _forward(self, ventures: Sequence[Venture]) -> None:
        """Each department passes on what its units have handed in."""
        waiting = _versions(ventures, stage="submitted")
        for department, mine in _by_department(waiting):
            unless_settled(partial(self._forward_all, department, mine))

    def _forward_all(self, department: str, versions: Sequence[GoalVersion]) -> None:
        forward_budget(
            by=self.people.member(department, "officer"),
            department=self.people.organisations[department],
            versions=versions,
        )

    def _approve(self, ventures: Sequence[Venture]) -> None:
        for number, (unit, mine) in enumerate(_by_unit(ventures), start=1):
            approve_budget(
                by=self.people.budget,
                unit=self.people.organisations[unit],
                versions=_versions(mine, stage="forwarded"),
                document_number=NUMBER.format(number=number),
            )


def _by_unit(ventures: Iterable[Venture]) -> Iterator[tuple[str, list[Venture]]]:
    of_unit = sorted(ventures, key=lambda each: (each.fact.unit, each.code))
    for unit, mine in groupby(of_unit, key=lambda each: each.fact.unit):
        yield unit, list(mine)


def _by_department(versions: Iterable[GoalVersion]) -> Iterator[tuple[str, list[GoalVersion]]]:
    def above(version: GoalVersion) -> str:
        department = version.project.unit.parent
        assert department is not None, "goals wait for a department"
        return str(department.code)

    for department, mine in groupby(sorted(versions, key=above), key=above):
        yield department, list(mine)


def _versions(ventures: Iterable[Venture], *, stage: str) -> list[GoalVersion]:
    codes = [each.code for each in ventures]
    waiting = GoalVersion.objects.with_facts().select_related("project__unit__parent")
    return list(waiting.filter(project__code__in=codes, stage=stage))


def _plan(venture: Venture, *, year: int) -> GoalPlan:
    """The goal with its plan by month, as the rules of monitoring lay it out."""
    facts: tuple[Fact, ...] = (venture.fact, *venture.budget, *venture.targets, *venture.plans)
    ((plan, _),) = gather(facts, year=year)
    months = zip(plan.money, (NOTHING, *plan.money), strict=False)
    return GoalPlan(
        goal=venture.goal,
        money_by_month=tuple(now - before for now, before in months),
        by_month={each.key: each.by_month for each in plan.indicators if each.by_month},
    )
