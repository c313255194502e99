"""Sums in figures, as findings show them: 8 + 8 + 10 = 26 ≠ 30."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from gongzhi.core.audit.case import Row
from gongzhi.core.indicators.amounts import TEN_THOUSAND
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Form, Money, Said

SHOWN_MAX = 60
HUNDREDTHS = 100
MYRIAD_YUAN = "万元"


def added(terms: Iterable[Decimal]) -> str:
    """The terms with plus signs between; of a very long sum only the ends."""
    shown = [plain(term) if term >= 0 else f"({plain(term)})" for term in terms]
    if len(shown) > SHOWN_MAX:
        half = SHOWN_MAX // 2
        shown = [*shown[:half], "…", *shown[-half:]]
    return " + ".join(shown) or "0"


def total_of(terms: Iterable[Decimal]) -> Decimal:
    """The sum of the terms, nothing for none."""
    return sum(terms, start=Decimal(0))


def rounded(value: Fraction) -> Decimal:
    """An exact value to two places, to be shown."""
    return Decimal(round(value * HUNDREDTHS)) / HUNDREDTHS


def as_printed(form: Form, amount: Money) -> str:
    """An amount in the unit that the form states, so that it can be found there again."""
    if form.money_unit == MYRIAD_YUAN:
        return plain(amount / TEN_THOUSAND)
    return plain(amount)


def unit_of(form: Form) -> Said:
    """The unit that the form states; yuan where it states none."""
    return Said(MYRIAD_YUAN if form.money_unit == MYRIAD_YUAN else "元")


def listed(sentences: Iterable[Said]) -> Said:
    """Sentences one after the other; at least one."""
    first, *others = sentences
    for other in others:
        first = Said("{one}、{other}", {"one": first, "other": other})
    return first


def against(row: Row) -> str:
    """A result beside its target: 37442 < 38508."""
    if row.target is None or row.result is None:
        return ""
    target, result = row.target.value, row.result.value
    sign = "=" if result == target else "<" if result < target else ">"
    return f"{plain(result)} {sign} {plain(target)}"
