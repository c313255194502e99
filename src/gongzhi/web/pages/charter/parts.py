"""The parts of the charter as pages show them: what was decided on them here, their clauses."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongzhi.core.charter import Charter
from gongzhi.core.terms import Text
from gongzhi.parties.adoption import PartState, part_states
from gongzhi.parties.business_date import business_date
from gongzhi.web.pages.charter.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A part: its title, how it stands here, and its clauses."""

    number: str
    title: Text
    state: PartState
    entries: tuple[Entry, ...] = ()


def parts_shown(charter: Charter, entries: Iterable[Entry] = ()) -> tuple[ShownPart, ...]:
    """All parts in order as they stand today, each with its entries among those given."""
    given = tuple(entries)
    states = part_states(charter, on=business_date())
    return tuple(
        ShownPart(
            number=number,
            title=part.title,
            state=states[number],
            entries=tuple(entry for entry in given if entry.clause.part == number),
        )
        for number, part in charter.parts.items()
    )


def part_shown(charter: Charter, number: str) -> ShownPart:
    """One part."""
    return next(part for part in parts_shown(charter) if part.number == number)
