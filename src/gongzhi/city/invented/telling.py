"""What follows from the stories as written: their projects with every fact of the year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count
from random import Random

from gongzhi.city.invented.calendar import YEAR
from gongzhi.city.invented.catalogue import load_bodies, load_manners
from gongzhi.city.invented.earlier import with_earlier
from gongzhi.city.invented.goals import Line
from gongzhi.city.invented.money import yuan
from gongzhi.city.invented.projects import Submitted, code_of, money_plan
from gongzhi.city.invented.told_goals import (
    adjustment_of,
    goal_told,
    lines_told,
    plans_told,
    report_of_another,
    reports_told,
)
from gongzhi.city.invented.told_money import (
    act_of,
    budget_of,
    contract_of,
    fen,
    payments_told,
)
from gongzhi.city.invented.values import Act, Adjustment, Deed, Report, Settled, Story, Venture
from gongzhi.city.invented.written import (
    ITS_UNIT,
    WrittenContract,
    WrittenProject,
    WrittenStory,
    load_stories,
)
from gongzhi.core.facts import ContractFact, PaymentFact, PlanFact, ProjectFact

FIRST_SERIAL = 901
SETTLES = "settle_reading"


def tell(*, submitted: Submitted, chance: Random) -> tuple[tuple[Story, ...], tuple[Venture, ...]]:
    """The stories, and their projects."""
    ventures = (
        _Telling(written, each, story_codes()[written.code], submitted[each.unit], chance).venture()
        for written in load_stories()
        for each in written.projects
    )
    return told_stories(), tuple(ventures)


@cache
def told_stories() -> tuple[Story, ...]:
    """The stories with the codes of their projects; no chance has a part in them."""
    return tuple(_story(written, story_codes()[written.code]) for written in load_stories())


@cache
def story_codes() -> Mapping[str, Mapping[str, str]]:
    """The codes of the projects of each story, by the keys that the story calls them by."""
    serials = count(FIRST_SERIAL)
    return {
        written.code: {each.key: _code(each, serial=next(serials)) for each in written.projects}
        for written in load_stories()
    }


def code_named(key: str) -> str:
    """The code of a project by its key, which no two stories share."""
    return next(codes[key] for codes in story_codes().values() if key in codes)


def project_unit(code: str) -> str:
    """The unit of a story's project."""
    of_keys = {each.key: each.unit for story in load_stories() for each in story.projects}
    return next(
        of_keys[key] for codes in story_codes().values() for key in codes if codes[key] == code
    )


def _code(project: WrittenProject, *, serial: int) -> str:
    year = min(project.starts_on.year, YEAR)
    return code_of(project.unit, serial=serial, category=project.category, year=year)


def _story(written: WrittenStory, codes: Mapping[str, str]) -> Story:
    units = {project.key: project.unit for project in written.projects}

    def deed_of(deed: Deed) -> Deed:
        by = units[deed.project] if deed.by == ITS_UNIT else deed.by
        return replace(deed, project=codes[deed.project], by=by)

    return Story(
        code=written.code,
        name=written.name,
        tells=written.tells,
        projects=tuple(codes.values()),
        deeds=tuple(deed_of(deed) for deed in written.deeds),
        shows=tuple(replace(each, project=codes[each.project]) for each in written.shows),
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """A project of a story, with what the story says of it."""

    story: WrittenStory
    project: WrittenProject
    codes: Mapping[str, str]
    submitted: Mapping[int, date]
    chance: Random

    def venture(self) -> Venture:
        """The project with its year."""
        project, code = self.project, self.codes[self.project.key]
        lines = self._lines()
        venture = Venture(
            fact=self._fact(code),
            name=project.name,
            aim=project.aim,
            basis=project.basis,
            goal=goal_told(project, lines=lines, budget=yuan(sum(map(fen, project.plan)))),
            budget=budget_of(project, code=code),
            targets=tuple(line.as_target(code) for line in lines),
            plans=self._plans(code, lines),
            contracts=tuple(self._contracts(code).values()),
            payments=self._payments(code),
            reports=self._reports(code, lines),
            acts=self._acts(code),
            parts=self.story.parts.get(project.key, ()),
            adjusted=self._adjusted(code, lines),
            settled=self._settled(),
            since_on=project.since_on,
            story=self.story.code,
        )
        return with_earlier(venture, season=load_manners().seasons[project.season])

    def _acts(self, code: str) -> tuple[Act, ...]:
        acts = self.story.acts.get(self.project.key, ())
        return tuple(act_of(each, code=code, codes=self.codes) for each in acts)

    def _contracts(self, code: str) -> Mapping[WrittenContract, ContractFact]:
        contracts = self.story.contracts.get(self.project.key, ())
        return {each: contract_of(each, code=code, project=self.project) for each in contracts}

    def _payments(self, code: str) -> tuple[PaymentFact, ...]:
        return payments_told(
            self.project,
            budget=budget_of(self.project, code=code),
            acts=self._acts(code),
            contracts=self._contracts(code),
            single=self.story.payments.get(self.project.key, ()),
            chance=self.chance,
        )

    def _plans(self, code: str, lines: tuple[Line, ...]) -> tuple[PlanFact, ...]:
        """The plan of the money, then those of the lines."""
        written = {each.key: each for each in self.story.lines.get(self.project.key, ())}
        return (
            *money_plan(code, [fen(amount) for amount in self.project.plan]),
            *plans_told(self.project, code=code, lines=lines, written=written),
        )

    def _adjusted(self, code: str, lines: tuple[Line, ...]) -> tuple[Adjustment, ...]:
        return tuple(
            adjustment_of(each, code=code, line=_named(lines, each.indicator))
            for each in self.story.changes.get(self.project.key, ())
        )

    def _lines(self) -> tuple[Line, ...]:
        people = max(int(Decimal(each.split("|")[2])) for each in self.project.beneficiaries)
        written = self.story.lines.get(self.project.key, ())
        return lines_told(self.project, written=written, people=people, chance=self.chance)

    def _fact(self, code: str) -> ProjectFact:
        project = self.project
        unit = next(body for body in load_bodies() if body.code == project.unit)
        return ProjectFact(
            code=code,
            name=project.name.zh,
            unit=unit.code,
            unit_name=unit.name.zh,
            department=unit.department or unit.code,
            category=project.category,
            functional=project.functional,
            starts_on=project.starts_on,
            ends_on=project.ends_on,
            total=yuan(fen(project.total)),
            purpose=project.text,
        )

    def _reports(self, code: str, lines: tuple[Line, ...]) -> tuple[Report, ...]:
        """The unit's own, some of them late, then those of others."""
        story, project = self.story, self.project
        own = reports_told(
            project,
            code=code,
            lines=lines,
            written={each.key: each for each in story.lines.get(project.key, ())},
            submitted={**self.submitted, **dict(story.late.get(project.key, ()))},
            chance=self.chance,
        )
        others = (
            report_of_another(
                each, code=code, unit=project.unit, line=_named(lines, each.indicator)
            )
            for each in story.readings.get(project.key, ())
        )
        return (*own, *others)

    def _settled(self) -> tuple[Settled, ...]:
        return tuple(
            Settled(on=deed.on, indicator=deed.indicator, month=deed.month, by=deed.stands)
            for deed in self.story.deeds
            if deed.project == self.project.key and deed.verb == SETTLES
        )


def _named(lines: tuple[Line, ...], key: str) -> Line:
    return next(line for line in lines if line.draft.key == key)
