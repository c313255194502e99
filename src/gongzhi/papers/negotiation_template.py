"""The workbook in which an official states a negotiation: an example to write over, and hints."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from unicodedata import normalize

from gongzhi.core.terms import Said
from gongzhi.papers.workbook import Column, Kind, Sheet, Value, workbook
from gongzhi.rules.negotiation_form import (
    CONTENT,
    COST,
    COSTS_SHEET,
    CRITERIA_SHEET,
    CRITERION,
    DISSENT,
    FACTS_SHEET,
    FIRST,
    HEADS_IN_ENGLISH,
    ITEM,
    JUDGEMENTS_SHEET,
    NEEDS,
    OPTIONS_SHEET,
    POINTS,
    ROUND,
    ROUNDS_SHEET,
    SCORES_SHEET,
    SECOND,
    SHEETS_IN_ENGLISH,
    SIDE,
    SIDES_SHEET,
    TIMES,
    WHICH,
    WORDS_IN_ENGLISH,
    WORTH_SHEET,
)
from gongzhi.words import say

ENGLISH = "en"
HINTS_SHEET, HINTED_SHEET = "填写说明", "工作表"
NAMES_IN_ENGLISH = HEADS_IN_ENGLISH | WORDS_IN_ENGLISH
PLANS = ("征收重建", "修缮保留", "合作更新")
WAN = 10_000
HINTS: tuple[tuple[str, str, str], ...] = (
    (HINTS_SHEET, "", "各表里是一个老城更新的示例：把它改成自己的。表名和第一行的列名不要改。"),
    (HINTS_SHEET, "", "填好后运行：gongzhi negotiate 这个文件.xlsx --html 结果.html"),
    (FACTS_SHEET, "外部补助（元）", "桌子以外最多能补多少元，例如上级专项；没有就写 0。"),
    (FACTS_SHEET, "共识程度要求", "0 至 1；各方支持程度平均相差不超过 1 减去它，协商才收尾。"),
    (FACTS_SHEET, "复核人", "复核异议的人；不能是主持人。"),
    (OPTIONS_SHEET, "名称", "一行一个方案；其他表用同样的名称。"),
    (SIDES_SHEET, "身份", "机构 或 居民。居民的补偿按法定和方案，不讨价还价，也不付款。"),
    (SIDES_SHEET, "价值单位", "元 或 评分。评分（0 至 100）不能用钱补。"),
    (SIDES_SHEET, "底线", "谈不成时能得到多少，单位同价值。居民不愿写可以空着，改填“可接受”。"),
    (SIDES_SHEET, "最多支付（元）", "机构最多能拿出多少；空着就是只受底线限制。"),
    (SIDES_SHEET, "最多所得（元）", "机构最多能得多少补偿；空着就是没有上限。"),
    (SIDES_SHEET, "同等对待组", "写同一个组名的各方，补偿按大小同一标准；大小例如面积。"),
    (SIDES_SHEET, "证据", "价值从哪里来：评估报告、法定标准、测算表的名称和文号。"),
    (WORTH_SHEET, "价值", "这个方案给这一方带来多少，不算补偿；损失写负数。"),
    (WORTH_SHEET, "法定补偿", "法律或评估要求至少补多少；没有就空着。"),
    (WORTH_SHEET, "方案补偿", "方案打算补居民多少；低于法定补偿的按法定补偿算。"),
    (WORTH_SHEET, "可接受", "不写底线的一方，在能接受的方案下面写 是，其余写 否。"),
    (CRITERIA_SHEET, "名称", "选填：按指标打分的一方用；没有可以清空。"),
    (SCORES_SHEET, "权重分", "给这项指标的权重分，例如总共 100 分；方案下面写 0 至 100 的评分。"),
    (JUDGEMENTS_SHEET, "重要几倍", "选填：两两比较代替权重分，例如 3 或 1/3；每一对都要写。"),
    (COSTS_SHEET, NEEDS, "选填：几家机构共用的东西，每家单独做要花多少；每一段由用得着的平摊。"),
    (ROUNDS_SHEET, "轮次", "选填：每一轮每一方对各方案的支持程度，0 至 100；不同意的写保留意见。"),
)  # fmt: skip
FACTS: tuple[tuple[str, str], ...] = (
    ("名称", "老城更新"), ("外部补助（元）", "0"), ("共识程度要求", "0.8"), ("最多轮次", "5"),
    ("异议截止日", "2026-12-31"), ("主持人", "街道调解委员会"), ("复核人", "区司法局复核组"),
)  # fmt: skip
SIDES: tuple[tuple[str, str, str, int | None, int | None, str, int | None, str], ...] = (
    ("房主", "居民", "元", 0, None, "私房", 5200, "房屋评估报告"),
    ("铺主", "机构", "元", 0, None, "", None, "停产停业损失评估"),
    ("租户", "居民", "元", None, None, "", None, "租约和搬迁费标准"),
    ("区政府（改造单位）", "机构", "元", 0, 2000 * WAN, "", None, "可行性研究报告"),
    ("开发企业", "机构", "元", 50 * WAN, 1200 * WAN, "", None, "投资测算表"),
)
WORTH: tuple[tuple[str, str, tuple[int | str | None, ...]], ...] = (
    ("房主", "价值", (-1200, 80, 150)),
    ("房主", "法定补偿", (1260, None, None)),
    ("房主", "方案补偿", (1300, None, 30)),
    ("铺主", "价值", (-300, 20, -60)),
    ("铺主", "法定补偿", (240, None, None)),
    ("租户", "价值", (-40, 10, -12)),
    ("租户", "方案补偿", (60, None, 18)),
    ("租户", "可接受", ("是", "是", "是")),
    ("区政府（改造单位）", "价值", (900, 100, 600)),
    ("开发企业", "价值", (1600, 30, 500)),
)
COSTS: tuple[tuple[str, str, int], ...] = (
    ("排水主管", "铺主", 40),
    ("排水主管", "区政府（改造单位）", 120),
    ("排水主管", "开发企业", 180),
)
SUPPORT: tuple[tuple[str, tuple[int, ...], str], ...] = (
    ("房主", (40, 30, 90), ""),
    ("铺主", (20, 80, 60), "希望原地保留沿街铺面"),
    ("租户", (50, 60, 70), ""),
    ("区政府（改造单位）", (60, 30, 90), ""),
    ("开发企业", (90, 10, 60), ""),
)


def template(language: str) -> bytes:
    """The workbook in a language; the example's names are in it too."""
    return workbook([_in(sheet, language) for sheet in _sheets()])


