"""What a charter is read from, as parsed but unchecked data: JSON-able, but for its dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Table: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the program can do, whatever the rules say: no amendment reaches it.

    Parties and roles, kinds of thing with their attributes, labels of content, and verbs, each
    by its code.
    """

    parties: Table
    roles: Table
    kinds: Table
    labels: Table
    verbs: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterTexts:
    """The texts of a charter: what an amendment may change, and the program's vocabulary.

    `parts` are tables with number, title and clauses; `policies` are Cedar texts by file name.
    """

    vocabulary: Vocabulary
    heading: Table
    parts: tuple[Table, ...]
    institutions: tuple[Table, ...]
    policies: Mapping[str, str]

    @property
    def clauses(self) -> tuple[Table, ...]:
        """The clauses of all parts, in their order."""
        return tuple(clause for part in self.parts for clause in part["clause"])
