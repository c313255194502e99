"""While the log works, its files follow by themselves: GONGZHI_LEDGER_EXPORT says where to.

Nothing waits for it. One process at a time does it, so that no older checkpoint overwrites a newer.
"""

from dataclasses import dataclass, field
from typing import Protocol

from gongzhi.trust.cosignatures import last_anchored
from gongzhi.trust.exporting import drop_partial, export
from gongzhi.trust.locks import alone
from gongzhi.trust.models import Quorum, SignedCheckpoint
from gongzhi.trust.shelves import Shelf, shelf_at

# Two numbers that name the lock on exporting among the database's advisory locks.
LOCK = (0x676F6E67, 0x66696C65)


class Beside(Protocol):
    """What puts more files on a shelf; how many."""

    def __call__(self, shelf: Shelf, *, since: int) -> int:
        """Bring the shelf what belongs to the entries from a number on."""
        ...


@dataclass(slots=True)
class Exporting:
    """A place that is brought up to the newest checkpoint, round by round.

    `beside` puts there what rooms above know to belong to entries from a number on, before the
    checkpoint that covers them points to these.
    """

    place: str
    beside: Beside | None = None
    _shelf: Shelf = field(init=False)
    _shown: tuple[object, ...] = ()
    # Sizes of the last two exports of this process: the shelf is whole up to the second.
    _sizes: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self._shelf = shelf_at(self.place)

    def round(self) -> bool:
        """Export what is new; whether anything was. Raises LogRefused where it can't be put."""
        with alone(LOCK) as is_alone:
            newest = _newest() if is_alone else self._shown
            if newest == self._shown:
                return False
            before, last = self._sizes
            if self.beside:
                self.beside(self._shelf, since=last)
            done = export(self._shelf, since=last)
            drop_partial(self._shelf, between=(before, last))
            self._sizes, self._shown = (last, done.size), newest
        return True


def _newest() -> tuple[object, ...]:
    """What the files point to: newest signed, newest anchored, and the policy; () of no log."""
    signed = SignedCheckpoint.objects.only("size").last()
    if signed is None:
        return ()
    anchored, quorum = last_anchored(), Quorum.objects.only("number").last()
    return (
        signed.size,
        anchored and (anchored.size, anchored.cosignatures.count()),
        quorum and quorum.number,
    )
