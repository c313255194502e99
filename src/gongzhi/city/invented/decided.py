"""What the judged year does to the next year's money, read from turned/results.toml."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.core.terms import Money
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "results.toml"
TEN_THOUSAND = 10_000
OUTCOMES = ("adopted", "partly", "not")


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """A decision that isn't what was proposed; project is a code, the amount is yuan."""

    project: str
    on: date
    amount: Money
    reason: str
    document_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    """What became of an evaluation by somebody whose evaluation takes no money away by itself."""

    project: str
    evaluator: str
    on: date
    outcome: str
    adopted: str
    changed: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """When all is proposed, and decided; what differs, and what is told of its use."""

    proposed_on: date
    decided_on: date
    document_number: str
    differs: tuple[Differing, ...]
    accounts: tuple[Accounting, ...]


@cache
def load_results() -> Results:
    """The file as values; raises BadRules where it is incomplete."""
    top = read_rules(FILE)
    read = Results(
        proposed_on=top.day("proposed_on"),
        decided_on=top.day("decided_on"),
        document_number=top.text("document_number"),
        differs=tuple(map(_differing, top.tables("differs"))),
        accounts=tuple(map(_accounting, top.tables("account"))),
    )
    top.finish()
    return read


def _differing(entry: Entry) -> Differing:
    differing = Differing(
        project=code_named(entry.text("project")),
        on=entry.day("on"),
        amount=entry.number("amount") * TEN_THOUSAND,
        reason=entry.text("reason"),
        document_number=entry.text("document_number"),
    )
    entry.finish()
    return differing


def _accounting(entry: Entry) -> Accounting:
    accounting = Accounting(
        project=code_named(entry.text("project")),
        evaluator=entry.text("evaluator"),
        on=entry.day("on"),
        outcome=entry.one_of("outcome", OUTCOMES),
        adopted=entry.text("adopted"),
        changed=entry.text("changed"),
        reason=entry.text("reason"),
    )
    entry.finish()
    return accounting
