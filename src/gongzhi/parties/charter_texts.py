"""The charter's words as plain JSON, as a version keeps them, and back again.

What is kept is what people agreed on: heading, parts, institutions, policies. The vocabulary is
the program's own, and so is what the platform does by itself (clause 12.4): a newer program reads
older words with what it can do now.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Any

from gongzhi.core.charter import CharterTexts
from gongzhi.core.charter.policy_texts import policies_in
from gongzhi.core.sealed import canonical, digest
from gongzhi.rules.charter import read_texts, read_vocabulary

KEPT = ("heading", "parts", "institutions", "policies")
OWN_FILE = "system.cedar"
DATE = "date"  # {"date": "2026-01-01"}: JSON has no dates, TOML has
CITED = re.compile(r'@clause\("([^"]*)"\)')


def as_json(texts: CharterTexts) -> dict[str, Any]:
    """The words with nothing but JSON in them."""
    kept = {name: _plain(getattr(texts, name)) for name in KEPT}
    kept["policies"].pop(OWN_FILE, None)
    return kept


def from_json(kept: Mapping[str, Any]) -> CharterTexts:
    """The texts of a version, for this program to read."""
    heading, parts, institutions, policies = (_dated(kept[name]) for name in KEPT)
    numbers = {clause["number"] for part in parts for clause in part["clause"]}
    return CharterTexts(
        vocabulary=read_vocabulary(),
        heading=heading,
        parts=tuple(parts),
        institutions=tuple(institutions),
        policies={**policies, OWN_FILE: _own_policies(numbers)},
    )


def digest_of(kept: Mapping[str, Any]) -> str:
    """The digest of kept words, as the log cites it."""
    return digest(canonical(kept))


def _own_policies(clauses: Collection[str]) -> str:
    """What the platform may do by itself, as far as the words have the clause for it."""
    return "\n\n".join(
        source for cited, source in _cited_in_own_file().items() if cited <= set(clauses)
    )


@cache
def _cited_in_own_file() -> Mapping[frozenset[str], str]:
    """The program's own policies by the clauses that they cite."""
    found: dict[frozenset[str], str] = {}
    for source in policies_in(read_texts().policies[OWN_FILE]).values():
        cited = frozenset(" ".join(CITED.findall(source)).split())
        found[cited] = "\n\n".join(filter(None, (found.get(cited), source)))
    return found


def _plain(value: Any) -> Any:
    match value:
        case date():
            return {DATE: value.isoformat()}
        case Mapping():
            return {name: _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
    return value


def _dated(value: Any) -> Any:
    match value:
        case {"date": str(day)} if len(value) == 1:
            return date.fromisoformat(day)
        case dict():
            return {name: _dated(part) for name, part in value.items()}
        case list():
            return [_dated(part) for part in value]
    return value
