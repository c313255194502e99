"""The minutes of a meeting as a paper states them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedItem:
    """An item of the agenda: what was said, decided, and who does what by when."""

    number: str = ""
    title: str = ""
    text: str = ""
    resolution: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesRecord:
    """A meeting that was held; days and moments are as written."""

    title: str = ""
    organiser: str = ""
    held_on: str = ""
    place: str = ""
    present: str = ""
    absent: str = ""
    confirmed: str = ""
    adopted: str = ""
    lines: tuple[RecordedItem, ...] = ()
