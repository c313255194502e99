"""The rows that entered the log as one deed, as files: for whoever computes their root again.

    rows/<number of the entry>/tile/<L>/<N>[.p/<W>]
    rows/<number of the entry>/tile/entries/<N>[.p/<W>]

They are laid out like the log's own files: each batch is a tree of its own whose root and size
stand in its entry. What a row says openly and its promises are public and go out whole; private
values are in none of these files.
"""

from collections.abc import Iterator
from uuid import UUID

from gongzhi.core.ledger.merkle import HASH_BYTES
from gongzhi.core.ledger.tiles import TileAt, bundle_path, read_bundle, tile_path
from gongzhi.parties.batches import BatchBundle, BatchTile
from gongzhi.parties.register import Deed
from gongzhi.trust.order import numbers_of
from gongzhi.trust.proofs import signed_size
from gongzhi.trust.shelves import Shelf

FOLDER = "rows"


def export_batches(shelf: Shelf, *, since: int = 0) -> int:
    """Bring a shelf the rows of every signed entry from a number on; how many files were new."""
    written = 0
    for index, deed in _batches(since):
        for path, content in _files(deed):
            place = f"{FOLDER}/{index}/{path}"
            if not shelf.holds(place):
                shelf.put(place, content)
                written += 1
    return written


def _batches(since: int) -> list[tuple[int, UUID]]:
    """The numbers and deeds of the signed entries that have rows."""
    first = BatchBundle.objects.filter(number=0).values("deed_id")
    leaves = dict(Deed.objects.filter(pk__in=first).values_list("leaf", "pk"))
    numbers = numbers_of(list(leaves))
    size = signed_size()
    return sorted((at, leaves[leaf]) for leaf, at in numbers.items() if since <= at < size)


def _files(deed: UUID) -> Iterator[tuple[str, bytes]]:
    tiles = BatchTile.objects.filter(deed=deed).order_by("level", "number")
    for tile in tiles.iterator():
        hashes = bytes(tile.hashes)
        width = len(hashes) // HASH_BYTES
        yield tile_path(TileAt(tile.level, tile.number), width=width), hashes
    for bundle in BatchBundle.objects.filter(deed=deed).order_by("number").iterator():
        records = bytes(bundle.records)
        yield bundle_path(bundle.number, width=len(read_bundle(records))), records
