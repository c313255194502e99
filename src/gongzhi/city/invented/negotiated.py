"""Guizi Lane at one table, read from turned/negotiation.toml: every step with its day."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.stepwise import Kinds, Step, Stepwise, number, steps_in, stepwise
from gongzhi.city.invented.telling import code_named
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "negotiation.toml"
BAR = "|"


def _rows(entry: Entry, key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split(BAR)) for row in entry.names(key))


KINDS: Kinds = {
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
            "limit?": number,
            "tells_mediator?": Entry.truth,
            "evidence?": Entry.text,
            "label": Entry.text,
        },
    ),
    "figure": ("link_plan_figure", {"option": Entry.text, "kind": Entry.text}),
    "plan": ("add_plan", {"name": Entry.text, "figures": Entry.text}),
    "withdrawn": ("withdraw_plan", {"option": Entry.text, "reason": Entry.text}),
    "round": ("open_round", {"note": Entry.text, "support": _rows}),
    "settlement": (
        "propose_settlement",
        {"option": Entry.text, "text": Entry.text, "transfers": _rows, "signed": _rows},
    ),
    "house": (
        "promise_compensation",
        {"subject": Entry.text, "appraised": number, "times": number, "difference?": Entry.text},
    ),
    "paid": ("record_compensation_payment", {"subject": Entry.text, "voucher": Entry.text}),
    "late": (
        "explain_late_compensation",
        {"subject": Entry.text, "reason": Entry.text, "pays_on": Entry.day},
    ),
}
OF_THE_LEDGER = ("house", "paid", "late")  # done by the unit of the project


@cache
def load_negotiated() -> Stepwise:
    """The negotiation with its ledger; raises BadRules where it is incomplete."""
    top = read_rules(FILE)
    first = top.table("table")
    opening = Step(
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
    told = steps_in(top, KINDS, by=dict.fromkeys(OF_THE_LEDGER, opening.by))
    then = [each for step in told for each in _with_what_follows(step)]
    top.finish()
    return stepwise(project, opening, then)


def _with_what_follows(step: Step) -> Iterator[Step]:
    """A round and its answers, a settlement and its signatures, are told in one row each."""
    yield step
    if step.verb == "open_round":
        for who, *support in step.given["support"]:
            said = {"support": tuple(support)}
            yield Step(verb="answer_round", on=step.on, by=who, given=said)
    if step.verb == "propose_settlement":
        for who, on in step.given["signed"]:
            day = date.fromisoformat(on)
            yield Step(verb="sign_settlement", on=day, by=who, given={})
