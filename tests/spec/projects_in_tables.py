"""A project's year written in one row of a table, with the columns that matter and no others.

The year is 2026 and days are written 3-15. Items are separated by ；, their parts by spaces, and —
stands for a part that is empty. Plans are written month:figure, as of that month's end, and hold
until the next one; 均匀 is even. Amounts are in yuan.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.monitoring import (
    Contract,
    Course,
    Facts,
    Level,
    Payment,
    Plan,
    Promised,
    Reading,
    Rule,
    Watch,
)
from gongzhi.core.terms import Text
from spec.tables import EMPTY, items, number_in

YEAR = 2026
EVEN = "均匀"
COURSES = {"累计": Course.SO_FAR, "累加": Course.ADDS_UP, "峰值": Course.PEAK, "保持": Course.KEPT}
DEGREES = {"达成": Degree.FULL, "部分达成": Degree.PART, "未达成": Degree.NONE}
NOTES = ("权重", "基数", "计划")
COLUMNS = {
    *("预算", "到位", "结转", "资金计划", "支付", "合同", "项目期", "指标", "读数", "界线", "今天"),
    *("结论", "算式", "自", "为什么"),
}


def plan_in(row: Mapping[str, str]) -> Plan:
    """The plan that a row describes."""
    unknown = set(row) - COLUMNS
    assert not unknown, f"no such column: {unknown}"
    starts, ends = items(row, "项目期") or (EMPTY, EMPTY)
    budget = number_in(row.get("预算"))
    return Plan(
        project="桥",
        year=YEAR,
        money=tuple(_by_month(row.get("资金计划", EMPTY), whole=budget)),
        indicators=tuple(_promised(item.split()) for item in items(row, "指标")),
        starts_on=None if starts == EMPTY else day_in(starts),
        ends_on=None if ends == EMPTY else day_in(ends),
    )


def facts_in(row: Mapping[str, str]) -> Facts:
    """The facts that a row describes."""
    return Facts(
        initial=number_in(row.get("预算")),
        received=number_in(row.get("到位")),
        carried_over=number_in(row.get("结转")),
        payments=tuple(_payment(item.split()) for item in items(row, "支付")),
        contracts=tuple(_contract(item.split()) for item in items(row, "合同")),
        readings=tuple(_reading(item.split()) for item in items(row, "读数")),
    )


def rule_in(row: Mapping[str, str], watch: Watch) -> Rule:
    """The thresholds that a row states: all that the signal needs."""
    parts = row["界线"].split()
    return Rule(
        code=watch.code,
        pack="table",
        level=Level.YELLOW,
        warns=True,
        in_force_from=date(2020, 1, 1),
        in_force_until=None,
        numbers={name: Decimal(value) for name, _, value in _pairs(parts, "=")},
        marks={int(month): Decimal(share) for month, _, share in _pairs(parts, ":")},
        words=tuple(part for part in parts if "=" not in part and ":" not in part),
        source=Text(zh="表", en="table"),
        verified=False,
    )


def day_in(text: str) -> date:
    """3-15 of the year, or a whole date."""
    parts = [int(part) for part in text.split("-")]
    return date(*parts) if len(parts) == 3 else date(YEAR, *parts)


def _pairs(parts: list[str], sign: str) -> list[tuple[str, str, str]]:
    return [part.partition(sign) for part in parts if sign in part]


def _by_month(cell: str, *, whole: Decimal | None) -> list[Decimal]:
    if cell in ("", EMPTY):
        return []
    if cell == EVEN:
        return [(whole or Decimal(1)) * month / 12 for month in range(1, 13)]
    steps = {int(month): Decimal(figure) for month, _, figure in _pairs(cell.split(), ":")}
    now = Decimal(0)
    return [now := steps.get(month, now) for month in range(1, 13)]


def _promised(parts: list[str]) -> Promised:
    """里程 ≥120 累计 权重20 基数10 计划6:0.5,12:1."""
    name, target, *rest = parts
    found = {key: part.removeprefix(key) for part in rest for key in NOTES if part.startswith(key)}
    course = next((COURSES[part] for part in rest if part in COURSES), Course.SO_FAR)
    plan = found.get("计划", EMPTY).replace(",", " ")
    return Promised(
        key=name,
        name=name,
        target=None if target == EMPTY else Decimal(target.lstrip("≥≤")),
        less_is_better=target.startswith("≤"),
        course=course,
        weight=number_in(found.get("权重")),
        baseline=number_in(found.get("基数")),
        by_month=tuple(_by_month(plan, whole=None)),
    )


def _payment(parts: list[str]) -> Payment:
    """3-15 100 甲公司 合同一 310."""
    day, amount, *rest = parts
    named = ["" if part == EMPTY else part for part in rest]
    return Payment(day_in(day), Decimal(amount), *named)


def _contract(parts: list[str]) -> Contract:
    """合同一 500 2-01."""
    key, amount, signed_on = parts
    return Contract(key, Decimal(amount), day_in(signed_on))


def _reading(parts: list[str]) -> Reading:
    """里程 3-31 30 甲局 核定."""
    indicator, day, figure, *rest = parts
    return Reading(
        indicator,
        day_in(day),
        None if figure in DEGREES else Decimal(figure),
        DEGREES.get(figure),
        rest[0] if rest else "",
        "核定" in rest,
    )
