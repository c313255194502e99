"""A file with one row for each thing and columns of figures: found by their heads, or named.

A figure that is none, missing or below zero is a problem with its row and column.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gongzhi.core.balance.efficiency import Compared
from gongzhi.core.balance.equity import Share
from gongzhi.core.terms import Problem, Said, Where, several
from gongzhi.intake.listing import Listing, Row

ROWS_MAX, COLUMNS_MAX = 100_000, 500
NAMES = ("name", "unit", "名称", "单位", "学校", "医院", "地区", "区县", "城市", "机构")
AMOUNTS = ("amount", "money", "数额", "金额", "经费", "支出", "资金")
HEADS = ("heads", "people", "population", "人数", "人口", "学生数", "常住人口")
NEEDS = ("need", "needs", "需求", "需要")
GROUPS = ("group", "district", "组", "分组", "区", "片区", "类别")
RANKS = ("rank", "income", "排序", "收入", "人均收入")
INPUTS, OUTPUTS = ("投入", "input", "in"), ("产出", "output", "out")
MARKS = "：:_ "
FILE = Where()
SHARES_HOW = Said("一行一处：名称、数额、人数三列，可以再有需求、组、排序")
UNITS_HOW = Said("一行一个单位：名称一列，投入各列、产出各列，如“投入：医生”“产出：门诊”")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedColumns:
    """The columns to read, by their heads; empty ones are found."""

    name: str = ""
    amount: str = ""
    heads: str = ""
    need: str = ""
    group: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTable:
    """What each place has, by heads and, where the file has it, by need."""

    by_heads: tuple[Share, ...]
    by_need: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTable:
    """Units with what they use and give, and what the columns are called."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    units: tuple[Compared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    how: Said

    def at(self, named: str, known: Sequence[str]) -> int | None:
        """The column of that head, or of the first known one."""
        words = [_plain(named)] if named else list(known)
        lower = [head.lower() for head in self.heads]
        return next((lower.index(word.lower()) for word in words if word.lower() in lower), None)

    def text(self, row: Row, column: int) -> str:
        """A cell."""
        return _plain(row[1][column]) if column < len(row[1]) else ""

    def figure(self, row: Row, column: int) -> float | Problem:
        """A figure of zero or more, or what is wrong with it and where."""
        text = self.text(row, column)
        number = number_in(text)
        told = {"head": self.heads[column], "text": text}
        if not text:
            what = Said("“{head}”没有填", {"head": self.heads[column]})
        elif number is None:
            what = Said("“{head}”的“{text}”不是数字", {**told})
        elif number < 0:
            what = Said("“{head}”的“{text}”小于零", {**told})
        else:
            return float(number)
        return Problem(where=Where(row=row[0], column=column + 1), what=what, hint=self.how)


def amounts_told(listing: Listing) -> tuple[str, ...]:
    """The columns whose head names an amount, as “2026年公用经费” does, in their order."""
    first = next(iter(_rows(listing)), None)
    if first is None or isinstance(first, Problem):
        return ()
    heads = map(_plain, first[1])
    return tuple(head for head in heads if any(word in head.lower() for word in AMOUNTS))


def shares_in(listing: Listing, named: NamedColumns | None = None) -> ShareTable | Problem:
    """What each place has, from the first sheet."""
    wanted = named or NamedColumns()
    table = _table(listing, how=SHARES_HOW)
    if isinstance(table, Problem):
        return table
    places = {
        "name": table.at(wanted.name, NAMES),
        "amount": table.at(wanted.amount, AMOUNTS),
        "heads": table.at(wanted.heads, HEADS),
        "need": table.at(wanted.need, NEEDS),
        "group": table.at(wanted.group, GROUPS),
        "rank": table.at(wanted.rank, RANKS),
    }
    for column, heads in (("name", NAMES), ("amount", AMOUNTS), ("heads", HEADS)):
        if places[column] is None:
            return _no_column(table, getattr(wanted, column) or heads[0])
    asked = [name for name in ("need", "group", "rank") if getattr(wanted, name)]
    missing = next((name for name in asked if places[name] is None), None)
    if missing is not None:
        return _no_column(table, getattr(wanted, missing))
    return _shares(table, places)


