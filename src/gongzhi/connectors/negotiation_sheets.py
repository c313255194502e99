"""A negotiation's workbook → parts: the sheets of our template, in either language.

Sheets and heads are known by their Chinese names; English ones stand for them.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from gongzhi.connectors.negotiation_parts import Leaf, Parts, Row
from gongzhi.core.terms import Problem, Said, Where, several
from gongzhi.intake.listing import Listing
from gongzhi.rules.negotiation_form import (
    COST,
    COSTS_SHEET,
    CRITERIA_SHEET,
    CRITERION,
    DISSENT,
    FACTS,
    FACTS_SHEET,
    FIRST,
    HEADS_IN_ENGLISH,
    ITEM,
    JUDGEMENTS_SHEET,
    NEEDS,
    OPTIONS,
    OPTIONS_SHEET,
    POINTS,
    ROUND,
    ROUNDS_SHEET,
    SCORES_SHEET,
    SECOND,
    SHEETS_IN_ENGLISH,
    SIDE,
    SIDES,
    SIDES_SHEET,
    TIMES,
    WHAT,
    WHICH,
    WORTH_SHEET,
)

ROWS_MAX = 20_000
NEEDED = (OPTIONS_SHEET, SIDES_SHEET, WORTH_SHEET)
NO_SHEET = Said("没有工作表“{sheet}”")
TAKE_TEMPLATE = Said("请用模板：gongzhi negotiate --template 模板.xlsx")
EMPTY = Said("工作表“{sheet}”是空的")
NO_COLUMN = Said("工作表“{sheet}”没有“{column}”这一列")
NO_FACT = Said("不认识“{name}”")
NO_WHAT = Said("“{text}”不是能填的内容")
WRITE = Said("请写成这些里的一个：{known}")
NO_ROUND = Said("“{text}”不是轮次")


def parts_of_sheets(listing: Listing) -> Parts | Problem:
    """What the workbook says; or that it isn't one of ours."""
    names = {_known(sheet.name, SHEETS): sheet.name for sheet in reversed(listing.sheets)}
    missing = [name for name in NEEDED if name not in names]
    if missing:
        english = any(_is_english(name, called) for name, called in names.items())
        named = SHEETS_IN_ENGLISH[missing[0]] if english else missing[0]
        said = Said(NO_SHEET.text, {"sheet": named})
        return Problem(where=Where(), what=said, hint=TAKE_TEMPLATE)
    return _Reading(listing, names).parts


