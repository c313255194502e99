"""How forms are drawn: for each kind its name and the columns of its indicators."""

from collections.abc import Mapping

from gongzhi.core.terms import Form, FormType
from gongzhi.papers.marks import Box
from gongzhi.words import translate

TITLES: Mapping[FormType, str] = {
    FormType.SELF_EVALUATION: "项目支出绩效自评表",
    FormType.SELF_EVALUATION_DEPARTMENT: "部门整体支出绩效自评表",
    FormType.SELF_EVALUATION_TRANSFER: "转移支付绩效自评表",
    FormType.GOAL: "项目支出绩效目标申报表",
    FormType.GOAL_DEPARTMENT: "部门整体支出绩效目标申报表",
    FormType.MONITORING: "绩效运行监控表",
}
LABELS: Mapping[Box, str] = {
    Box.LEVEL1: "一级指标",
    Box.LEVEL2: "二级指标",
    Box.LEVEL3: "三级指标",
    Box.TARGET: "年度指标值",
    Box.ACTUAL: "实际完成值",
    Box.POSSIBILITY: "完成目标可能性",
    Box.WEIGHT: "分值",
    Box.SCORE: "得分",
    Box.CONVERTED: "折算得分",
    Box.REASON: "偏差原因分析及改进措施",
}
NAMES: Mapping[Box, str] = {
    **LABELS,
    Box.INITIAL: "年初预算数",
    Box.ADJUSTED: "全年预算数",
    Box.EXECUTED: "全年执行数",
    Box.EXECUTION_WEIGHT: "分值",
    Box.EXECUTION_RATE: "执行率",
    Box.EXECUTION_SCORE: "得分",
    Box.TOTAL_WEIGHT: "分值",
    Box.TOTAL: "得分",
}
GOAL = (Box.LEVEL1, Box.LEVEL2, Box.LEVEL3, Box.TARGET, Box.WEIGHT)
MONITORING = (*GOAL[:4], Box.ACTUAL, Box.POSSIBILITY, Box.REASON)
SELF_EVALUATION = (*GOAL[:4], Box.ACTUAL, Box.WEIGHT, Box.SCORE, Box.REASON)
CONVERTED = (*SELF_EVALUATION[:7], Box.CONVERTED, Box.REASON)


def columns_of(form: Form) -> tuple[Box, ...]:
    """The columns of the form's indicators, from left to right."""
    if form.form_type is FormType.MONITORING:
        return MONITORING
    if not form.form_type.is_self_evaluation:
        return GOAL
    converted = any(row.converted_score is not None for row in form.indicators)
    return CONVERTED if converted else SELF_EVALUATION


def title_of(form: Form, *, language: str) -> str:
    """What the kind of form is called."""
    return translate(TITLES[form.form_type], language)
