"""Publish the log as files (C2SP tlog-tiles): tiles and bundles first, then the checkpoint.

Whoever reads while this runs finds a whole log under the old checkpoint or under the new one.
Only what isn't there yet is written, so that it can be run as often as one likes.

`checkpoint` satisfies `policy` as soon as there is one that does. Where witnesses are asked for,
`pending` is the newest that was signed: witnesses who fetch for themselves find there what awaits
their cosignature.

Partial tiles whose tile has filled are dropped one export later (the specification lets them go):
whoever still reads under the checkpoint before finds them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongzhi.core.ledger.tiles import (
    TILE_WIDTH,
    TileAt,
    bundle_path,
    tile_path,
    tiles_of,
    width_of,
)
from gongzhi.core.terms import Said
from gongzhi.trust.proofs import PublishedHead, believable_head, head
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.shelves import Shelf
from gongzhi.trust.tree_files import bundle_content, tile_content

NOTHING_SIGNED = "日志还没有签出检查点；先运行 gongzhi ledger sequence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was published: up to which size, and how many files were new."""

    size: int
    files: int


def export(shelf: Shelf, *, since: int = 0) -> Exported:
    """Bring a shelf up to the newest published checkpoint; raises LogRefused when it can't.

    `since`: the size up to which the shelf is known to be whole, so that it isn't looked through.
    """
    published, pending = believable_head(), head()
    if published is None or pending is None:
        raise LogRefused(Said(NOTHING_SIGNED))
    sizes = {published.checkpoint.size, pending.checkpoint.size}
    written = 0
    for size in sorted(sizes):
        for path, content in _files(shelf, size, since=since):
            shelf.put(path, content)
            written += 1
    _point_to(shelf, published, pending)
    return Exported(size=published.checkpoint.size, files=written)


def drop_partial(shelf: Shelf, *, between: tuple[int, int]) -> None:
    """Drop the partial files of tiles that filled while the tree grew from one size to another."""
    old, new = between
    for tile, width in tiles_of(new, since=old):
        if width == TILE_WIDTH:
            shelf.drop(f"{tile_path(tile)}.p")
            if tile.level == 0:
                shelf.drop(f"{bundle_path(tile.number)}.p")


def _point_to(shelf: Shelf, published: PublishedHead, pending: PublishedHead) -> None:
    shelf.put("policy", published.policy.encode())
    if published.threshold:
        shelf.put("pending", pending.note.encode())
    shelf.put("checkpoint", published.note.encode())


def _files(shelf: Shelf, size: int, *, since: int) -> Iterator[tuple[str, bytes]]:
    """Every tile and bundle of a tree of the size that the shelf lacks."""
    for tile, width in tiles_of(size, since=since):
        path = tile_path(tile, width=width)
        if not shelf.holds(path):
            yield path, tile_content(tile, width=width)
    for number in range(since // TILE_WIDTH, -(-size // TILE_WIDTH)):
        width = width_of(TileAt(0, number), size=size)
        path = bundle_path(number, width=width)
        if not shelf.holds(path):
            yield path, bundle_content(number, width=width)