def _bare(text: str) -> str:
    """A name as it is looked up: brackets of either width, no blanks, no capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


SHEETS = {_bare(english): chinese for chinese, english in SHEETS_IN_ENGLISH.items()}
HEADS = {_bare(english): chinese for chinese, english in HEADS_IN_ENGLISH.items()}


def _known(text: str, english: Mapping[str, str]) -> str:
    bare = _bare(text)
    return english.get(bare, bare)


def _is_english(name: str, called: str) -> bool:
    """Whether a sheet of ours is called by its English name."""
    return name in SHEETS_IN_ENGLISH and _bare(called) != name


def _head(leaf: Leaf) -> str:
    """A head, or a name of the first columns, as it is known."""
    return _known(leaf.text, HEADS)


Filled: TypeAlias = list[tuple[Leaf, Leaf]]  # cells with their heads


class _Reading:
    """One workbook, sheet by sheet; names: what each is called in it."""

    def __init__(self, listing: Listing, names: Mapping[str, str]) -> None:
        self.listing, self.names = listing, names
        self.parts = Parts()
        self._facts()
        self.parts.options = list(self._fields(OPTIONS_SHEET, OPTIONS))
        self.parts.sides = list(self._fields(SIDES_SHEET, SIDES))
        self.parts.criteria = list(self._fields(CRITERIA_SHEET, OPTIONS))
        self._amounts()
        self._scores()
        self._judgements()
        for row, _ in self._table(COSTS_SHEET, (COST, SIDE, NEEDS)):
            if COST in row and SIDE in row and NEEDS in row:
                self.parts.costs.append((row[COST], row[SIDE], row[NEEDS]))
        self._rounds()

    def _wrong(self, where: Where, what: Said, hint: Said = TAKE_TEMPLATE) -> None:
        self.parts.problems.append(Problem(where=where, what=what, hint=hint))

    def _in_its_language(self, name: str, heads: Iterable[str]) -> list[str]:
        """Names as the sheet's language has them."""
        if not _is_english(name, self.names[name]):
            return list(heads)
        return [HEADS_IN_ENGLISH[head] for head in heads if head in HEADS_IN_ENGLISH]

    def _rows(self, name: str) -> Iterator[list[Leaf]]:
        name = self.names.get(name, name)
        sheet = self.listing.sheet(name)
        for count, row in enumerate(sheet.rows() if sheet is not None else ()):
            if isinstance(row, Problem):
                self.parts.problems.append(row)
            elif count < ROWS_MAX:
                number, cells = row
                yield [
                    Leaf(text=cell, where=Where(sheet=name, row=number, column=column))
                    for column, cell in enumerate(cells, start=1)
                ]

    def _facts(self) -> None:
        for leaves in self._rows(FACTS_SHEET):
            name = _head(leaves[0])
            if name in FACTS and len(leaves) > 1:
                self.parts.facts[FACTS[name]] = leaves[1]
            elif name and name not in (*FACTS, ITEM):
                text = leaves[0].text.strip()[:40]
                self._wrong(leaves[0].where, Said(NO_FACT.text, {"name": text}))

    def _table(self, name: str, needed: Sequence[str]) -> Iterator[tuple[Row, Filled]]:
        """Each row by its heads, and what stands under other heads: options, with their heads."""
        rows = self._rows(name)
        heads = next(rows, None)
        if heads is None:
            if name in NEEDED:
                sheet = self.names[name]
                self._wrong(Where(sheet=sheet), Said(EMPTY.text, {"sheet": sheet}))
            return
        known = [_head(head) for head in heads]
        lacking = [each for each in needed if each not in known]
        if lacking:
            sheet, (column, *_) = self.names[name], self._in_its_language(name, lacking)
            said = Said(NO_COLUMN.text, {"sheet": sheet, "column": column})
            self._wrong(Where(sheet=sheet, row=1), said)
            return
        for leaves in rows:
            filled = [
                (head, leaf)
                for head, leaf in zip(heads, leaves, strict=False)
                if head.text.strip() and leaf.text.strip()
            ]
            if filled:
                row = {_head(head): leaf for head, leaf in filled}
                yield row, filled

    def _fields(self, name: str, fields: dict[str, str]) -> Iterator[Row]:
        for row, _ in self._table(name, ("名称",)):
            yield {fields[head]: leaf for head, leaf in row.items() if head in fields}

    def _amounts(self) -> None:
        for row, filled in self._table(WORTH_SHEET, (SIDE, WHICH)):
            side, which = row.get(SIDE), row.get(WHICH)
            if side is None or which is None:
                continue
            what = WHAT.get(_head(which))
            if what is None:
                names = self._in_its_language(WORTH_SHEET, WHAT)
                known = Said(WRITE.text, {"known": several(names)})
                self._wrong(which.where, Said(NO_WHAT.text, {"text": which.text[:40]}), known)
                continue
            for head, leaf in filled:
                if _head(head) not in (SIDE, WHICH):
                    self.parts.amounts.append((side, what, head, leaf))

    def _scores(self) -> None:
        for row, filled in self._table(SCORES_SHEET, (SIDE, CRITERION)):
            side, criterion = row.get(SIDE), row.get(CRITERION)
            if side is None or criterion is None:
                continue
            if POINTS in row:
                self.parts.points.append((side, criterion, row[POINTS]))
            for head, leaf in filled:
                if _head(head) not in (SIDE, CRITERION, POINTS):
                    self.parts.scores.append((side, criterion, head, leaf))

    def _judgements(self) -> None:
        names = (SIDE, FIRST, SECOND, TIMES)
        for row, _ in self._table(JUDGEMENTS_SHEET, names):
            if all(name in row for name in names):
                self.parts.judgements.append((row[SIDE], row[FIRST], row[SECOND], row[TIMES]))

    def _rounds(self) -> None:
        for row, filled in self._table(ROUNDS_SHEET, (ROUND, SIDE)):
            if ROUND not in row or SIDE not in row:
                continue
            text = row[ROUND].text.strip().removesuffix(".0")
            if not (text.isascii() and text.isdigit() and 0 < len(text) <= 2 and int(text)):
                self._wrong(row[ROUND].where, Said(NO_ROUND.text, {"text": text[:40]}))
                continue
            if DISSENT in row:
                self.parts.dissents.append((int(text), row[SIDE], row[DISSENT]))
            for head, leaf in filled:
                if _head(head) not in (ROUND, SIDE, DISSENT):
                    self.parts.support.append((int(text), row[SIDE], head, leaf))
