"""The charter's texts (clauses.toml, schema.cedarschema, *.cedar) and their loader."""

import tomllib
from functools import cache
from pathlib import Path

from gongzhi.core.charter import Charter, CharterTexts, read_charter

ROOM = Path(__file__).parent


def read_texts(folder: Path = ROOM) -> CharterTexts:
    """The texts in a folder, as they stand."""
    return CharterTexts(
        table=tomllib.loads((folder / "clauses.toml").read_text("utf-8")),
        schema=(folder / "schema.cedarschema").read_text("utf-8"),
        policies={path.name: path.read_text("utf-8") for path in folder.glob("*.cedar")},
    )


@cache
def load_charter() -> Charter:
    """The charter that this installation runs under; raises BadCharter with its faults."""
    return read_charter(read_texts())
