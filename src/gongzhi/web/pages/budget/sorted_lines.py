"""The lines of a budget put together by function, by what the money buys, by its source."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from gongzhi.core.terms import Money
from gongzhi.cycle.models import BudgetLine
from gongzhi.papers.figures import money_text
from gongzhi.rules.economic import EconomicClass, load_economic
from gongzhi.rules.indicators import FunctionalClass, load_classes
from gongzhi.web.frame import reader_language
from gongzhi.web.shown import Cell, Column, Table

CLASS = 3  # digits of a class, of both classifications
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the lines of a kind add up to: first, as adjusted, received."""

    initial: Money = NOTHING
    adjusted: Money = NOTHING
    received: Money | None = None

    def __add__(self, line: BudgetLine) -> "Sum":
        """One line more; a line that nobody adjusted stands as it was."""
        now = line.adjusted if line.adjusted is not None else line.initial
        return Sum(
            initial=self.initial + (line.initial or NOTHING),
            adjusted=self.adjusted + (now or NOTHING),
            received=_with(self.received, line.received),
        )


def _with(one: Money | None, other: Money | None) -> Money | None:
    """Both together; unknown where nobody told of either."""
    return other if one is None else one + (other or NOTHING)


def tables_of(lines: Sequence[BudgetLine]) -> list[Table]:
    """The same lines three times, each time all of them; of what no line says there is no table."""
    ways: Sequence[tuple[str, Callable[[BudgetLine], str]]] = (
        (_("按功能分类"), lambda line: _named(line.functional, load_classes())),
        (_("按经济分类"), lambda line: _named(line.economic, load_economic())),
        (_("按资金来源"), lambda line: line.funds or _("没有写明")),
    )
    said = (
        any(line.functional for line in lines),
        any(line.economic for line in lines),
        any(line.funds for line in lines),
    )
    return [_table(lines, name, of) for (name, of), known in zip(ways, said, strict=True) if known]


def _table(lines: Iterable[BudgetLine], name: str, of: Callable[[BudgetLine], str]) -> Table:
    sums: dict[str, Sum] = {}
    for line in lines:
        sums[of(line)] = sums.get(of(line), Sum()) + line
    rows = [(Cell(text=key), *_cells(found)) for key, found in sorted(sums.items())]
    return Table(
        caption=name,
        columns=(
            Column(name=_("分类")),
            Column(name=_("年初预算"), numeric=True),
            Column(name=_("全年预算"), numeric=True),
            Column(name=_("已到位"), numeric=True),
        ),
        rows=tuple(rows),
    )


def _cells(found: Sum) -> tuple[Cell, ...]:
    amounts = (found.initial, found.adjusted, found.received)
    return tuple(
        Cell(text="—" if amount is None else money_text(amount, None), numeric=True)
        for amount in amounts
    )


def _named(code: str, classes: Mapping[str, FunctionalClass | EconomicClass]) -> str:
    """A class by its code and name; longer codes stand under their class."""
    if not code:
        return _("没有写明")
    found = classes.get(code[:CLASS])
    if found is None:
        return code
    return f"{found.code} {found.name.in_language(reader_language())}"
