"""Rows through a mapping: facts, and what could not be read, by row and column."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from gongzhi.connectors.accounts import accounts
from gongzhi.connectors.fitting import missing, moved, told_missing
from gongzhi.connectors.headers import ROWS_LOOKED_AT, Header, header_for
from gongzhi.connectors.mapping import Mapping
from gongzhi.connectors.preparing import Prepared
from gongzhi.connectors.resolving import asked, told_asked
from gongzhi.connectors.telling import Telling, tellings
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.facts import Fact, Origin
from gongzhi.core.terms import Problem, Where
from gongzhi.intake.listing import Row, Sheet
from gongzhi.rules.columns import load_fact_rules


def apply_mapping(sheet: Sheet, mapping: Mapping, *, file: str = "") -> Iterator[Fact | Problem]:
    """The facts of a sheet in its order; a bad row is told and the next one is read.

    file is the digest that every fact carries. A mapping that doesn't fit yields problems only.
    """
    header = header_of(sheet, mapping)
    absent = missing(mapping, header, required=REQUIRED)
    if absent:
        yield from told_missing(absent, header, sheet=sheet.name)
        return
    if names := asked(mapping):
        yield from told_asked(names, sheet=sheet.name)
        return
    yield from moved(mapping, header, sheet=sheet.name)
    yield from Applied(mapping, header, file=file, sheet=sheet.name).to(sheet.rows())


def header_of(sheet: Sheet, mapping: Mapping) -> Header:
    """The header of the sheet, as the mapping finds it."""
    return header_for(first_rows(sheet), mapping)


def first_rows(sheet: Sheet, *, count: int = ROWS_LOOKED_AT) -> list[Row]:
    """The rows at the top of a sheet."""
    return list(islice((line for line in sheet.rows() if isinstance(line, tuple)), count))


REQUIRED = frozenset(
    (kind, name)
    for kind, rule in load_fact_rules().items()
    for name, field in rule.fields.items()
    if field.required
)


class Applied:
    """A mapping at work on one sheet."""

    def __init__(self, mapping: Mapping, header: Header, *, file: str, sheet: str) -> None:
        self.tellings = tuple(tellings(mapping, header))
        self.prepared = Prepared(mapping, header, sheet=sheet)
        self.accounts = tuple(accounts(mapping, header))
        self.origin = partial(Origin, file, sheet)
        self.sheet = sheet
        dated = any(map(_is_dated, self.tellings))
        self.watches_totals = not dated and not mapping.keeps_totals

    def to(self, lines: Iterator[Row | Problem]) -> Iterator[Fact | Problem]:
        """The facts that the rows tell, and the problems between them."""
        plans = [
            (one.make, [(cell.get, cell.known) for cell in one.cells], one.unless_empty, one.chosen)
            for one in self.tellings
        ]
        for line in self.prepared.smallest(self.prepared.rows(lines)):
            if not isinstance(line, tuple):
                yield line
                continue
            number, row = line
            if self.watches_totals and (said := self.prepared.is_no_data(row)):
                yield self.prepared.passed_over(number, said)
                continue
            facts, about = [], ["", self.origin(number)]
            try:
                for make, cells, unless_empty, chosen in plans:
                    if chosen is not None and not chosen(row):
                        continue
                    values = [known[get(row)] for get, known in cells]
                    if unless_empty is None or values[unless_empty]:
                        facts.append(make(values + about))
            except Unreadable:
                yield from self._explained(number, row)
                continue
            yield from facts
            for account in self.accounts:
                if doubt := account.doubt(row):
                    yield replace(doubt, where=self._where(number, doubt.where.column))

    def _explained(self, number: int, row: Sequence[str]) -> Iterator[Problem]:
        """Every cell of the row that can't be read, or that the row is none of data."""
        if said := self.prepared.is_no_data(row):
            yield self.prepared.passed_over(number, said)
            return
        found: dict[tuple[int | None, str], Problem] = {}
        for cell in (cell for telling in self.tellings for cell in telling.cells):
            try:
                cell.known[cell.get(row)]
            except Unreadable as why:
                column = cell.columns[0] + 1 if cell.columns else None
                where = self._where(number, column)
                problem = Problem(where=where, what=why.what, hint=why.hint)
                found.setdefault((column, why.what.text), problem)
        yield from found.values()

    def _where(self, number: int, column: int | None) -> Where:
        return Where(sheet=self.sheet or None, row=number, column=column)


def _is_dated(telling: Telling) -> bool:
    """Whether a row without a day can't become the fact, which total rows never have."""
    rules = load_fact_rules()[telling.kind].fields
    return any(
        rules[cell.name].holds == "day" and rules[cell.name].required for cell in telling.cells
    )