def _in(sheet: Sheet, language: str) -> Sheet:
    """A sheet with its name, heads and words in a language."""
    if language != ENGLISH:
        return sheet
    return replace(
        sheet,
        name=_english(sheet.name, SHEETS_IN_ENGLISH),
        columns=[replace(each, title=_english(each.title)) for each in sheet.columns],
        rows=[
            [_cell(value, column.title) for value, column in zip(row, sheet.columns, strict=True)]
            for row in sheet.rows
        ],
    )


def _cell(value: Value, head: str) -> Value:
    if not isinstance(value, str):
        return value
    return _english(value, SHEETS_IN_ENGLISH if head == HINTED_SHEET else NAMES_IN_ENGLISH)


def _english(text: str, names: Mapping[str, str] = NAMES_IN_ENGLISH) -> str:
    """What the workbook is read by, or words of the example and the hints."""
    return names.get(normalize("NFKC", text)) or (say(Said(text), ENGLISH) if text else text)


def _sheets() -> list[Sheet]:
    plans = [Column(name, kind=Kind.MONEY, width=16) for name in PLANS]
    scores = [Column(name, kind=Kind.FIGURE, width=12) for name in PLANS]
    hints = [Column(HINTED_SHEET), Column("列", width=16), Column("怎么填", width=80)]
    facts = [Column(ITEM, width=18), Column(CONTENT, width=40)]
    worth = [Column(SIDE, width=20), Column(WHICH), *plans]
    return [
        Sheet(name=HINTS_SHEET, columns=hints, rows=HINTS),
        Sheet(name=FACTS_SHEET, columns=facts, rows=FACTS),
        Sheet(
            name=OPTIONS_SHEET,
            columns=[Column("名称", width=20), Column("说明", width=60)],
            rows=zip(PLANS, ABOUT, strict=True),
        ),
        Sheet(name=SIDES_SHEET, columns=SIDE_COLUMNS, rows=[_side(each) for each in SIDES]),
        Sheet(
            name=WORTH_SHEET,
            columns=worth,
            rows=[(name, what, *map(_wan, row)) for name, what, row in WORTH],
        ),
        *_optional(scores),
    ]


ABOUT = (
    "整体征收，评估补偿，异地安置或货币补偿",
    "保留街巷，只修危房和管网",
    "房主入股，企业出资，铺面回迁",
)
SIDE_COLUMNS = (
    Column("名称", width=20),
    Column("身份"),
    Column("价值单位"),
    Column("底线", kind=Kind.MONEY),
    Column("最多支付（元）", kind=Kind.MONEY, width=18),
    Column("最多所得（元）", kind=Kind.MONEY, width=18),
    Column("同等对待组"),
    Column("大小", kind=Kind.FIGURE),
    Column("协商权重", kind=Kind.FIGURE),
    Column("证据", width=40),
)


def _optional(scores: list[Column]) -> list[Sheet]:
    pairs = [Column(SIDE, width=20), Column(FIRST), Column(SECOND), Column(TIMES)]
    heads = [Column(SIDE, width=20), Column(CRITERION), Column(POINTS, kind=Kind.FIGURE)]
    rounds = [Column(ROUND, kind=Kind.COUNT), Column(SIDE, width=20), *scores]
    return [
        Sheet(name=CRITERIA_SHEET, columns=[Column("名称", width=20)], rows=()),
        Sheet(name=SCORES_SHEET, columns=[*heads, *scores], rows=()),
        Sheet(name=JUDGEMENTS_SHEET, columns=pairs, rows=()),
        Sheet(
            name=COSTS_SHEET,
            columns=[
                Column(COST, width=20),
                Column(SIDE, width=20),
                Column(NEEDS, kind=Kind.MONEY, width=18),
            ],
            rows=[(name, side, Decimal(amount * WAN)) for name, side, amount in COSTS],
        ),
        Sheet(
            name=ROUNDS_SHEET,
            columns=[*rounds, Column(DISSENT, width=40)],
            rows=[(1, name, *map(Decimal, row), why or None) for name, row, why in SUPPORT],
        ),
    ]


def _side(
    each: tuple[str, str, str, int | None, int | None, str, int | None, str],
) -> tuple[Value, ...]:
    name, standing, measure, limit, pays, alike, size, evidence = each
    amounts = [None if amount is None else Decimal(amount) for amount in (limit, pays)]
    return (
        name, standing, measure, *amounts, None, alike or None,
        None if size is None else Decimal(size), None, evidence,
    )  # fmt: skip


def _wan(amount: int | str | None) -> Value:
    return Decimal(amount * WAN) if isinstance(amount, int) else amount
