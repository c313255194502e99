"""The project that the city carries together after the flood, read from turned/joint.toml.

Each step is a row of one kind, done by an organisation on a day; `given` is what the deed takes.
Needs, offers, pledges and tasks are called by what they are of.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gongzhi.city.invented.stepwise import Kinds, Step, Stepwise, number, steps_in, stepwise
from gongzhi.city.invented.telling import code_named
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "joint.toml"


def _whole(entry: Entry, key: str) -> int:
    return int(entry.number(key))


KINDS: Kinds = {
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
            "quantity": number,
            "place": Entry.text,
            "due_on": Entry.day,
        },
    ),
    "offer": (
        "offer_supply",
        {
            "need": Entry.text,
            "quantity": number,
            "worth": number,
            "worth_basis": Entry.text,
            "accepted_on": Entry.day,
            "accepted": number,
            "accepted_by": Entry.text,
        },
    ),
    "delivery": (
        "confirm_delivery",
        {"offer": Entry.text, "quantity": number, "note?": Entry.text},
    ),
    "pledge": (
        "pledge_contribution",
        {
            "to": Entry.text,
            "amount": number,
            "purpose": Entry.text,
            "raised": Entry.truth,
        },
    ),
    "money": ("confirm_contribution", {"pledge": Entry.text, "amount": number}),
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
        {"day": Entry.day, "people": _whole, "hours": number, "work": Entry.text},
    ),
    "month": ("reconcile_joint_month", {"month": Entry.day, "note?": Entry.text}),
}
REGISTRAR = "YH-101"  # whoever records licences stands in the finance bureau


@cache
def load_carried() -> Stepwise:
    """The joint project; raises BadRules where it is incomplete."""
    top = read_rules(FILE)
    first = top.table("joint")
    start = Step(
        verb="start_joint_project",
        on=first.day("on"),
        by=first.text("by"),
        given={key: first.text(key) for key in ("title", "purpose", "does")},
    )
    project = code_named(first.text("project"))
    first.finish()
    told = steps_in(top, KINDS, by={"licence": REGISTRAR})
    then = [each for step in told for each in _with_what_follows(step)]
    top.finish()
    return stepwise(project, start, then)


def _with_what_follows(step: Step) -> Iterator[Step]:
    """An offer and its acceptance, a task and its report, are told in one row each."""
    yield step
    given = step.given
    if step.verb == "offer_supply":
        accepted = {"offer": given["need"], "quantity": given["accepted"]}
        yield Step(
            verb="accept_offer", on=given["accepted_on"], by=given["accepted_by"], given=accepted
        )
    if step.verb == "set_joint_task":
        report = {"task": given["text"], "text": given["report"]}
        yield Step(verb="report_joint_task", on=given["reported_on"], by=given["to"], given=report)
