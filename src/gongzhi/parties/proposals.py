"""What an amendment would make of the rules: the new text, its faults, the rights it changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongzhi.core.charter import BadCharter, Charter, read_charter
from gongzhi.core.charter.amending import Changes, amended, faults_of_change
from gongzhi.core.charter.matrix import Changed, difference
from gongzhi.core.sealed import canonical, digest
from gongzhi.parties.charter_lookup import kept_texts, whole_text
from gongzhi.parties.charter_texts import as_json, digest_of
from gongzhi.parties.models import CharterVersion

PROPOSALS_KEPT = 16


@dataclass(frozen=True, eq=False, kw_only=True)
class Proposal:
    """The rules as they would be: before, after, and the difference of the rights matrix."""

    before: Charter
    after: Charter
    texts: Mapping[str, Any]
    rights: tuple[Changed, ...]

    @property
    def digest(self) -> str:
        """The digest of the new text."""
        return digest_of(self.texts)

    @property
    def rights_digest(self) -> str:
        """The digest of the difference of the rights, as the log cites it."""
        return digest(canonical([dict(each.as_record()) for each in self.rights]))


def proposal(base: CharterVersion, changes: Changes) -> Proposal:
    """The changes applied to a version; raises BadCharter with every fault of the static checks."""
    return _proposal(base.digest, canonical(changes.as_record()))


@lru_cache(maxsize=PROPOSALS_KEPT)
def _proposal(base: str, changes: bytes) -> Proposal:
    """Kept by what it depends on: pages show the same proposal again and again."""
    before = whole_text(base)
    texts = amended(kept_texts(base), Changes.from_record(json.loads(changes)))
    after = read_charter(texts)
    if faults := faults_of_change(before, after):
        raise BadCharter(faults)
    return Proposal(
        before=before, after=after, texts=as_json(texts), rights=difference(before, after)
    )
