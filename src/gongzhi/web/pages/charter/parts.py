"""The parts of the charter with what was decided on them here, and their clauses."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongzhi.core.charter import Charter
from gongzhi.core.terms import Text
from gongzhi.parties.charters import Adoption
from gongzhi.web.pages.charter.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A part: its title, whether it is in force here and by which decision, its clauses."""

    number: str
    title: Text
    always: bool
    in_force: bool
    decision: Adoption | None
    entries: tuple[Entry, ...] = ()

    @property
    def suspended(self) -> bool:
        """Whether it was in force here once, and a decision stopped it."""
        return self.decision is not None and not self.decision.adopted


def parts_shown(charter: Charter, entries: Iterable[Entry] = ()) -> tuple[ShownPart, ...]:
    """All parts in order, each with its entries among those given."""
    given = tuple(entries)
    return tuple(
        ShownPart(
            number=number,
            title=part.title,
            always=part.always,
            in_force=number in charter.in_force,
            decision=None,
            entries=tuple(entry for entry in given if entry.clause.part == number),
        )
        for number, part in charter.parts.items()
    )


def part_shown(charter: Charter, number: str) -> ShownPart:
    """One part."""
    return next(part for part in parts_shown(charter) if part.number == number)
