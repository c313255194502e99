"""Which readings stand by a decision, where several decisions were taken."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

Decision = TypeVar("Decision")


def what_stands(
    decisions: Iterable[tuple[UUID, Sequence[str], Decision]],
) -> Mapping[UUID, Decision]:
    """The readings that stand, each by its decision; a later one undoes an earlier.

    Of each decision, in their order: the reading that it chose, the others that it chose against,
    itself.
    """
    standing: dict[UUID, Decision] = {}
    for reading, against, decision in decisions:
        for other in against:
            standing.pop(UUID(other), None)
        standing[reading] = decision
    return standing
