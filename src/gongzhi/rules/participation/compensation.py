"""Reads compensation.toml: the clocks and limits of the compensation ledger, since when."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from gongzhi.core.participating.compensating import CompensationRules
from gongzhi.core.terms import Text
from gongzhi.rules.dated import in_force, read_editions
from gongzhi.rules.entry import Entry

FILE = Path(__file__).parent / "compensation.toml"
DAYS_MOST = 250
PAYEES_LEAST, PAYEES_MOST = 3, 100  # of two, each would know the other's amount


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedCompensationRules:
    """The rules that hold since a day, and what they rest on."""

    since_on: date
    rules: CompensationRules
    source: Text
    verified: bool


def compensation_rules(today: date) -> CompensationRules:
    """The rules in force on a day; before the first ones, those."""
    return in_force(load_compensation_rules(), on=today).rules


@cache
def load_compensation_rules() -> tuple[DatedCompensationRules, ...]:
    """All of them, the oldest first."""
    return read_editions(FILE, "compensation", read=_dated)


def _dated(entry: Entry) -> DatedCompensationRules:
    dated = DatedCompensationRules(
        since_on=entry.day("since_on"),
        rules=CompensationRules(
            objection_days=int(entry.number("objection_days", least=1, most=DAYS_MOST)),
            answer_days=int(entry.number("answer_days", least=1, most=DAYS_MOST)),
            payees_least=int(entry.number("payees_least", least=PAYEES_LEAST, most=PAYEES_MOST)),
            rate_tolerance=Fraction(entry.number("rate_tolerance", least=0, most=1)),
        ),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return dated
