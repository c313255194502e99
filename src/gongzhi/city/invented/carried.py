"""The project that the city carries together after the flood, read from turned/joint.toml.

Each step is a row of one kind, done by an organisation on a day; `given` is what the deed takes.
Needs, offers, pledges and tasks are called by what they are of.
"""

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

FILE = Path(__file__).parent.parent / "turned" / "joint.toml"
Read = Callable[[Entry, str], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedStep:
    """A step: which verb, by whom, on which day, with what."""

    verb: str
    on: date
    by: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The joint project with its steps, in their order."""

    project: str
    title: str
    steps: tuple[CarriedStep, ...]

    def deeds(self) -> Iterator[Deed]:
        """What of it a story has for its days."""
        for step in self.steps:
            yield Deed(on=step.on, verb=step.verb, project=self.project, by=step.by)


def _number(entry: Entry, key: str) -> Decimal:
    return Decimal(entry.text(key))


def _whole(entry: Entry, key: str) -> int:
    return int(entry.number(key))


# What each kind of row takes: its verb, and how its fields are read; a field with ? may be absent.
KINDS: Mapping[str, tuple[str, Mapping[str, Read]]] = {
    "join": ("join_joint_project", {"does": Entry.text}),
    "licence": (
        "record_charity_licence",
        {
            "organisation": Entry.text,
            "document_number": Entry.text,
            "since_on": Entry.day,
            "until_on": Entry.day,
        },
    ),
    "need": (
        "state_need",
        {
            "item": Entry.text,
            "unit": Entry.text,
            "quantity": _number,
            "place": Entry.text,
            "due_on": Entry.day,
        },
    ),
    "offer": (
        "offer_supply",
        {
            "need": Entry.text,
            "quantity": _number,
            "worth": _number,
            "worth_basis": Entry.text,
            "accepted_on": Entry.day,
            "accepted": _number,
            "accepted_by": Entry.text,
        },
    ),
    "delivery": (
        "confirm_delivery",
        {"offer": Entry.text, "quantity": _number, "note?": Entry.text},
    ),
    "pledge": (
        "pledge_contribution",
        {
            "to": Entry.text,
            "amount": _number,
            "purpose": Entry.text,
            "raised": Entry.truth,
        },
    ),
    "money": ("confirm_contribution", {"pledge": Entry.text, "amount": _number}),
    "task": (
        "set_joint_task",
        {
            "to": Entry.text,
            "text": Entry.text,
            "due_on": Entry.day,
            "reported_on": Entry.day,
            "report": Entry.text,
        },
    ),
    "volunteers": (
        "log_volunteers",
        {"day": Entry.day, "people": _whole, "hours": _number, "work": Entry.text},
    ),
    "month": ("reconcile_joint_month", {"month": Entry.day, "note?": Entry.text}),
}
REGISTRAR = "YH-101"  # whoever records licences stands in the finance bureau


@cache
def load_carried() -> Carried:
    """The joint project; raises BadRules where it is incomplete."""
    top = read_rules(FILE)
    first = top.table("joint")
    start = CarriedStep(
        verb="start_joint_project",
        on=first.day("on"),
        by=first.text("by"),
        given={key: first.text(key) for key in ("title", "purpose", "does")},
    )
    project = code_named(first.text("project"))
    first.finish()
    steps = [start, *(step for kind in KINDS for step in _steps(top, kind))]
    top.finish()
    in_order = tuple(sorted(steps, key=lambda each: each.on))
    return Carried(project=project, title=str(start.given["title"]), steps=in_order)


def _steps(top: Entry, kind: str) -> Iterator[CarriedStep]:
    verb, fields = KINDS[kind]
    for entry in top.tables(kind):
        step = CarriedStep(
            verb=verb,
            on=entry.day("on"),
            by=REGISTRAR if kind == "licence" else entry.text("by"),
            given={name.rstrip("?"): _read(entry, name, read) for name, read in fields.items()},
        )
        entry.finish()
        yield from _with_what_follows(step)


def _read(entry: Entry, name: str, read: Read) -> Any:
    key = name.rstrip("?")
    return "" if name.endswith("?") and not entry.has(key) else read(entry, key)


def _with_what_follows(step: CarriedStep) -> Iterator[CarriedStep]:
    """An offer and its acceptance, a task and its report, are told in one row each."""
    yield step
    given = step.given
    if step.verb == "offer_supply":
        accepted = {"offer": given["need"], "quantity": given["accepted"]}
        yield CarriedStep(
            verb="accept_offer", on=given["accepted_on"], by=given["accepted_by"], given=accepted
        )
    if step.verb == "set_joint_task":
        report = {"task": given["text"], "text": given["report"]}
        yield CarriedStep(
            verb="report_joint_task", on=given["reported_on"], by=given["to"], given=report
        )
