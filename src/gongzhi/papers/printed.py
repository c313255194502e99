"""What stands in the boxes that a finding is about, in one line."""

from collections.abc import Iterator

from gongzhi.core.terms import Finding, Form, Indicator
from gongzhi.papers.figures import money_text, points_text
from gongzhi.papers.marks import Box, boxes_of
from gongzhi.words import translate


def printed(finding: Finding, form: Form, language: str) -> str:
    """The indicator's line, or the form's own boxes, as the form prints them."""
    at = finding.where.indicator
    about_row = at is not None and Box.LEVEL1 not in boxes_of(finding, form)
    parts = _line(form.indicators[at]) if at is not None and about_row else _whole(finding, form)
    said = [(translate(label, language), text) for label, text in parts if text]
    return "；".join(f"{label} {text}" for label, text in said)


def _line(row: Indicator) -> Iterator[tuple[str, str | None]]:
    yield "三级指标", row.level3
    yield "年度指标值", row.target_text
    yield "实际完成值", row.actual_text
    yield "分值", points_text(row.weight)
    yield "得分", points_text(row.score)
    yield "折算得分", points_text(row.converted_score)
    yield "偏差原因", row.reason


def _whole(finding: Finding, form: Form) -> Iterator[tuple[str, str | None]]:
    unit = form.money_unit
    texts = {
        Box.PROJECT: ("项目名称", form.project),
        Box.INITIAL: ("年初预算数", money_text(form.budget_initial, unit)),
        Box.ADJUSTED: ("全年预算数", money_text(form.budget_adjusted, unit)),
        Box.EXECUTED: ("全年执行数", money_text(form.executed, unit)),
        Box.EXECUTION_WEIGHT: ("预算执行分值", points_text(form.execution_weight)),
        Box.EXECUTION_RATE: ("执行率", form.execution_rate_text),
        Box.EXECUTION_SCORE: ("预算执行得分", points_text(form.execution_score)),
        Box.GOAL: ("年度总体目标", form.goal_text),
        Box.GOAL_ACTUAL: ("实际完成情况", form.goal_actual_text),
        Box.TOTAL_WEIGHT: ("分值合计", points_text(form.total_weight)),
        Box.TOTAL: ("总分", points_text(form.stated_total)),
        Box.LEVEL1: ("一级指标", _level1(form)),
    }
    return (texts[box] for box in boxes_of(finding, form) if box in texts)


def _level1(form: Form) -> str:
    points = form.level1_weights.items()
    return "、".join(f"{name} {points_text(weight)}" for name, weight in points)
