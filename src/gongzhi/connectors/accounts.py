"""Totals that a file states, held against the figures that they are the totals of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.connectors import amounts
from gongzhi.connectors.headers import Header
from gongzhi.connectors.mapping import Mapping
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Said, SaidValues, Where

SHARE = Decimal("0.000001")  # or, of large totals, the last digit that a double keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A total's column and the columns that make it up, from 0."""

    total: int
    of: tuple[int, ...]
    less: tuple[int, ...]
    name: str
    mark: str
    tolerance: Decimal

    def doubt(self, row: Sequence[str]) -> Doubt | None:
        """That the total isn't the sum; nothing where a figure is missing or unreadable."""
        try:
            stated = amounts.number(row[self.total], mark=self.mark)
            parts = self._sum(row, self.of) - self._sum(row, self.less)
        except Unreadable:
            return None
        if stated is None or abs(stated - parts) <= max(self.tolerance, abs(stated) * SHARE):
            return None
        values: SaidValues = {"name": self.name, "stated": stated, "parts": parts}
        return Doubt(
            where=Where(column=self.total + 1),
            what=Said("“{name}”写的是 {stated}，各项相加是 {parts}", values),
            hint=Said("请核对这一行；已按各格原来的数读取"),
        )

    def _sum(self, row: Sequence[str], columns: tuple[int, ...]) -> Decimal:
        found = (amounts.number(row[at], mark=self.mark) for at in columns)
        return sum((figure for figure in found if figure is not None), Decimal(0))


def accounts(mapping: Mapping, header: Header) -> Iterator[Account]:
    """The totals of the mapping whose columns the file has."""
    for one in mapping.sums:
        total = header.at(one.total)
        of = [header.at(name) for name in one.of]
        less = [header.at(name) for name in one.less]
        if total is not None and None not in of and None not in less:
            yield Account(
                total=total,
                of=tuple(at for at in of if at is not None),
                less=tuple(at for at in less if at is not None),
                name=header.names[total],
                mark=mapping.mark,
                tolerance=Decimal(one.tolerance),
            )
