"""Monitoring sheets that come back: what they say of indicators, as answers to a call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.monitoring import Course
from gongzhi.core.official import FigureOrWords, MonitoredIndicator, MonitoringSheet, figure_of
from gongzhi.core.terms import Problem, Said, SaidValues
from gongzhi.cycle.collecting import Given, Line
from gongzhi.cycle.models import Collection
from gongzhi.papers.receiving import Read, Received
from gongzhi.web.papers_in import CHECK_IT, if_guessed, is_about

ADDS_UP = Said("“{name}”按月相加，表里是累计数，不能当作本月的数")
OTHER_UNIT = Said("“{name}”的单位和目标值不同：{said}")
FILL_IN = Said("请在这里填本月的数")
IN_UNIT = Said("请换算成目标值的单位")


def given_by(line: MonitoredIndicator, figure: FigureOrWords) -> Given:
    """What a line says as an answer: a figure, words, or the reason why there is nothing."""
    if figure == FigureOrWords():
        return Given(why_none=line.reason)
    value = "" if figure.value is None else f"{figure.value:f}"
    return Given(value=value, text=figure.words or line.reason)


def answers_of(
    received: Received[MonitoringSheet], lines: Sequence[Line], *, call: Collection
) -> tuple[Mapping[str, Given], Sequence[Problem]]:
    """What sheets answer to a call's lines, by their names, and what can't be taken."""
    given: dict[str, Given] = {}
    problems = list(received.problems)
    for read in received.papers:
        problems += read.problems
        found = [each for each in lines if is_about(read.value, each.indicator.version.project)]
        if wrong := _wrong(read, found, call=call):
            problems.append(wrong)
            continue
        problems += if_guessed(read)
        for answer in _answers(read, found):
            if isinstance(answer, Problem):
                problems.append(answer)
            else:
                given |= {answer[0]: answer[1]}
    return given, problems


def _wrong(
    read: Read[MonitoringSheet], lines: Sequence[Line], *, call: Collection
) -> Problem | None:
    """Why a sheet has nothing for the call."""
    sheet, where = read.value, read.where
    if not lines:
        what = Said("这个任务没有要填“{name}”的指标", {"name": sheet.project})
        return Problem(where=where, what=what, hint=CHECK_IT)
    year, month = sheet.year or call.fiscal_year, sheet.month or call.month
    if (year, month) != (call.fiscal_year, call.month):
        until: SaidValues = {"year": year, "month": month}
        what = Said("这份表到 {year} 年 {month} 月，不是任务要的月份", until)
        return Problem(where=where, what=what, hint=Said("请选任务那个月的监控表"))
    return None


def _answers(
    read: Read[MonitoringSheet], lines: Sequence[Line]
) -> Iterator[tuple[str, Given] | Problem]:
    named = {canonical(each.indicator.name): each for each in lines}
    for number, stated in enumerate(read.value.indicators):
        line = named.get(canonical(stated.name))
        if line is None or not (stated.done or stated.reason):
            continue
        where, name = replace(read.where, row=None, indicator=number), stated.name
        figure = figure_of(stated.done, target=line.indicator.target)
        if figure is None:
            values: SaidValues = {"name": name, "said": stated.done}
            yield Problem(where=where, what=Said(OTHER_UNIT.text, values), hint=IN_UNIT)
        elif figure.value is not None and line.indicator.course == Course.ADDS_UP:
            yield Problem(where=where, what=Said(ADDS_UP.text, {"name": name}), hint=FILL_IN)
        else:
            yield line.name, given_by(stated, figure)
