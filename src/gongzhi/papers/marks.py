"""Which boxes of a form a finding is about, by its code."""

from collections.abc import Mapping
from enum import StrEnum

from gongzhi.core.terms import Finding, Form, Said


class Box(StrEnum):
    """A kind of box on a form; boxes of indicators and money rows occur once a row."""

    PROJECT = "project"
    UNIT = "unit"
    INITIAL = "initial"
    ADJUSTED = "adjusted"
    EXECUTED = "executed"
    EXECUTION_WEIGHT = "execution_weight"
    EXECUTION_RATE = "execution_rate"
    EXECUTION_SCORE = "execution_score"
    GOAL = "goal"
    GOAL_ACTUAL = "goal_actual"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    LEVEL3 = "level3"
    TARGET = "target"
    ACTUAL = "actual"
    WEIGHT = "weight"
    SCORE = "score"
    CONVERTED = "converted"
    REASON = "reason"
    POSSIBILITY = "possibility"
    TOTAL_WEIGHT = "total_weight"
    TOTAL = "total"


FIGURES = frozenset(
    {
        Box.INITIAL,
        Box.ADJUSTED,
        Box.EXECUTED,
        Box.EXECUTION_WEIGHT,
        Box.EXECUTION_RATE,
        Box.EXECUTION_SCORE,
        Box.WEIGHT,
        Box.SCORE,
        Box.CONVERTED,
        Box.TOTAL_WEIGHT,
        Box.TOTAL,
    }
)
IN_A_ROW: Mapping[str, Box] = {
    "W2": Box.LEVEL1,
    "W3": Box.LEVEL1,
    "W4": Box.WEIGHT,
    "X4": Box.SCORE,
    "Z1": Box.CONVERTED,
    "V1": Box.ACTUAL,
    "S1": Box.SCORE,
    "S2": Box.SCORE,
    "S3": Box.REASON,
    "S4": Box.REASON,
    "S5": Box.TARGET,
    "Q1": Box.TARGET,
    "Q2": Box.ACTUAL,
    "Q3": Box.TARGET,
    "Q4": Box.TARGET,
    "Q5": Box.LEVEL3,
    "H-PACK": Box.LEVEL1,
    "H-GOAL": Box.TARGET,
    "H-UNIT": Box.TARGET,
    "H-ASKED": Box.ACTUAL,
    "H-MONEY": Box.TARGET,
    "H-NAME": Box.LEVEL3,
}
ON_THE_WHOLE: Mapping[str, tuple[Box, ...]] = {
    "W1": (Box.TOTAL_WEIGHT,),
    "T1": (Box.TOTAL,),
    "T2": (Box.TOTAL,),
    "X1": (Box.EXECUTION_RATE,),
    "X2": (Box.EXECUTED,),
    "X3": (Box.EXECUTION_SCORE,),
    "X4": (Box.EXECUTION_SCORE,),
    "X5": (Box.EXECUTION_WEIGHT,),
    "X6": (Box.INITIAL, Box.ADJUSTED, Box.EXECUTED),
    "X7": (Box.GOAL, Box.GOAL_ACTUAL),
    "M1": (Box.EXECUTION_SCORE,),
    "Q6": (Box.GOAL_ACTUAL,),
    "P1": (Box.EXECUTED,),
    "H-PACK": (Box.LEVEL1,),
    "H-GOAL": (Box.GOAL,),
    "H-UNIT": (Box.ADJUSTED,),
    "H-MONEY": (Box.ADJUSTED,),
}
MONEY_COLUMNS: Mapping[str, Box] = {
    "年初预算数": Box.INITIAL,
    "全年预算数": Box.ADJUSTED,
    "执行数": Box.EXECUTED,
}


def boxes_of(finding: Finding, form: Form) -> tuple[Box, ...]:
    """The boxes that the finding is about: of its indicator's row if it has one."""
    at = finding.where.indicator
    if at is None:
        return _money(finding) or ON_THE_WHOLE.get(finding.code, (Box.PROJECT,))
    box = IN_A_ROW.get(finding.code, Box.LEVEL3)
    if box is Box.WEIGHT and form.indicators[at].weight is None:
        return (Box.SCORE,)  # a form without a column of weights
    return (box,)


def _money(finding: Finding) -> tuple[Box, ...]:
    """A finding about one column of money says which."""
    column = finding.said.values.get("column")
    box = MONEY_COLUMNS.get(column.text) if isinstance(column, Said) else None
    return () if box is None else (box,)
