"""Guizi Lane at one table, read from turned/negotiation.toml: every step with its day."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from gongzhi.city.invented.telling import code_named
from gongzhi.city.invented.values import Deed
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "negotiation.toml"
BAR = "|"
Read = Callable[[Entry, str], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiatedStep:
    """A step: which verb, by whom, on which day, with what."""

    verb: str
    on: date
    by: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiatedLane:
    """The negotiation about a project with its ledger, step by step in their order."""

    project: str
    title: str
    steps: tuple[NegotiatedStep, ...]

    def deeds(self) -> Iterator[Deed]:
        """What of it a story has for its days."""
        for step in self.steps:
            yield Deed(on=step.on, verb=step.verb, project=self.project, by=step.by)


def _money(entry: Entry, key: str) -> Decimal:
    return Decimal(entry.text(key))


def _rows(entry: Entry, key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split(BAR)) for row in entry.names(key))


# What each kind of row takes: its verb, and how its fields are read; a field with ? may be absent.
KINDS: Mapping[str, tuple[str, Mapping[str, Read]]] = {
    "gate": (
        "record_legal_gate",
        {
            "kind": Entry.text,
            "document_number": Entry.text,
            "from_on": Entry.day,
            "until_on": Entry.day,
        },
    ),
    "party": (
        "seat_negotiation_party",
        {"party": Entry.text, "stake": Entry.text, "resident": Entry.truth},
    ),
    "position": (
        "state_position",
        {
            "text": Entry.text,
            "worth": _rows,
            "accepts?": Entry.names,
            "limit?": _money,
            "evidence?": Entry.text,
            "label": Entry.text,
        },
    ),
    "round": ("open_round", {"note": Entry.text, "support": _rows}),
    "settlement": (
        "propose_settlement",
        {"option": Entry.text, "text": Entry.text, "transfers": _rows, "signed": _rows},
    ),
    "house": (
        "promise_compensation",
        {"subject": Entry.text, "appraised": _money, "times": _money, "difference?": Entry.text},
    ),
    "paid": ("record_compensation_payment", {"subject": Entry.text, "voucher": Entry.text}),
    "late": (
        "explain_late_compensation",
        {"subject": Entry.text, "reason": Entry.text, "pays_on": Entry.day},
    ),
}
OF_THE_LEDGER = ("house", "paid", "late")  # done by the unit of the project


@cache
def load_negotiated() -> NegotiatedLane:
    """The negotiation; raises BadRules where it is incomplete."""
    top = read_rules(FILE)
    first = top.table("table")
    opening = NegotiatedStep(
        verb="open_negotiation",
        on=first.day("on"),
        by=first.text("by"),
        given={
            **{key: first.text(key) for key in ("title", "question", "mediator")},
            "options": _rows(first, "options"),
        },
    )
    project = code_named(first.text("project"))
    first.finish()
    steps = [opening, *(step for kind in KINDS for step in _steps(top, kind, unit=opening.by))]
    top.finish()
    in_order = tuple(sorted(steps, key=lambda each: each.on))
    return NegotiatedLane(project=project, title=str(opening.given["title"]), steps=in_order)


def _steps(top: Entry, kind: str, *, unit: str) -> Iterator[NegotiatedStep]:
    verb, fields = KINDS[kind]
    for entry in top.tables(kind):
        step = NegotiatedStep(
            verb=verb,
            on=entry.day("on"),
            by=unit if kind in OF_THE_LEDGER else entry.text("by"),
            given={
                name.rstrip("?"): read(entry, name.rstrip("?"))
                for name, read in fields.items()
                if not name.endswith("?") or entry.has(name.rstrip("?"))
            },
        )
        entry.finish()
        yield from _with_what_follows(step)


def _with_what_follows(step: NegotiatedStep) -> Iterator[NegotiatedStep]:
    """A round and its answers, a settlement and its signatures, are told in one row each."""
    yield step
    if step.verb == "open_round":
        for who, *support in step.given["support"]:
            said = {"support": tuple(support)}
            yield NegotiatedStep(verb="answer_round", on=step.on, by=who, given=said)
    if step.verb == "propose_settlement":
        for who, on in step.given["signed"]:
            day = date.fromisoformat(on)
            yield NegotiatedStep(verb="sign_settlement", on=day, by=who, given={})
