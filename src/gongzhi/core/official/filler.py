"""Who fills a paper in, for which project."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """The names at the head of a paper; "" where there is none."""

    code: str = ""
    department: str = ""
    unit: str = ""
