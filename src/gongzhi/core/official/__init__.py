"""What the official papers of planning and watching state.

    GoalDeclaration     项目支出绩效目标申报表; declared(goal, by=Filler(…)), taken_from
    MonitoringSheet     项目支出绩效运行监控表; monitored(goal, facts=…, watched=…, by=…)
    ScorePaper          评价指标评分表; score_lines(score), marks_in(paper, frame=…, where=…)
    ResultLetter        绩效评价结果反馈函, 整改通知书
    RectificationReport 整改情况报告

read_back.py sets what a paper brings beside what is kept. Papers are written from these values
and read back into them (gongzhi.papers.forms).
"""

from gongzhi.core.official.declaration import (
    DeclaredIndicator,
    GoalDeclaration,
    declaration_of_form,
    declared,
    taken_from,
)
from gongzhi.core.official.filler import Filler
from gongzhi.core.official.money import MoneyLine
from gongzhi.core.official.monitored import (
    Cause,
    Likelihood,
    MonitoredIndicator,
    MonitoringSheet,
    monitored,
    monitoring_of_form,
)
from gongzhi.core.official.periods import period_of
from gongzhi.core.official.read_back import (
    ComparedLine,
    ComparedMoney,
    FigureOrWords,
    State,
    compared,
    compared_money,
    figure_of,
    unplaced,
)
from gongzhi.core.official.result_letter import (
    LetterLine,
    RectificationReport,
    ReportedMeasure,
    ResultLetter,
)
from gongzhi.core.official.score_paper import (
    MarksRead,
    ScoreLine,
    ScorePaper,
    marks_in,
    score_lines,
)
from gongzhi.core.official.sources import Sources

__all__ = [
    "Cause",
    "ComparedLine",
    "ComparedMoney",
    "DeclaredIndicator",
    "FigureOrWords",
    "Filler",
    "GoalDeclaration",
    "LetterLine",
    "Likelihood",
    "MarksRead",
    "MoneyLine",
    "MonitoredIndicator",
    "MonitoringSheet",
    "RectificationReport",
    "ReportedMeasure",
    "ResultLetter",
    "ScoreLine",
    "ScorePaper",
    "Sources",
    "State",
    "compared",
    "compared_money",
    "declaration_of_form",
    "declared",
    "figure_of",
    "marks_in",
    "monitored",
    "monitoring_of_form",
    "period_of",
    "score_lines",
    "taken_from",
    "unplaced",
]
