"""Saved column mappings of sources that were met: one file a source, several mappings in each."""

from pathlib import Path

ROOM = Path(__file__).parent


def source_text(name: str) -> str:
    """The text of a source's file."""
    return (ROOM / f"{name}.toml").read_text(encoding="utf-8")
