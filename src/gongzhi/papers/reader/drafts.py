"""A draft gathers the parts of one form, from one grid or several, before it becomes a Form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongzhi.core.terms import Problem, Where
from gongzhi.papers.reader.amounts import unit_at_start, unit_in
from gongzhi.papers.reader.goals import read_goals
from gongzhi.papers.reader.grid import Grid
from gongzhi.papers.reader.indicators import Entry, IndicatorBlock, Levels, read_indicators
from gongzhi.papers.reader.money import MoneyBlock, money_unit, read_money
from gongzhi.papers.reader.pairs import Pair, pairs_in_line, pairs_of
from gongzhi.papers.reader.parts import Kind, Part
from gongzhi.papers.reader.printed import bare, key
from gongzhi.papers.reader.titles import is_form_title, is_report_title
from gongzhi.papers.reader.totals import Total, read_total

IDENTITY = frozenset({"project", "department", "unit"})
LONGEST_WORD = 60


@dataclass(slots=True, kw_only=True)
class Draft:
    """What was found of one form."""

    lines: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sheet: str | None = None
    where: Where = field(default_factory=Where)
    money_unit: str | None = None
    unit_in_labels: str | None = None
    unit_in_rows: str | None = None
    pairs: list[Pair] = field(default_factory=list)
    money: list[MoneyBlock] = field(default_factory=list)
    goals: dict[str, str] = field(default_factory=dict)
    blocks: list[IndicatorBlock] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    levels: Levels = field(default_factory=Levels)
    problems: list[Problem] = field(default_factory=list)

    def add(self, grid: Grid, part: Part) -> None:
        """Take in one part of a grid."""
        self._add_words(grid, part)
        if part.kind is Kind.TITLE:
            self.lines.extend(cell.text for cell in grid.said(part.top))
        elif part.kind is Kind.PAIRS:
            self._add_pairs(grid, range(part.top, part.bottom + 1))
        elif part.kind is Kind.GOALS and part.head:
            for name, text in read_goals(grid, part.head, bottom=part.bottom).items():
                self.goals.setdefault(name, text)
        elif part.kind is Kind.MONEY and part.head:
            self._add_money(grid, part)
        elif part.head:
            self._add_indicators(grid, part)

    def add_lines(self, lines: Sequence[str]) -> None:
        """Take in the lines above the form."""
        self.lines.extend(lines)
        for text in lines:
            self.pairs.extend(pairs_in_line(text, Where()))

    @property
    def entries(self) -> Iterator[Entry]:
        """The lines of all blocks of indicators, in order."""
        for block in self.blocks:
            yield from block.entries

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles above the form, the nearest last."""
        return tuple(t for t in self.lines if is_form_title(t) or is_report_title(t))

    @property
    def has_identity(self) -> bool:
        """Whether a table names the project, its department or its unit."""
        return any(pair.field in IDENTITY and pair.in_table for pair in self.pairs)

    @property
    def has_project(self) -> bool:
        """Whether a table has named the project."""
        return any(pair.field == "project" and pair.in_table for pair in self.pairs)

    @property
    def is_begun(self) -> bool:
        """Whether the form has more than its title."""
        return bool(self.blocks or self.money or self.goals or self.has_identity)

    @property
    def is_form(self) -> bool:
        """Whether what was gathered is one of the forms, not just any table."""
        titled = any(is_form_title(text) for text in self.lines)
        rows = any(block.rows for block in self.money)
        amounts = any(pair.field in {"amount", "adjusted", "initial"} for pair in self.pairs)
        named = self.has_project or (self.has_identity and titled)
        return (
            bool(self.blocks)
            or (named and (rows or amounts or bool(self.goals)))
            or (titled and rows)
        )

    @property
    def unit_of_lines(self) -> str | None:
        """The unit of money that a line above the form states: 单位：万元."""
        stated = (pair.value for pair in self.pairs if pair.field == "money_unit")
        return next((unit for value in stated if (unit := unit_at_start(key(value)))), None)

    def _add_words(self, grid: Grid, part: Part) -> None:
        for row in range(part.top, part.bottom + 1):
            for cell in grid.said(row):
                if len(cell.text) <= LONGEST_WORD:
                    self.words.add(bare(cell.text))
                    self._add_unit(cell.text, part)

    def _add_unit(self, text: str, part: Part) -> None:
        unit = unit_in(text)
        if part.kind is Kind.INDICATORS:
            self.unit_in_rows = self.unit_in_rows or unit
        else:
            self.unit_in_labels = self.unit_in_labels or unit

    def _add_pairs(self, grid: Grid, rows: range) -> None:
        for row in rows:
            found = list(pairs_of(grid, row))
            self.pairs.extend(found)
            said = grid.said(row)
            if len(said) == 1 and not found:
                (self.notes if self.is_begun else self.lines).append(said[0].text)

    def _add_money(self, grid: Grid, part: Part) -> None:
        assert part.head, "a block of money has a header"
        self.money_unit = self.money_unit or money_unit(grid, part.head)
        unit = self.money_unit or self.unit_of_lines or self.unit_in_labels
        block = read_money(grid, part.head, bottom=part.bottom, unit=unit)
        self.money.append(block)
        self.columns |= part.head.roles

    def _add_indicators(self, grid: Grid, part: Part) -> None:
        assert part.head, "a block of indicators has a header"
        block = read_indicators(
            grid, part.head, bottom=part.bottom, levels=self.levels, unit=self.money_unit
        )
        self.levels = block.levels
        self.blocks.append(block)
        self.problems.extend(block.problems)
        self.columns |= part.head.roles
        self.totals.extend(read_total(grid, row, head=part.head) for row in block.totals)
        for row in block.leftover:
            self._add_pairs(grid, range(row, row + 1))
