"""A file of outcomes → rows of unit, period and value: one line each, or a column for each unit.

Columns are found by their heads, or named; a cell that is empty or says NA is missing, one that is
no number is a problem with its place.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from gongzhi.core.effects import Grain, Period, period_in
from gongzhi.core.terms import Problem, Said, Where, several
from gongzhi.intake.listing import Listing, Row

ROWS_MAX, COLUMNS_MAX = 20_000, 500
UNITS = ("unit", "region", "state", "place", "单位", "地区", "区县", "城市", "对象", "名称")
PERIODS = (
    "period",
    "year",
    "month",
    "date",
    "期",
    "年度",
    "年份",
    "年",
    "月份",
    "月",
    "日期",
    "时间",
)
VALUES = ("value", "数值", "值", "结果", "读数", "指标值")
MISSING = frozenset({"", "na", "n/a", "nan", "-", "—", "null", "无"})
FILE = Where()
HOW = Said("一行一个数：单位、期、数值三列；或者第一列是期，每个单位一列")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The columns to read, by their heads; empty ones are found. marked: COLUMN=VALUE."""

    unit: str = ""
    period: str = ""
    value: str = ""
    marked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeTable:
    """The rows that were read, how long their periods are, and which units were marked."""

    rows: tuple[tuple[str, int, float], ...]
    grain: Grain
    marked: frozenset[str] = frozenset()

    @property
    def units(self) -> tuple[str, ...]:
        """Everybody in it, as they first appear."""
        return tuple(dict.fromkeys(unit for unit, _, _ in self.rows))

    @property
    def periods(self) -> tuple[Period, ...]:
        """All periods in order."""
        numbers = sorted({period for _, period, _ in self.rows})
        return tuple(Period(number=number, grain=self.grain) for number in numbers)


def outcomes_in(listing: Listing, named: Named | None = None) -> OutcomeTable | Problem:
    """The outcomes in a file's first sheet that has rows; or what is wrong with it."""
    wanted = named or Named()
    rows: list[Row] = []
    for row in (each for sheet in listing.sheets[:1] for each in sheet.rows()):
        if isinstance(row, Problem):
            return row
        if len(rows) > ROWS_MAX:
            return Problem(where=FILE, what=Said("超过 {most} 行", {"most": ROWS_MAX}), hint=HOW)
        rows.append(row)
    if not rows:
        return Problem(where=FILE, what=Said("没有数据"), hint=HOW)
    heads = [_plain(cell) for cell in rows[0][1]]
    if len(heads) > COLUMNS_MAX:
        return Problem(where=FILE, what=Said("超过 {most} 列", {"most": COLUMNS_MAX}), hint=HOW)
    return _read(heads, rows[1:], wanted)


def _read(heads: Sequence[str], rows: Sequence[Row], wanted: Named) -> OutcomeTable | Problem:
    at = {
        "unit": _column(heads, wanted.unit, UNITS),
        "period": _column(heads, wanted.period, PERIODS),
        "value": _column(heads, wanted.value, VALUES),
    }
    missing = [name for name in at if getattr(wanted, name) and at[name] is None]
    if missing:
        name = getattr(wanted, missing[0])
        known = several(filter(None, heads))
        what = Said("没有“{name}”这一列", {"name": name})
        return Problem(where=FILE, what=what, hint=Said("有：{known}", {"known": known}))
    if all(each is not None for each in at.values()):
        cells = _long(rows, at)
    else:
        period = at["period"] if at["period"] is not None else 0
        cells = _wide(heads, rows, period=period)
    return _table(list(cells), marked=_marked(heads, rows, wanted, unit=at["unit"]))


Cell = tuple[str, Period, float] | Problem


def _long(rows: Sequence[Row], at: Mapping[str, int | None]) -> Iterator[Cell]:
    unit, period, value = (at[name] or 0 for name in ("unit", "period", "value"))
    for number, cells in rows:
        yield from _cell(number, cells, period=period, value=value, unit=_at(cells, unit))


def _wide(heads: Sequence[str], rows: Sequence[Row], *, period: int) -> Iterator[Cell]:
    for number, cells in rows:
        for column, unit in enumerate(heads):
            if column != period and unit:
                yield from _cell(number, cells, period=period, value=column, unit=unit)


def _cell(
    number: int, cells: Sequence[str], *, period: int, value: int, unit: str
) -> Iterator[Cell]:
    text = _at(cells, value)
    if text.lower() in MISSING or not unit:
        return
    when = period_in(_at(cells, period))
    if when is None:
        told = Said("“{text}”不是年、季、月", {"text": _at(cells, period)})
        yield Problem(where=Where(row=number, column=period + 1), what=told, hint=HOW)
        return
    amount = _number(text)
    if amount is None:
        told = Said("“{text}”不是数字", {"text": text})
        yield Problem(where=Where(row=number, column=value + 1), what=told, hint=HOW)
        return
    yield unit, when, amount


def _table(cells: Sequence[Cell], *, marked: frozenset[str]) -> OutcomeTable | Problem:
    problem = next((each for each in cells if isinstance(each, Problem)), None)
    if problem is not None:
        return problem
    read = [each for each in cells if not isinstance(each, Problem)]
    grains = {when.grain for _, when, _ in read}
    if not grains:
        return Problem(where=FILE, what=Said("没有数据"), hint=HOW)
    if len(grains) > 1:
        return Problem(where=FILE, what=Said("有的是年，有的是季或月：请统一"), hint=HOW)
    rows = tuple((unit, when.number, amount) for unit, when, amount in read)
    return OutcomeTable(rows=rows, grain=grains.pop(), marked=marked)


def _marked(
    heads: Sequence[str], rows: Sequence[Row], wanted: Named, *, unit: int | None
) -> frozenset[str]:
    """The units whose rows say that they have the project."""
    name, sign, value = wanted.marked.partition("=")
    column = _column(heads, name, ())
    if not sign or column is None or unit is None:
        return frozenset()
    return frozenset(_at(cells, unit) for _, cells in rows if _at(cells, column) == value.strip())


def _column(heads: Sequence[str], name: str, known: Sequence[str]) -> int | None:
    words = (_plain(name),) if name else known
    lower = [head.lower() for head in heads]
    return next((lower.index(word.lower()) for word in words if word.lower() in lower), None)


def _at(cells: Sequence[str], column: int) -> str:
    return _plain(cells[column]) if column < len(cells) else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _number(text: str) -> float | None:
    try:
        amount = float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        return None
    return amount if isfinite(amount) else None
