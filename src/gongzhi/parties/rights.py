"""What the charter in force says to a member's questions, and whom to ask instead."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from gongzhi.core.charter import Answer, Member, Refused, Thing, decide, decide_all
from gongzhi.core.terms import Said
from gongzhi.parties.charter_lookup import charter_in_force
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY

__all__ = [
    "Charted",
    "On",
    "charter_in_force",
    "may",
    "may_all",
    "refusal",
    "thing_of",
    "whom_to_ask",
]


class Charted(Protocol):
    """A row that the charter can be asked about."""

    def thing(self) -> Thing:
        """The row as the charter sees it."""
        ...


On: TypeAlias = Thing | Charted


def thing_of(on: On) -> Thing:
    """What the charter is asked about."""
    return on if isinstance(on, Thing) else on.thing()


def may(by: Member, verb: str, on: On) -> Answer:
    """Whether the member may do this, with the clauses; for buttons and pages, not for writing."""
    return decide(charter_in_force(), by, verb, thing_of(on))


def may_all(by: Member, questions: Sequence[tuple[str, On]]) -> tuple[Answer, ...]:
    """The answers to all the questions of a page, in one call."""
    asked = tuple((verb, thing_of(on)) for verb, on in questions)
    return decide_all(charter_in_force(), by, asked)


def refusal(verb: str, answer: Answer, *, thing: Thing) -> Refused:
    """The refusal that an answer amounts to."""
    return Refused(
        clauses=answer.clauses,
        verb=verb,
        reason=answer.reason,
        whom_to_ask=whom_to_ask(answer, thing=thing),
        thing=thing,
    )


def whom_to_ask(answer: Answer, *, thing: Thing) -> Said | None:
    """Who holds the right that the asker lacks: "某局的公开审查岗"."""
    charter = charter_in_force()
    party = _owner(answer, thing) or _listed([charter.parties[p].name for p in answer.parties])
    role = _listed([charter.roles[code] for code in answer.roles])
    if party is None:
        return None
    if role is None:
        return Said("可以由{party}办理", {"party": party})
    return Said("请找{party}的{role}办理", {"party": party, "role": role})


def _owner(answer: Answer, thing: Thing) -> str | None:
    """The name of the unit, where only a unit has the right: who is to answer, else who owns it."""
    whose = thing.addressed or thing.owner
    if answer.parties != ("unit",) or whose in (None, NOBODY):
        return None
    return str(Organisation.objects.get(pk=whose))


def _listed(names: list[Said]) -> Said | None:
    """Names as one, joined by "or"."""
    if not names:
        return None
    first, *rest = names
    for name in rest:
        first = Said("{one}或{other}", {"one": first, "other": name})
    return first
