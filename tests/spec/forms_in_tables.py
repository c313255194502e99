"""A form written in one row of a table, with the columns that matter and no others.

Rows of a form are separated by ；, — is an empty cell, one value stands for all rows.
Money is in yuan.
"""

from collections.abc import Mapping
from decimal import Decimal

from gongzhi.core.terms import Form, FormType, FundRow, Indicator, Where
from spec.tables import EMPTY

FORM_TYPES = {
    "": FormType.SELF_EVALUATION,
    "自评表": FormType.SELF_EVALUATION,
    "部门自评表": FormType.SELF_EVALUATION_DEPARTMENT,
    "转移支付自评表": FormType.SELF_EVALUATION_TRANSFER,
    "目标表": FormType.GOAL,
    "部门目标表": FormType.GOAL_DEPARTMENT,
    "监控表": FormType.MONITORING,
}
TEXTS = {
    "一级": "level1",
    "二级": "level2",
    "三级": "level3",
    "目标值": "target_text",
    "完成值": "actual_text",
    "原因": "reason",
}
POINTS = {"分值": "weight", "得分": "score", "折算得分": "converted_score"}
COLUMNS = {
    *TEXTS, *POINTS, "表", "年初", "预算", "执行", "执行率", "执行率分值", "执行率得分", "总分行",
    "总分", "一级分值", "说明规定", "资金行", "项目", "预期目标", "实际完成", "结论", "为什么",
}  # fmt: skip


def form_in(row: Mapping[str, str]) -> Form:
    """The form that a row describes."""
    unknown = set(row) - COLUMNS
    assert not unknown, f"no such column: {unknown}"
    cell = {name: None if value in ("", EMPTY) else value for name, value in row.items()}
    return Form(
        form_type=FORM_TYPES[row.get("表", "")],
        layout="table",
        project=cell.get("项目"),
        fiscal_year=2022,
        budget_initial=_number(cell.get("年初")),
        budget_adjusted=_number(cell.get("预算")),
        executed=_number(cell.get("执行")),
        execution_rate_text=cell.get("执行率"),
        execution_weight=_number(cell.get("执行率分值")),
        execution_score=_number(cell.get("执行率得分")),
        fund_rows=_fund_rows(cell.get("资金行")),
        goal_text=cell.get("预期目标"),
        goal_actual_text=cell.get("实际完成"),
        indicators=_indicators(row),
        level1_weights=_named_points(cell.get("一级分值")),
        weight_rule=_named_points(cell.get("说明规定")),
        has_total_row=cell.get("总分行") == "有",
        stated_total=_number(cell.get("总分")),
    )


def _indicators(row: Mapping[str, str]) -> tuple[Indicator, ...]:
    told = (name for name in (*TEXTS, *POINTS) if row.get(name, EMPTY) not in ("", EMPTY))
    columns = {name: row[name].split("；") for name in told}
    count = max((len(values) for values in columns.values()), default=0)
    return tuple(
        Indicator(
            **{key: _at(columns, name, position) for name, key in TEXTS.items()},
            **{key: _number(_at(columns, name, position)) for name, key in POINTS.items()},
            where=Where(table=1, row=position + 1),
        )
        for position in range(count)
    )


def _at(columns: Mapping[str, list[str]], name: str, position: int) -> str | None:
    values = columns.get(name, [EMPTY])
    value = values[0] if len(values) == 1 else values[position]
    return None if value in ("", EMPTY) else value


def _fund_rows(text: str | None) -> tuple[FundRow, ...]:
    """“合计=90/90/80；其中：财政拨款=90//”: initial, adjusted, executed."""
    rows = []
    for part in (text or "").split("；") if text else ():
        label, amounts = part.split("=")
        initial, adjusted, executed = (_number(amount or None) for amount in amounts.split("/"))
        rows.append(FundRow(label=label, initial=initial, adjusted=adjusted, executed=executed))
    return tuple(rows)


def _named_points(text: str | None) -> dict[str, Decimal]:
    pairs = (part.split("=") for part in (text or "").split("；") if part)
    return {name: Decimal(points) for name, points in pairs}


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
