"""The roots that a tree had at earlier sizes, computed as its lowest tiles come by."""

from collections.abc import Container, Sequence

from gongzhi.core.ledger.merkle import EMPTY_ROOT, folded, node_hash, root_of
from gongzhi.core.ledger.tiles import TILE_WIDTH


class Growing:
    """A tree that is shown its leaf hashes tile after tile, from the first one on.

    `roots` has the root at every wanted size that was passed. A tile in which none is wanted
    costs no more than its own root.
    """

    def __init__(self, *, wanted: Container[int]) -> None:
        self.size = 0
        self.tiles: list[bytes] = []
        self.roots: dict[int, bytes] = {0: EMPTY_ROOT}
        self._wanted = wanted
        self._peaks: list[tuple[int, bytes]] = []  # complete subtrees of whole tiles, with width

    def take(self, leaves: Sequence[bytes]) -> None:
        """Add the next tile; only the last one of all may be narrower than 256."""
        assert self.size % TILE_WIDTH == 0, "nothing comes after a partial tile"
        ends = range(self.size + 1, self.size + len(leaves) + 1)
        if any(end in self._wanted for end in ends):
            self._note(leaves)
        self.size += len(leaves)
        if len(leaves) == TILE_WIDTH:
            self.tiles.append(root_of(leaves))
            _push(self._peaks, self.tiles[-1])

    def _note(self, leaves: Sequence[bytes]) -> None:
        """Keep the root at every wanted size within the tile."""
        before = [peak for _, peak in self._peaks]
        within: list[tuple[int, bytes]] = []
        for end, leaf in enumerate(leaves, start=self.size + 1):
            _push(within, leaf)
            if end in self._wanted:
                self.roots[end] = folded([*before, *(peak for _, peak in within)])


def _push(peaks: list[tuple[int, bytes]], arriving: bytes) -> None:
    """Add a subtree on the right; two of one width become one."""
    width = 1
    while peaks and peaks[-1][0] == width:
        arriving = node_hash(peaks.pop()[1], arriving)
        width *= 2
    peaks.append((width, arriving))
