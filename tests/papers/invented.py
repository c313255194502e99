"""Invented layouts with known values: families that places really use, none of them published.

Every form is about the same school canteen, so that only the layout differs (layouts/*.toml).
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papers.sketches import Sketch, sketch

FOLDER = Path(__file__).parent / "layouts"
Row = tuple[str, ...]  # level1, level2, level3, target, actual, weight, score, reason


@dataclass(frozen=True)
class Invented:
    """A layout and what a reader must find in it; an empty text stands for nothing."""

    name: str
    drawn: Sketch
    fields: dict[str, Any]
    rows: tuple[Row, ...]
    long_term: tuple[Row, ...]
    possibilities: tuple[str, ...]
    flat: bool


def _read(path: Path) -> Invented:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    above, below = data.get("above", []), data.get("below", [])
    return Invented(
        name=path.stem,
        drawn=sketch(data["drawing"], above=above, below=below),
        fields={**data["fields"], **dict.fromkeys(data.get("absent", ()))},
        rows=tuple(tuple(row) for row in data["rows"]),
        long_term=tuple(tuple(row) for row in data.get("long_term", ())),
        possibilities=tuple(data.get("possibilities", ())),
        flat=data.get("flat", True),
    )


INVENTED = tuple(_read(path) for path in sorted(FOLDER.glob("*.toml")))
