"""Rows made ready to be read: those below the header, filled, of one width, the chosen ones."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from gongzhi.connectors.headers import Header, normal
from gongzhi.connectors.mapping import Choice, Mapping
from gongzhi.connectors.row_kinds import class_of, is_above
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.listing import Row
from gongzhi.rules.columns import load_words

SUM_ABOVE = Said("这是上级科目，它的数在下面各行里，没有当作数据")
COLUMNS_COUNTED_LEAST = 3
Chooser = Callable[[Sequence[str]], bool]


class Prepared:
    """What is done with every row before its cells are read."""

    def __init__(self, mapping: Mapping, header: Header, *, sheet: str) -> None:
        self.header = header
        self.sheet = sheet
        self.width = len(header.names)
        self.chosen = chooser(header, only=mapping.only, skip=mapping.skip)
        self.filled = tuple(_filled(mapping, header))
        totals = () if mapping.keeps_totals else load_words().totals
        self.totals = frozenset(map(normal, totals))
        self.names = [normal(name) for name in header.names]
        self.classes = header.at(mapping.sums_above) if mapping.sums_above else None

    def rows(self, lines: Iterator[Row | Problem]) -> Iterator[Row | Problem]:
        """The rows to be read, and a problem for every one that can't be."""
        top, width, chosen = self.header.row, self.width, self.chosen
        above = [""] * width
        for line in lines:
            if not isinstance(line, tuple):
                yield replace(line, where=replace(line.where, sheet=self.sheet or None))
                continue
            number, row = line
            if number <= top:
                continue
            if len(row) != width:
                if any(map(str.strip, row[width:])):
                    yield self._too_wide(number, row)
                    continue
                row = row[:width] + [""] * (width - len(row))
            for at in self.filled:
                above[at] = row[at] = row[at] or above[at]
            if chosen is None or chosen(row):
                yield number, row

    def smallest(self, lines: Iterator[Row | Problem]) -> Iterator[Row | Problem]:
        """The rows without the classes that the next row is a part of; those are told."""
        return lines if self.classes is None else self._smallest(lines, self.classes)

    def _smallest(self, lines: Iterator[Row | Problem], at: int) -> Iterator[Row | Problem]:
        held: Row | None = None
        for line in lines:
            if not isinstance(line, tuple):
                yield line
                continue
            if held is not None:
                is_sum = is_above(class_of(held[1][at]), class_of(line[1][at]))
                yield self.passed_over(held[0], SUM_ABOVE) if is_sum else held
            held = line
        if held is not None:
            yield held

    def is_no_data(self, row: Sequence[str]) -> Said | None:
        """What a row is that tells nothing: blank, a total, the header over again."""
        bare = [normal(cell) for cell in row]
        if not any(bare):
            return Said("这是空行")
        if any(cell in self.totals for cell in bare):
            return Said("这是合计行，没有当作数据")
        if _are_numbered(row):
            return Said("这是栏次行，没有当作数据")
        same = sum(cell == name for cell, name in zip(bare, self.names, strict=False) if cell)
        return Said("这是重复的表头，没有当作数据") if same * 2 > sum(map(bool, bare)) else None

    def passed_over(self, number: int, what: Said) -> Doubt:
        """The doubt that tells of a row without data."""
        where = Where(sheet=self.sheet or None, row=number)
        return Doubt(where=where, what=what, hint=Said("如果它是数据，请改正后再导入"))

    def _too_wide(self, number: int, row: Sequence[str]) -> Problem:
        where = Where(sheet=self.sheet or None, row=number, column=self.width + 1)
        return Problem(
            where=where,
            what=Said(
                "这一行有 {cells} 格，表头只有 {width} 列", {"cells": len(row), "width": self.width}
            ),
            hint=Said("多半是某一格里有分隔符而没有加引号；请给那一格加上引号"),
        )


def _are_numbered(row: Sequence[str]) -> bool:
    """Whether the cells only count the columns: 栏次, 1, 2, 3."""
    figures = [cell.strip() for cell in row if cell.strip().isdigit()]
    words = sum(bool(cell.strip()) for cell in row) - len(figures)
    counted = [str(number) for number in range(1, len(figures) + 1)]
    return len(figures) >= COLUMNS_COUNTED_LEAST and words <= 1 and figures == counted


def _filled(mapping: Mapping, header: Header) -> Iterator[int]:
    for fact in mapping.facts:
        for source in fact.fields.values():
            if source.fill_down:
                found = (header.at(name) for name in source.columns)
                yield from (at for at in found if at is not None)


def chooser(header: Header, *, only: Sequence[Choice], skip: Sequence[Choice]) -> Chooser | None:
    """Whether a row is wanted; None where all are."""
    skips = [(header.at(one.column), frozenset(one.values)) for one in skip]
    onlys = [(header.at(one.column), frozenset(one.values)) for one in only]
    if not skips and not onlys:
        return None

    def chosen(row: Sequence[str]) -> bool:
        if any(at is not None and row[at].strip() in values for at, values in skips):
            return False
        return all(at is None or row[at].strip() in values for at, values in onlys)

    return chosen
