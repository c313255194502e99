"""After a disaster: the log takes back its entries, and its witnesses with them."""

from collections.abc import Sequence
from pathlib import Path

from gongzhi.core.sealed import NotCanonicalError, read_canonical
from gongzhi.parties.policy_entries import CHANGES, policy_change_of
from gongzhi.trust.policy_changes import redo
from gongzhi.trust.rejoining import Rejoined, rejoin


def rejoin_log(folder: Path) -> Rejoined:
    """Take from a whole copy what the database has lost; raises LogRefused, changing nothing."""
    return rejoin(folder, redo=_redo)


def _redo(entries: Sequence[bytes]) -> int:
    verbs = [f'"{verb}"'.encode() for verb in CHANGES]
    likely = (entry for entry in entries if any(verb in entry for verb in verbs))
    changes = (policy_change_of(_told(entry)) for entry in likely)
    return redo(change for change in changes if change is not None)


def _told(entry: bytes) -> dict[str, object]:
    """What an entry says; nothing where it is none of ours."""
    try:
        content = read_canonical(entry)
    except NotCanonicalError:
        return {}
    return content if isinstance(content, dict) else {}
