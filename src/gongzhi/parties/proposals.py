"""What an amendment would make of the rules: the new text, its faults, the rights it changes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongzhi.core.charter import BadCharter, Charter, read_charter
from gongzhi.core.charter.amending import Changes, amended, faults_of_change
from gongzhi.core.charter.matrix import Changed, difference
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.parties.charter_lookup import kept_texts, whole_text
from gongzhi.parties.charter_texts import OWN_FILE, as_json, digest_of
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
    before, proposed = whole_text(base), Changes.from_record(json.loads(changes))
    if own := tuple(_of_the_program(proposed)):
        raise BadCharter(own)
    texts = amended(kept_texts(base), proposed)
    after = read_charter(texts)
    if faults := faults_of_change(before, after):
        raise BadCharter(faults)
    return Proposal(
        before=before, after=after, texts=as_json(texts), rights=difference(before, after)
    )


def _of_the_program(changes: Changes) -> Iterator[Problem]:
    """Changes of what the platform does by itself, which comes with the program."""
    for identifier, change in changes.policies.items():
        if change.file == OWN_FILE:
            yield Problem(
                where=Where(),
                what=Said("规则 {policy} 是平台自动办理的事项", {"policy": identifier}),
                hint=Said("平台自动办理的事项随程序提供，请从修改稿中去掉"),
            )
