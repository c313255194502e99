"""The goals of a project in a story: lines that were written, lines of the library, readings."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

from gongzhi.city.invented.calendar import ROUNDS, YEAR, read_on
from gongzhi.city.invented.catalogue import load_manners
from gongzhi.city.invented.following import months_read, plans_of, reports_of
from gongzhi.city.invented.goals import Line, from_library, heading_of, weighted
from gongzhi.city.invented.values import Adjustment, Footing, Report
from gongzhi.city.invented.written import (
    UNREAD,
    WrittenChange,
    WrittenLine,
    WrittenProject,
    WrittenReading,
)
from gongzhi.core.facts import PlanFact, ReadingFact
from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.goals.aspects import Aspect
from gongzhi.core.goals.drafts import Activity, Asked, Beneficiaries, Ground, Measured
from gongzhi.core.indicators.numbers import number
from gongzhi.core.monitoring.plan import Course
from gongzhi.rules.indicators import load_library

SAMPLE = 200


def lines_told(
    project: WrittenProject, *, written: Sequence[WrittenLine], people: int, chance: Random
) -> tuple[Line, ...]:
    """The written lines, then those that the project took from the library."""
    library = load_library()
    own = [_line(each) for each in written]
    taken = [from_library(library[code], people=people, chance=chance) for code in project.library]
    return weighted([*own, *taken])


def _line(written: WrittenLine) -> Line:
    target = _figure(written.target)
    level1, level2 = heading_of(written.aspect)
    is_survey = written.aspect is Aspect.SATISFACTION
    draft = DraftIndicator(
        name=written.name,
        level1=level1,
        level2=level2,
        target=written.target,
        measure=written.measure,
        less_is_better=written.target.startswith("≤"),
        baseline=written.baseline,
        ground=Ground.PLAN,
        measured=Measured.SURVEY if is_survey else Measured.STATISTICS,
        source="问卷调查" if is_survey else "项目台账",
        evidence="问卷原始数据" if is_survey else "验收单、台账、影像资料",
        asked=Asked(who=written.name, how_many=SAMPLE, instrument=f"问卷调查，抽样 {SAMPLE} 份")
        if is_survey
        else None,
        is_core=True,
        key=written.key,
        library=written.library,
    )
    figures = [target, *written.plan, *(each for each in written.read if each != UNREAD)]
    return Line(
        draft=draft,
        course=written.course,
        target=target,
        less_is_better=bool(draft.less_is_better),
        places=max(_places(each) for each in figures),
    )


def _figure(text: str) -> Decimal:
    printed = number(text)
    assert printed is not None, f"a target of a story has a figure: {text}"
    return printed.value


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def goal_told(project: WrittenProject, *, lines: Sequence[Line], budget: Decimal) -> DraftGoal:
    """The goal as it was approved."""
    outputs = tuple(each.draft.key for each in lines if each.draft.level1 == "产出指标")
    return DraftGoal(
        project=project.name.zh,
        year=YEAR,
        functional=project.functional,
        text=project.text,
        budget=budget,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        beneficiaries=tuple(_beneficiaries(each) for each in project.beneficiaries),
        activities=(Activity(key="a1", name=project.name.zh, money=budget, leads_to=outputs),),
        indicators=tuple(line.draft for line in lines),
    )


def _beneficiaries(text: str) -> Beneficiaries:
    who, measure, count = text.split("|")
    return Beneficiaries(who=who, measure=measure, count=Decimal(count))


def plans_told(
    project: WrittenProject,
    *,
    code: str,
    lines: Sequence[Line],
    written: Mapping[str, WrittenLine],
) -> Iterator[PlanFact]:
    """What was planned of each line by month: as written, else in step with the season."""
    season = load_manners().seasons[project.season]
    for line in lines:
        told = written.get(line.draft.key)
        if told is not None and told.plan:
            yield from _months(code, line.draft.key, told.plan)
        else:
            yield from plans_of(line, project=code, season=season)


def _months(code: str, key: str, plan: Sequence[Decimal]) -> Iterator[PlanFact]:
    for month, amount in enumerate(plan, start=1):
        yield PlanFact(code, YEAR, month, amount, key)


def reports_told(
    project: WrittenProject,
    *,
    code: str,
    lines: Sequence[Line],
    written: Mapping[str, WrittenLine],
    submitted: Mapping[int, date],
    chance: Random,
) -> Iterator[Report]:
    """The unit's readings: as written, else as steady as a season goes."""
    manners = load_manners()
    first = project.starts_on.month if project.starts_on.year == YEAR else 1
    for line in lines:
        told = written.get(line.draft.key)
        if told is not None:
            yield from _read(line, told, code=code, unit=project.unit, submitted=submitted)
            continue
        yield from reports_of(
            line,
            project=code,
            unit=project.unit,
            season=manners.seasons[project.season],
            temper=manners.tempers[0],
            months=[month for month in months_read(monthly=False, temper="") if month >= first],
            submitted=submitted,
            chance=chance,
        )


def _read(
    line: Line, told: WrittenLine, *, code: str, unit: str, submitted: Mapping[int, date]
) -> Iterator[Report]:
    months = [
        month
        for month, value in enumerate(told.read, start=1)
        if value != UNREAD or (told.why_none and month in ROUNDS)
    ]
    for before, month in pairwise([0, *months]):
        yield Report(
            reading=ReadingFact(
                project=code,
                indicator=line.draft.key,
                starts_on=date(YEAR, 1 if told.course is Course.SO_FAR else before + 1, 1),
                ends_on=read_on(month),
                value=None if (value := told.read[month - 1]) == UNREAD else value,
                text=told.why_none if value == UNREAD else "",
                measure=line.draft.measure,
                unit=unit,
                evidence=line.draft.evidence,
            ),
            by=unit,
            footing=Footing.UNIT,
            submitted_on=submitted[month],
        )


def report_of_another(written: WrittenReading, *, code: str, unit: str, line: Line) -> Report:
    """A reading that a party, a data source or a survey brought in."""
    return Report(
        reading=ReadingFact(
            project=code,
            indicator=written.indicator,
            starts_on=date(YEAR, written.month, 1),
            ends_on=read_on(written.month),
            value=written.value,
            measure=line.draft.measure,
            unit=unit,
            source=written.by,
            evidence="附原始数据",
            note=written.note,
        ),
        by=written.by,
        footing=written.footing,
        submitted_on=written.on,
        survey=written.survey,
    )


def adjustment_of(written: WrittenChange, *, code: str, line: Line) -> Adjustment:
    """A target as it reads after it was adjusted."""
    target = line.as_target(code)._replace(
        value=_figure(written.target), text=f"{written.target}{line.draft.measure}"
    )
    return Adjustment(
        since_on=written.on,
        document_number=written.document_number,
        target=target,
        plans=tuple(_months(code, written.indicator, written.plan)),
    )
