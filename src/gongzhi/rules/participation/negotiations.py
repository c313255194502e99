"""Reads negotiations.toml: days, the steps of law before a decision, how near is near enough."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Text
from gongzhi.rules.dated import in_force, read_editions
from gongzhi.rules.entry import Entry

FILE = Path(__file__).parent / "negotiations.toml"
DAYS_MOST = 250
CONSULTED_LEAST = 30  # clause 7.5 allows no fewer
OWN_FUNDS = ("enterprise", "social", "evaluator")  # public money has a line of a budget
GATES = ("consultation", "risk", "appraisal", "funds")


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiationRules:
    """The rules that hold since a day, and what they rest on."""

    since_on: date
    additions_days: int
    consultation_days: int
    gates: tuple[str, ...]
    own_funds: tuple[str, ...]
    close_enough: Decimal
    source: Text
    verified: bool


def negotiation_rules(today: date) -> NegotiationRules:
    """The rules in force on a day; before the first ones, those."""
    return in_force(load_negotiation_rules(), on=today)


@cache
def load_negotiation_rules() -> tuple[NegotiationRules, ...]:
    """All of them, the oldest first."""
    return read_editions(FILE, "negotiation", read=_dated)


def _dated(entry: Entry) -> NegotiationRules:
    dated = NegotiationRules(
        since_on=entry.day("since_on"),
        additions_days=int(entry.number("additions_days", least=1, most=DAYS_MOST)),
        consultation_days=int(
            entry.number("consultation_days", least=CONSULTED_LEAST, most=DAYS_MOST)
        ),
        gates=entry.names("gates"),
        own_funds=entry.names("own_funds"),
        close_enough=entry.number("close_enough", least=0, most=1),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    if not set(dated.gates) <= set(GATES):
        raise entry.fail("gates", "{key} 里有没有规定的程序")
    if not set(dated.own_funds) <= set(OWN_FUNDS):
        raise entry.fail("own_funds", "{key} 里有应当从预算付款的，或者没有的一类")
    entry.finish()
    return dated
