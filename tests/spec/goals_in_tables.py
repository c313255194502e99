"""A drafted goal written in one row of a table, with the columns that matter and no others.

Lines of the goal are separated by ；, — is an empty cell, one value stands for all lines. The
year is 2026 if the table has none, days of 2026 are written 3-15, money is in yuan.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gongzhi.core.goals import Activity, Asked, Beneficiaries, DraftGoal, DraftIndicator, Past
from gongzhi.core.goals.rules import CostNorm
from spec.tables import EMPTY, items, number_in

YEAR = 2026
TEXTS = {
    "一级": "level1",
    "二级": "level2",
    "名称": "name",
    "目标值": "target",
    "单位": "measure",
    "标准": "standard",
    "来源": "source",
    "佐证": "evidence",
}
FIGURES = {"分值": "weight", "基数": "baseline"}
COLUMNS = {
    *TEXTS, *FIGURES, "年", "目标", "预算", "受益", "活动", "开始", "结束", "历史", "问",
    "规则包", "支出标准", "结论", "算式", "为什么",
}  # fmt: skip


def goal_in(row: Mapping[str, str]) -> DraftGoal:
    """The goal that a row describes."""
    unknown = set(row) - COLUMNS
    assert not unknown, f"no such column: {unknown}"
    return DraftGoal(
        project="桥",
        year=int(row.get("年", YEAR)),
        text=_text(row.get("目标")),
        budget=number_in(row.get("预算")),
        starts_on=_day(row.get("开始")),
        ends_on=_day(row.get("结束")),
        beneficiaries=tuple(_group(item.split()) for item in items(row, "受益")),
        activities=tuple(_activity(item.split()) for item in items(row, "活动")),
        indicators=tuple(_lines(row)),
    )


def norms_in(row: Mapping[str, str]) -> tuple[CostNorm, ...]:
    """培训 人 1000 财行2号: a norm of spending."""
    found = (item.split() for item in items(row, "支出标准"))
    return tuple(
        CostNorm(name=name, measure=measure, most=Decimal(most), clause=clause)
        for name, measure, most, clause in found
    )


def _lines(row: Mapping[str, str]) -> list[DraftIndicator]:
    told = (name for name in (*TEXTS, *FIGURES, "历史", "问") if row.get(name, "") != "")
    columns = {name: row[name].split("；") for name in told}
    count = max((len(values) for values in columns.values()), default=0)
    return [
        DraftIndicator(
            **{key: _text(_at(columns, name, at)) for name, key in TEXTS.items()},
            **{key: number_in(_at(columns, name, at)) for name, key in FIGURES.items()},
            history=_history(_at(columns, "历史", at)),
            asked=_asked(_at(columns, "问", at)),
        )
        for at in range(count)
    ]


def _at(columns: Mapping[str, list[str]], name: str, position: int) -> str:
    values = columns.get(name, [EMPTY])
    return (values[0] if len(values) == 1 else values[position]).strip()


def _history(cell: str) -> tuple[Past, ...]:
    """2024:10 2025:12, results by year."""
    pairs = (part.split(":") for part in cell.split() if part != EMPTY)
    return tuple(Past(year=int(year), result=Decimal(result)) for year, result in pairs)


def _asked(cell: str) -> Asked | None:
    """居民 200 电话: who, how many, how."""
    if cell in ("", EMPTY):
        return None
    who, count, how = ("" if part == EMPTY else part for part in cell.split())
    return Asked(who=who, how_many=int(count) if count else None, instrument=how)


def _group(parts: list[str]) -> Beneficiaries:
    who, count = parts
    return Beneficiaries(who=who, count=number_in(count))


def _activity(parts: list[str]) -> Activity:
    name, money = parts
    return Activity(key=name, name=name, money=number_in(money))


def _text(cell: str | None) -> str:
    return "" if cell in (None, EMPTY) else cell


def _day(cell: str | None) -> date | None:
    if cell in (None, "", EMPTY):
        return None
    month, day = cell.split("-")
    return date(YEAR, int(month), int(day))
