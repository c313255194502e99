"""After a disaster: the log takes back its entries, and its witnesses with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gongzhi.core.sealed import NotCanonicalError, read_canonical
from gongzhi.parties.business_date import business_date
from gongzhi.parties.erasing import apply_again
from gongzhi.parties.policy_entries import CHANGES, policy_change_of
from gongzhi.trust.policy_changes import redo
from gongzhi.trust.rejoining import Rejoined, rejoin


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back into the log, and of how many people the data were erased again."""

    log: Rejoined
    erased_again: int


def rejoin_log(folder: Path) -> Restored:
    """Take from a whole copy what the database has lost; raises LogRefused, changing nothing.

    Whose data were erased since the backup is erased again in the same transaction.
    """
    counted: list[int] = []

    def redo_all(entries: Sequence[bytes]) -> int:
        counted.append(apply_again(entries, today=business_date()))
        return _policies(entries)

    return Restored(log=rejoin(folder, redo=redo_all), erased_again=sum(counted))


def _policies(entries: Sequence[bytes]) -> int:
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
