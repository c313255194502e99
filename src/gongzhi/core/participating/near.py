"""What names a place: the part of its name that people use, found in titles of what is about it."""

from collections.abc import Iterable

# What kind of place it is, as official names end; the longer ones first.
KINDS_OF_PLACE = ("街道办事处", "居民委员会", "街道", "社区", "新区", "镇", "乡", "村", "区", "县")
CHARACTERS_LEAST = 2  # a name of one character stands in words that mean something else


def called(name: str) -> str:
    """How people call a place: its name without what kind of place it is."""
    for kind in KINDS_OF_PLACE:
        short = name.removesuffix(kind)
        if short != name and len(short) >= CHARACTERS_LEAST:
            return short
    return name


def all_called(names: Iterable[str]) -> list[str]:
    """How people call several places, each once; what is too short to tell a place is left out."""
    return sorted({short for name in names if len(short := called(name)) >= CHARACTERS_LEAST})
