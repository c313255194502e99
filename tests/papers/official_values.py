"""Values of official papers as Hypothesis draws them: odd characters, long texts, empty boxes."""

import unicodedata
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from gongzhi.core.official import (
    Cause,
    DeclaredIndicator,
    GoalDeclaration,
    LetterLine,
    Likelihood,
    MoneyLine,
    MonitoredIndicator,
    MonitoringSheet,
    RectificationReport,
    ReportedMeasure,
    ResultLetter,
    ScoreLine,
    ScorePaper,
    Sources,
)
from gongzhi.core.participating.recorded import MinutesRecord, RecordedItem
from gongzhi.core.self_evaluating import (
    TASKS_MAX,
    EvaluatedIndicator,
    MainTask,
    SelfEvaluation,
    WholeStatement,
)
from gongzhi.papers.plain import plain

ODD = (
    "", "=1+1", "+1", "-2", "@SUM(A1)", "'00", "=cmd|' /C calc'!A0", "≥95%", "≤475元/亩", "＝100％",
    "120", "1,234.50", "2026/1/2", "第一行\n第二行", "\t缩进", "a\tb", "  两头  ", "产出指标",
    "项目名称", "总分", "合计", "_x0041_", "&amp; <b>", "{{7*7}}", "{% x %}", "#include", "$x$",
    "😀镕堃", "e\u0301", "\u202eabc", "\x0b\x00", "１２％", "/", "无", "N/A", "TRUE", "·",
    "长" * 200,
)  # fmt: skip
texts = st.one_of(st.sampled_from(ODD), st.text(max_size=30))
short = st.one_of(st.sampled_from(ODD[:30]), st.text(max_size=12))
money = st.none() | st.decimals(min_value=-(10**14), max_value=10**15, places=2, allow_nan=False)
points = st.none() | st.decimals(min_value=0, max_value=100, places=2, allow_nan=False)
years = st.none() | st.integers(1949, 2099)
amounts = st.builds(Sources[Decimal | None], total=money, fiscal=money, carried=money, other=money)
lines = st.builds(MoneyLine, initial=money, adjusted=money, paid=money, forecast=money)
headings = st.sampled_from(("产出指标", "效益指标", "数量指标", "", "=1+1")) | short
declared = st.builds(
    DeclaredIndicator,
    level1=headings, level2=headings, name=texts, medium=short, annual=short, weight=points,
)  # fmt: skip
monitored = st.builds(
    MonitoredIndicator,
    level1=headings, level2=headings, name=texts, target=short, done=short, forecast=short,
    causes=st.lists(st.sampled_from(Cause), unique=True, max_size=3).map(tuple),
    reason=texts, likelihood=st.none() | st.sampled_from(Likelihood), remedy=texts, note=short,
)  # fmt: skip
declarations = st.builds(
    GoalDeclaration,
    project=texts, code=short, department=texts, unit=texts, year=years, functional=short,
    nature=short, period=short, medium=amounts, annual=amounts, goal_medium=texts, goal=texts,
    indicators=st.lists(declared, max_size=6).map(tuple),
)  # fmt: skip
sheets = st.builds(
    MonitoringSheet,
    project=texts, code=short, department=texts, unit=texts, year=years,
    month=st.none() | st.integers(1, 12),
    money=st.builds(Sources[MoneyLine], total=lines, fiscal=lines, carried=lines, other=lines),
    goal=texts, indicators=st.lists(monitored, max_size=6).map(tuple),
)  # fmt: skip
evaluated = st.builds(
    EvaluatedIndicator,
    level1=headings, level2=headings, name=texts, target=short, done=short, weight=points,
    score=points, reason=texts,
)  # fmt: skip
spent = st.builds(MoneyLine, initial=money, adjusted=money, paid=money)
self_evaluations = st.builds(
    SelfEvaluation,
    project=texts, code=short, department=texts, unit=texts, year=years,
    money=st.builds(Sources[MoneyLine], total=spent, fiscal=spent, carried=spent, other=spent),
    execution_weight=points, execution_score=points, goal=texts, goal_done=texts,
    indicators=st.lists(evaluated, max_size=6).map(tuple),
)  # fmt: skip
wholes = st.builds(
    WholeStatement,
    duties=texts,
    tasks=st.lists(
        st.builds(MainTask, name=texts, content=texts, budget=money, paid=money, done=texts),
        max_size=TASKS_MAX,
    ).map(tuple),
    sheet=self_evaluations.map(lambda sheet: replace(sheet, project="")),
)

scored = st.builds(
    ScoreLine,
    level1=headings, level2=headings, name=texts, criterion=texts, evidence=short, weight=points,
    computed=points, points=points, reason=texts,
)  # fmt: skip
score_papers = st.builds(
    ScorePaper,
    project=texts, code=short, evaluated=texts, evaluator=texts, kind=short, year=years,
    frame=texts, grade=short, lines=st.lists(scored, max_size=6).map(tuple),
)  # fmt: skip
letters = st.builds(
    ResultLetter,
    to=texts, project=texts, code=short, year=years, document_number=short, score=points,
    grade=short, words=texts, sender=texts, sent_on=short,
    lines=st.lists(
        st.builds(
            LetterLine,
            name=texts, weight=points, points=points, found=texts, demand=texts,
            plan_until=short, report_until=short,
        ),
        max_size=6,
    ).map(tuple),
)  # fmt: skip
reports = st.builds(
    RectificationReport,
    unit=texts, project=texts, code=short, year=years, source=short, found=texts, demand=texts,
    plan_until=short, report_until=short, overall=texts,
    lines=st.lists(
        st.builds(
            ReportedMeasure,
            what=texts, responsible=short, until=short, done=texts, evidence=texts,
        ),
        max_size=6,
    ).map(tuple),
)  # fmt: skip
minutes = st.builds(
    MinutesRecord,
    title=texts, organiser=texts, held_on=short, place=texts, present=texts, absent=texts,
    confirmed=short, adopted=texts,
    lines=st.lists(
        st.builds(
            RecordedItem, number=short, title=texts, text=texts, resolution=texts, action=texts
        ),
        max_size=6,
    ).map(tuple),
)  # fmt: skip


def as_kept(value: Any) -> Any:
    """The value as any document keeps it: composed characters, nothing invisible, no blank ends.

    An indicator of which nothing is left is no line; “—” in a heading is the sign for none.
    """
    held = {field.name: _kept(getattr(value, field.name)) for field in fields(value)}
    told = replace(value, **held)
    for name in ("indicators", "lines", "tasks"):
        if hasattr(told, name):
            told = replace(told, **{name: tuple(filter(_speaks, getattr(told, name)))})
    return told


def _kept(held: Any) -> Any:
    if isinstance(held, str) and type(held) is str:
        return unicodedata.normalize("NFC", plain(held)).strip()
    if isinstance(held, tuple) and held and hasattr(held[0], "__dataclass_fields__"):
        return tuple(map(as_kept, held))
    if isinstance(held, SelfEvaluation):
        return as_kept(held)
    return held


def _speaks(line: Any) -> bool:
    return any(getattr(line, field.name) not in ("", None, ()) for field in fields(line))
