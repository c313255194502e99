"""A witness behind a one-way network fetches the log itself and posts its cosignature back.

Tiles come from a server that need not be trusted: they count only once they lead to the root that
the log signed. A damaged mirror is an error; a log whose own tree forgot what was cosigned is
evidence. A log that asks for witnesses puts what awaits them under `pending`; others have only
their `checkpoint`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.merkle import HASH_BYTES, Span, consistency_spans, is_consistent
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.tiles import (
    TILE_WIDTH,
    TileAt,
    TiledTree,
    tile_path,
    tiles_needed,
    width_of,
)
from gongzhi.core.ledger.witnessing import AddCheckpoint
from gongzhi.core.terms import Said
from gongzhi.witness.fetching import fetch
from gongzhi.witness.store import WitnessRefused
from gongzhi.witness.witness import Answer, Witness

NOTHING_THERE = "{address} 没有检查点；请确认这是公布日志的地址"
NOT_A_CHECKPOINT = "{address} 的检查点读不懂，或者不是日志 {origin} 的"
DAMAGED = "{address} 的哈希块算不出它自己的检查点：文件损坏或被改动；没有见证"

Fetch = Callable[[str, str], bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What came of polling a log: nothing new, or the witness's answer to its checkpoint."""

    checkpoint: Checkpoint
    answer: Answer | None


def poll(witness: Witness, *, origin: str, address: str, fetch: Fetch = fetch) -> Polled:
    """Fetch the newest checkpoint of a log and weigh it like one that was sent.

    While the log stands still it is cosigned again every hour: so all see that somebody looks.
    """
    note, checkpoint = _published(address, origin, fetch)
    last = witness.last_checkpoint(origin)
    if last == checkpoint and not witness.is_due_again(origin):
        return Polled(checkpoint=checkpoint, answer=None)
    old = last.size if last else 0
    if 0 < old <= checkpoint.size:
        spans = consistency_spans(old, size=checkpoint.size)
        tree = _authentic_tree(checkpoint, old, spans, address, fetch)
        proof = tuple(tree.hash_of(span) for span in spans)
    else:
        proof = ()
    request = AddCheckpoint(old=old, proof=proof, note=note)
    return Polled(checkpoint=checkpoint, answer=witness.add_checkpoint(request.content))


def _published(address: str, origin: str, fetch: Fetch) -> tuple[str, Checkpoint]:
    content = fetch(address, "pending") or fetch(address, "checkpoint")
    if content is None:
        raise WitnessRefused(Said(NOTHING_THERE, {"address": address}))
    try:
        note = content.decode()
        checkpoint = read_checkpoint(read_note(note).text)
    except (UnicodeDecodeError, RejectedError) as error:
        raise _not_a_checkpoint(address, origin) from error
    if checkpoint.origin != origin:
        raise _not_a_checkpoint(address, origin)
    return note, checkpoint


def _not_a_checkpoint(address: str, origin: str) -> WitnessRefused:
    return WitnessRefused(Said(NOT_A_CHECKPOINT, {"address": address, "origin": origin}))


def _authentic_tree(
    checkpoint: Checkpoint, old: int, spans: Sequence[Span], address: str, fetch: Fetch
) -> TiledTree:
    """The tiles that the proof needs, once they lead to the signed root.

    They lead there if the old tree that they hold grew into the one that was signed; whether that
    old tree is the one that was cosigned is then for the witness to say.
    """
    wanted = tiles_needed([*spans, Span(0, old)])
    tree = TiledTree(_fetched(wanted, checkpoint.size, address, fetch))
    try:
        is_whole = is_consistent(
            checkpoint.root,
            size=checkpoint.size,
            old_root=tree.hash_of(Span(0, old)),
            old_size=old,
            path=[tree.hash_of(span) for span in spans],
        )
    except KeyError:
        is_whole = False
    if not is_whole:
        raise WitnessRefused(Said(DAMAGED, {"address": address}))
    return tree


def _fetched(
    wanted: Iterable[TileAt], size: int, address: str, fetch: Fetch
) -> dict[TileAt, bytes]:
    tiles = {}
    for tile in sorted(wanted):
        width = width_of(tile, size=size)
        content = fetch(address, tile_path(tile, width=width)) if width else None
        if content is None and 0 < width < TILE_WIDTH:
            content = fetch(address, tile_path(tile))  # it has filled meanwhile
        if content is not None:
            tiles[tile] = content[: width * HASH_BYTES]
    return tiles
