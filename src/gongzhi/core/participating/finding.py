"""By which parts a voice is found, and how much two of them share."""

from collections.abc import Mapping

from gongzhi.core.goals.likeness import EMPTY, parts_of

# What joins words tells nothing: pairs with one of these are left out.
JOINING = frozenset(
    "的了是在和有我你他她它们这那就不也都要把被给跟对从到为与及或等很还能会可以请希望应该"
)
PER_CENT = 100


def telling(text: str) -> list[str]:
    """The parts by which a text is found: neither joining characters nor words of every project."""
    found = parts_of(text) - EMPTY
    return sorted(part for part in found if part.isascii() or not JOINING & set(part))


def share(one: str, other: str, *, weights: Mapping[str, int]) -> int:
    """What two texts share, by how telling it is, in a hundred of what the shorter one says."""
    first, second = parts_of(one), parts_of(other)
    shared = sum(weights.get(part, 0) for part in first & second)
    least = min(sum(weights.get(part, 0) for part in parts) for parts in (first, second))
    return PER_CENT * shared // least if least else 0
