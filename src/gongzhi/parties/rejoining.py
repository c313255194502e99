"""After a disaster: the log takes back its entries, its witnesses, and what was erased since."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gongzhi.parties.business_date import business_date
from gongzhi.parties.erasing import apply_again
from gongzhi.parties.policy_entries import CHANGES, policy_change_of
from gongzhi.parties.told import told_by
from gongzhi.trust.policy_changes import redo
from gongzhi.trust.rejoining import Rejoined, rejoin


@dataclass(frozen=True, slots=True, kw_only=True)
class Redone:
    """How many changes of the policy were made again, and of how many people data were erased."""

    policies: int
    erased: int


def rejoin_log(folder: Path) -> Rejoined[Redone]:
    """Take from a whole copy what the database has lost; raises LogRefused, changing nothing.

    Whose data were erased since the backup is erased again in the same transaction.
    """
    return rejoin(folder, redo=_redo)


def _redo(entries: Sequence[bytes]) -> Redone:
    changes = (policy_change_of(told) for told in told_by(CHANGES, entries))
    return Redone(
        policies=redo(change for change in changes if change is not None),
        erased=apply_again(entries, today=business_date()),
    )
