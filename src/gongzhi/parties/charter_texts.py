"""The charter's words as plain JSON, as a version keeps them, and back again.

What is kept is what people agreed on: heading, parts, institutions, policies. The vocabulary is
the program's own, so that a newer program reads older words with what it can do now.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongzhi.core.charter import CharterTexts
from gongzhi.core.sealed import canonical, digest
from gongzhi.rules.charter import read_vocabulary

KEPT = ("heading", "parts", "institutions", "policies")
DATE = "date"  # {"date": "2026-01-01"}: JSON has no dates, TOML has


def as_json(texts: CharterTexts) -> dict[str, Any]:
    """The words with nothing but JSON in them."""
    return {name: plain(getattr(texts, name)) for name in KEPT}


def from_json(kept: Mapping[str, Any]) -> CharterTexts:
    """The texts of a version, for this program to read."""
    heading, parts, institutions, policies = (dated(kept[name]) for name in KEPT)
    return CharterTexts(
        vocabulary=read_vocabulary(),
        heading=heading,
        parts=tuple(parts),
        institutions=tuple(institutions),
        policies=policies,
    )


def digest_of(kept: Mapping[str, Any]) -> str:
    """The digest of kept words, as the log cites it."""
    return digest(canonical(kept))


def plain(value: Any) -> Any:
    """A value out of TOML with nothing but JSON in it."""
    match value:
        case date():
            return {DATE: value.isoformat()}
        case Mapping():
            return {name: plain(part) for name, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
    return value


def dated(value: Any) -> Any:
    """The value again, its dates being dates."""
    match value:
        case {"date": str(day)} if len(value) == 1:
            return date.fromisoformat(day)
        case dict():
            return {name: dated(part) for name, part in value.items()}
        case list():
            return [dated(part) for part in value]
    return value