def _shares(table: _Table, places: dict[str, int | None]) -> ShareTable | Problem:
    by_heads, by_need = [], []
    seen: set[str] = set()
    for row in table.rows:
        figures: dict[str, float] = {}
        for name in ("amount", "heads", "need", "rank"):
            column = places[name]
            if column is None:
                continue
            figure = table.figure(row, column)
            if isinstance(figure, Problem):
                return figure
            if name in ("heads", "need") and not figure:
                return _zero(table, row, column)
            figures[name] = figure
        name = table.text(row, places["name"] or 0)
        if name in seen or not name:
            return _unnamed(table, row, places["name"] or 0, name=name)
        seen.add(name)
        group = places["group"]
        share = Share(
            name=name,
            amount=figures["amount"],
            heads=figures["heads"],
            group="" if group is None else table.text(row, group),
            rank=figures.get("rank"),
        )
        by_heads.append(share)
        if "need" in figures:
            by_need.append(
                Share(
                    name=name,
                    amount=share.amount,
                    heads=figures["need"],
                    group=share.group,
                    rank=share.rank,
                )
            )
    return ShareTable(by_heads=tuple(by_heads), by_need=tuple(by_need))


def units_in(
    listing: Listing, *, inputs: Sequence[str] = (), outputs: Sequence[str] = (), name: str = ""
) -> UnitTable | Problem:
    """Units with their inputs and outputs: the columns named, else those marked so."""
    table = _table(listing, how=UNITS_HOW)
    if isinstance(table, Problem):
        return table
    put, got = _marked(table, inputs, INPUTS), _marked(table, outputs, OUTPUTS)
    for columns in (put, got):
        if isinstance(columns, Problem):
            return columns
    assert not isinstance(put, Problem)
    assert not isinstance(got, Problem)
    if not put or not got:
        what = Said("看不出哪些列是投入，哪些列是产出")
        return Problem(where=FILE, what=what, hint=UNITS_HOW)
    named = table.at(name, NAMES)
    if named is None:
        return _no_column(table, name or NAMES[0])
    units: list[Compared] = []
    seen: set[str] = set()
    for row in table.rows:
        figures = []
        for column in (*put, *got):
            figure = table.figure(row, column)
            if isinstance(figure, Problem):
                return figure
            figures.append(figure)
        called = table.text(row, named)
        if called in seen or not called:
            return _unnamed(table, row, named, name=called)
        seen.add(called)
        used, made = tuple(figures[: len(put)]), tuple(figures[len(put) :])
        units.append(Compared(name=called, inputs=used, outputs=made))
    return UnitTable(
        inputs=tuple(_bare(table.heads[at], INPUTS) for at in put),
        outputs=tuple(_bare(table.heads[at], OUTPUTS) for at in got),
        units=tuple(units),
    )


def _marked(table: _Table, named: Sequence[str], marks: Sequence[str]) -> tuple[int, ...] | Problem:
    if not named:
        return tuple(at for at, head in enumerate(table.heads) if _bare(head, marks) != head)
    found = []
    for each in named:
        column = table.at(each, ())
        if column is None:
            return _no_column(table, each)
        found.append(column)
    return tuple(found)


def _bare(head: str, marks: Sequence[str]) -> str:
    """A head without its mark."""
    for mark in marks:
        rest = head[len(mark) :]
        if head.lower().startswith(mark) and rest[:1] and rest[0] in MARKS and rest.strip(MARKS):
            return rest.strip(MARKS)
    return head


def _table(listing: Listing, *, how: Said) -> _Table | Problem:
    rows: list[Row] = []
    for row in _rows(listing):
        if isinstance(row, Problem):
            return row
        if len(rows) > ROWS_MAX:
            return Problem(where=FILE, what=Said("超过 {most} 行", {"most": ROWS_MAX}), hint=how)
        rows.append(row)
    if len(rows) < 2:
        return Problem(where=FILE, what=Said("没有数据"), hint=how)
    heads = tuple(_plain(cell) for cell in rows[0][1])
    if len(heads) > COLUMNS_MAX:
        return Problem(where=FILE, what=Said("超过 {most} 列", {"most": COLUMNS_MAX}), hint=how)
    return _Table(heads=heads, rows=tuple(rows[1:]), how=how)


def _rows(listing: Listing) -> Iterator[Row | Problem]:
    for sheet in listing.sheets[:1]:
        yield from sheet.rows()


def _no_column(table: _Table, name: str) -> Problem:
    known = several(filter(None, table.heads))
    what = Said("没有“{name}”这一列；有：{known}", {"name": name, "known": known})
    return Problem(where=FILE, what=what, hint=table.how)


def _zero(table: _Table, row: Row, column: int) -> Problem:
    what = Said("“{head}”应当大于零", {"head": table.heads[column]})
    return Problem(where=Where(row=row[0], column=column + 1), what=what, hint=table.how)


def _unnamed(table: _Table, row: Row, column: int, *, name: str) -> Problem:
    what = Said("“{name}”出现两次", {"name": name}) if name else Said("名称没有填")
    return Problem(where=Where(row=row[0], column=column + 1), what=what, hint=table.how)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def number_in(text: str) -> Decimal | None:
    """A finite number as people write it; None where it is none."""
    try:
        number = Decimal(_plain(text).replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
