"""The Merkle tree of RFC 6962 and its proofs, checked as RFC 9162 says.

A proof is first *which* spans of the tree it hashes; whoever has the hashes fills them in.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

HASH_BYTES = 32
PATH_HASHES_MAX = 63


class Span(NamedTuple):
    """The entries from start up to, but not including, end."""

    start: int
    end: int


class Subtree(NamedTuple):
    """The complete subtree over entries [position << height, (position + 1) << height)."""

    height: int
    position: int


# A hash that has begun is copied sooner than OpenSSL begins another one.
_LEAF = hashlib.sha256(b"\x00")
_NODE = hashlib.sha256(b"\x01")
EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry (RFC 6962 §2.1)."""
    leaf = _LEAF.copy()
    leaf.update(entry)
    return leaf.digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours (RFC 6962 §2.1)."""
    node = _NODE.copy()
    node.update(left + right)
    return node.digest()


def parents_of(hashes: Iterable[bytes]) -> list[bytes]:
    """The hashes of neighbours, pair by pair; a last odd one has no parent.

    Without a call for each: this is where the speed of the tree is decided.
    """
    begun, pairs, parents = _NODE.copy, iter(hashes), []
    for left, right in zip(pairs, pairs, strict=False):
        node = begun()
        node.update(left + right)
        parents.append(node.digest())
    return parents


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """The Merkle tree hash over leaf hashes (RFC 6962 §2.1); a last odd one moves up alone."""
    level = list(leaf_hashes)
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = parents_of(level) + odd
    return level[0] if level else EMPTY_ROOT


def split_of(count: int) -> int:
    """The largest power of two smaller than the count (RFC 6962 §2.1)."""
    assert count > 1, "one entry can't be split"
    return 1 << ((count - 1).bit_length() - 1)


def inclusion_spans(index: int, *, size: int) -> tuple[Span, ...]:
    """What an inclusion proof hashes, from the leaf's sibling up (RFC 6962 §2.1.1, PATH)."""
    assert 0 <= index < size, "the entry is in the tree"
    start, end, spans = 0, size, []
    while end - start > 1:
        middle = start + split_of(end - start)
        if index < middle:
            spans.append(Span(middle, end))
            end = middle
        else:
            spans.append(Span(start, middle))
            start = middle
    return tuple(reversed(spans))


def consistency_spans(old_size: int, *, size: int) -> tuple[Span, ...]:
    """What a consistency proof between two sizes hashes (RFC 6962 §2.1.2, PROOF)."""
    assert 0 < old_size <= size, "nothing is consistent with an empty tree"
    start, end, spans = 0, size, []
    while end != old_size:
        middle = start + split_of(end - start)
        if old_size <= middle:
            spans.append(Span(middle, end))
            end = middle
        else:
            spans.append(Span(start, middle))
            start = middle
    inner = [Span(start, end)] if start else []  # the verifier knows the whole old root
    return (*inner, *reversed(spans))


def subtrees_of(span: Span) -> tuple[Subtree, ...]:
    """The complete subtrees that make up a span of a proof, from left to right."""
    start, end = span
    found = []
    while start < end:
        height = (end - start).bit_length() - 1
        if start:
            height = min(height, (start & -start).bit_length() - 1)
        found.append(Subtree(height, start >> height))
        start += 1 << height
    return tuple(found)


def folded(hashes: Sequence[bytes]) -> bytes:
    """The hash of a span from those of its complete subtrees, left to right."""
    if not hashes:
        return EMPTY_ROOT
    folding = hashes[-1]
    for left in reversed(hashes[:-1]):
        folding = node_hash(left, folding)
    return folding


def includes(root: bytes, *, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bool:
    """Whether the path proves the leaf hash at the index (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(root, leaf, *path):
        return False
    fn, sn, folding = index, size - 1, leaf
    for sibling in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            folding = node_hash(sibling, folding)
            fn, sn = _up_to_right_child(fn, sn)
        else:
            folding = node_hash(folding, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and folding == root


def is_consistent(
    root: bytes, *, size: int, old_root: bytes, old_size: int, path: Sequence[bytes]
) -> bool:
    """Whether the path proves that the old tree grew into the new (RFC 9162 §2.1.4.2).

    An old size of 0 proves nothing and is refused.
    """
    if not 0 < old_size <= size or not _are_hashes(root, old_root, *path):
        return False
    if old_size == size:
        return not path and old_root == root
    hashes = [old_root, *path] if _is_power_of_two(old_size) else list(path)
    return bool(path) and _foldings(hashes, old_size, size) == (old_root, root)


def old_root_in(root: bytes, *, size: int, old_size: int, path: Sequence[bytes]) -> bytes | None:
    """The old root that a consistency proof itself shows to have grown into the root.

    None where it leads to another root, and for an old size that is a power of two: such a proof
    takes the old root for granted and doesn't hold it.
    """
    if not 0 < old_size < size or _is_power_of_two(old_size) or not path:
        return None
    if not _are_hashes(root, *path):
        return None
    old_folding, new_folding = _foldings(list(path), old_size, size) or (b"", b"")
    return old_folding if new_folding == root else None


def _is_power_of_two(size: int) -> bool:
    return size & (size - 1) == 0


def _foldings(hashes: list[bytes], old_size: int, size: int) -> tuple[bytes, bytes] | None:
    """Steps 3 to 7 of RFC 9162 §2.1.4.2: the old root and the new that the hashes lead to."""
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old_folding = new_folding = hashes[0]
    for sibling in hashes[1:]:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            old_folding = node_hash(sibling, old_folding)
            new_folding = node_hash(sibling, new_folding)
            fn, sn = _up_to_right_child(fn, sn)
        else:
            new_folding = node_hash(new_folding, sibling)
        fn, sn = fn >> 1, sn >> 1
    return (old_folding, new_folding) if sn == 0 else None


def _up_to_right_child(fn: int, sn: int) -> tuple[int, int]:
    """Step b.iii of RFC 9162: climb while the node has no left sibling."""
    while fn and not fn & 1:
        fn, sn = fn >> 1, sn >> 1
    return fn, sn


def _are_hashes(*hashes: bytes) -> bool:
    return all(len(candidate) == HASH_BYTES for candidate in hashes)
