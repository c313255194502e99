"""By which parts a voice is found, and how much two of them share."""

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


def share(one: str, other: str) -> int:
    """How many in a hundred of the telling parts of the shorter text stand in the other too."""
    first, second = set(telling(one)), set(telling(other))
    least = min(len(first), len(second))
    return PER_CENT * len(first & second) // least if least else 0
