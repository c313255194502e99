"""The folders of packs and the files in them; a pack without a file goes by the usual pack's."""

from pathlib import Path

ROOM = Path(__file__).parent
USUAL = "mof-2020-10"


def file_of(pack: str, name: str) -> Path:
    """A pack's file of that name; the usual one where it has none of its own."""
    own = ROOM / pack / name
    return own if own.exists() else ROOM / USUAL / name


def packs_with(name: str) -> tuple[str, ...]:
    """The packs that have a file of that name, the usual one first."""
    own = sorted(path.parent.name for path in ROOM.glob(f"*/{name}"))
    return (USUAL, *(pack for pack in own if pack != USUAL))
