"""A whole copy of a log on one's own disk, every entry hashed and every root checked.

Whoever keeps a mirror can prove any entry without the log, and give it back after a disaster.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.merkle import EMPTY_ROOT, HASH_BYTES, Span, leaf_hash
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.policy import Policy
from gongzhi.core.ledger.proof import check_checkpoint
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.tiles import (
    TILE_WIDTH,
    TileAt,
    TiledTree,
    bundle_path,
    grown,
    read_bundle,
    tile_path,
    width_of,
    write_bundle,
)
from gongzhi.core.terms import Said
from gongzhi.witness.fetching import fetch
from gongzhi.witness.store import WitnessRefused

NOT_BELIEVED = "{address} 的检查点不可信：{why}"
NO_BUNDLE = "{address} 的 {path} 缺少或不完整；请稍后再试，或者换一个来源"
ANOTHER_HISTORY = (
    "{address} 的存证算不出它的检查点，或者与这里已有的 {size} 条不是同一部历史；这里的副本没有动"
)

Fetch = Callable[[str, str], bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """Up to which size the copy goes now, and how many entries were new."""

    size: int
    new: int


def mirror(address: str, folder: Path, *, policy: Policy, fetch: Fetch = fetch) -> Mirrored:
    """Bring the copy in a folder up to the newest checkpoint that the policy believes."""
    note, checkpoint = _believed(address, policy, fetch)
    known = _known(folder)
    size = known.size if known else 0
    hashes, bundles = _fetched(address, folder, checkpoint.size, size, fetch)
    tiles = dict(grown({}, size=0, leaf_hashes=hashes))
    tree = TiledTree(tiles)
    if not _fits(tree, checkpoint) or (known and not _fits(tree, known)):
        raise WitnessRefused(Said(ANOTHER_HISTORY, {"address": address, "size": size}))
    for path, content in bundles.items():
        _put(folder / path, content)
    for tile, content in tiles.items():
        target = folder / tile_path(tile, width=len(content) // HASH_BYTES)
        if not target.exists():
            _put(target, content)
    _put(folder / "checkpoint", note.encode())
    return Mirrored(size=checkpoint.size, new=checkpoint.size - size)


def _fits(tree: TiledTree, checkpoint: Checkpoint) -> bool:
    if checkpoint.size == 0:
        return checkpoint.root == EMPTY_ROOT
    try:
        return tree.hash_of(Span(0, checkpoint.size)) == checkpoint.root
    except KeyError:  # the copy goes further than the log says it is long
        return False


def _believed(address: str, policy: Policy, fetch: Fetch) -> tuple[str, Checkpoint]:
    content = fetch(address, "checkpoint") or b""
    try:
        note = content.decode()
        return note, check_checkpoint(note, policy=policy)[0]
    except UnicodeDecodeError as error:
        raise _not_believed(address, "UTF-8") from error
    except RejectedError as error:
        raise _not_believed(address, error.rejected.said) from error


def _not_believed(address: str, why: Said | str) -> WitnessRefused:
    return WitnessRefused(Said(NOT_BELIEVED, {"address": address, "why": why}))


def _known(folder: Path) -> Checkpoint | None:
    path = folder / "checkpoint"
    return read_checkpoint(read_note(path.read_text("utf-8")).text) if path.exists() else None


def _fetched(
    address: str, folder: Path, size: int, known: int, fetch: Fetch
) -> tuple[list[bytes], dict[str, bytes]]:
    """The leaf hashes of all entries, old ones from the copy, and the bundles that are new."""
    hashes: list[bytes] = []
    fresh: dict[str, bytes] = {}
    for number in range(-(-max(size, known) // TILE_WIDTH)):
        width = width_of(TileAt(0, number), size=max(size, known))
        path = bundle_path(number, width=width)
        if (folder / path).exists():
            content = (folder / path).read_bytes()
        else:
            content = fresh[path] = _bundle(address, number, width, fetch)
        hashes += map(leaf_hash, read_bundle(content))
    return hashes, fresh


def _bundle(address: str, number: int, width: int, fetch: Fetch) -> bytes:
    path = bundle_path(number, width=width)
    content = fetch(address, path)
    if content is None and width < TILE_WIDTH:  # it may have filled meanwhile
        content = fetch(address, bundle_path(number))
    whole = content and _first(content, width)
    if not whole:
        raise WitnessRefused(Said(NO_BUNDLE, {"address": address, "path": path}))
    return whole


def _first(content: bytes, width: int) -> bytes | None:
    """So many entries of a bundle; None if it is cut off."""
    try:
        return write_bundle(read_bundle(content)[:width])
    except ValueError:
        return None


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with fresh.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
