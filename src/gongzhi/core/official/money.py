"""The money of a project's year as the official sheets state it: a line for each source.

Money is yuan; a rate is always computed and never typed.
"""

from dataclasses import dataclass

from gongzhi.core.official.sources import Sources
from gongzhi.core.terms import Form, FundRow, Money, Ratio

LABELS = Sources(
    total="年度资金总额", fiscal="其中：当年财政拨款", carried="上年结转资金", other="其他资金"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """One source's money: budgets, what was paid so far, what will have been by the year's end."""

    initial: Money | None = None
    adjusted: Money | None = None
    paid: Money | None = None
    forecast: Money | None = None

    @property
    def budget(self) -> Money | None:
        """The budget that money is measured against: adjusted, else initial."""
        return self.initial if self.adjusted is None else self.adjusted

    @property
    def rate(self) -> Ratio | None:
        """Paid ÷ budget; None without a budget."""
        return None if self.paid is None or not self.budget else self.paid / self.budget


NO_MONEY = Sources.of(lambda _: MoneyLine())


def fund_rows_of(money: Sources[MoneyLine]) -> tuple[FundRow, ...]:
    """The lines as forms and their checks know them, which have no place for a forecast."""
    return tuple(
        FundRow(
            label=LABELS.named[source],
            initial=line.initial,
            adjusted=line.adjusted,
            executed=line.paid,
        )
        for source, line in money.named.items()
    )


def money_of_form(form: Form) -> Sources[MoneyLine]:
    """The money that a form of any layout states, as far as it says it."""
    total = MoneyLine(
        initial=form.budget_initial, adjusted=form.budget_adjusted, paid=form.executed
    )
    return Sources(
        total=total,
        fiscal=_line(form.fund_rows, "财政拨款", "公共预算拨款"),
        carried=_line(form.fund_rows, "结转"),
        other=_line(form.fund_rows, "其他资金"),
    )


def _line(rows: tuple[FundRow, ...], *words: str) -> MoneyLine:
    found = (row for row in rows if any(word in row.label for word in words))
    row = next(found, None)
    if row is None:
        return MoneyLine()
    return MoneyLine(initial=row.initial, adjusted=row.adjusted, paid=row.executed)
