"""The charter's texts and their loader: charter.toml, clauses/, institutions.toml, *.cedar.

What the program can do stands beside them: parties.toml, kinds.toml, verbs.toml.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gongzhi.core.charter import Charter, CharterTexts, Vocabulary, read_charter

ROOM = Path(__file__).parent


def read_vocabulary(folder: Path = ROOM) -> Vocabulary:
    """What the program can do: parties and roles, kinds of thing, verbs."""
    parties, kinds = _table(folder / "parties.toml"), _table(folder / "kinds.toml")
    return Vocabulary(
        parties=parties["party"],
        roles=parties["role"],
        kinds=kinds["kind"],
        labels=kinds["label"],
        verbs=_table(folder / "verbs.toml")["verb"],
    )


def read_texts(folder: Path = ROOM) -> CharterTexts:
    """The texts in a folder, as they stand."""
    return CharterTexts(
        vocabulary=read_vocabulary(folder),
        heading=_table(folder / "charter.toml"),
        parts=tuple(map(_table, sorted((folder / "clauses").glob("*.toml")))),
        institutions=tuple(_table(folder / "institutions.toml")["institution"]),
        policies={path.name: path.read_text("utf-8") for path in folder.glob("*.cedar")},
    )


@cache
def load_charter() -> Charter:
    """The model text as it ships; raises BadCharter with its faults."""
    return read_charter(read_texts())


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))
