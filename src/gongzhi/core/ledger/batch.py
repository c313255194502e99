"""Many rows that enter the log as one deed: the entry holds the root of a tree over them.

A row is written like an entry, canonical JSON `{"c", "public", "v"}`: facts that anybody may read,
and for every other field a commitment. Its leaf is that of RFC 6962. A row has one secret of its
own; each field's salt is derived from it, so that one field can be shown and the others still
can't be guessed. What isn't public is never hashed bare.
"""

import hmac
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from gongzhi.core.ledger.encoding import is_hash, read_base64, write_base64
from gongzhi.core.ledger.merkle import EMPTY_ROOT, Span, leaf_hash
from gongzhi.core.ledger.tiles import (
    ENTRY_BYTES_MAX,
    TILE_BYTES,
    TILE_WIDTH,
    TileAt,
    TiledTree,
    edge_tiles,
    grown,
)
from gongzhi.core.sealed import (
    SALT_BYTES,
    NotCanonicalError,
    Sealable,
    canonical,
    canonical_order,
    commitment,
)

VERSION = 1
FIELD_SALT = b"gongzhi/row-salt@v1\n"
FIELDS = {"root", "size", "kind"}
# Names stand between spaces in the file that proves a row.
FIELD = re.compile(r"[^\s\x00-\x1f]{1,200}")


class NotARow(ValueError):
    """Something that no batch can hold; a fault of the program that made it."""


class Repeated(dict[str, Sealable]):
    """Public facts that many rows share, and their bytes, written once; never changed."""

    __slots__ = ("written",)

    def __init__(self, facts: Mapping[str, Sealable]) -> None:
        super().__init__(facts)
        self.written = canonical(facts)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a batch: public facts, private values, and a secret exactly if there are any.

    `about` is the subject with whom the private values are erased; empty where they go with the
    deed's own. It is no part of what is written.
    """

    public: Mapping[str, Sealable]
    private: Mapping[str, Sealable] = field(default_factory=dict)
    secret: bytes = b""
    about: str = ""

    @property
    def record(self) -> bytes:
        """The bytes whose hash is the row's leaf; they give nothing private away."""
        if len(self.secret) != (SALT_BYTES if self.private else 0):
            raise NotARow("a row has a secret of 32 bytes if it holds anything private")
        facts = self.public
        try:
            promised = b",".join([self._promise(name) for name in canonical_order(self.private)])
            public = facts.written if isinstance(facts, Repeated) else canonical(facts)
            content = b'{"c":{%b},"public":%b,"v":%d}' % (promised, public, VERSION)
        except NotCanonicalError as error:
            raise NotARow(str(error)) from error
        if len(content) > ENTRY_BYTES_MAX:
            raise NotARow(f"{len(content)} bytes; a document enters by its hash")
        return content

    def _promise(self, name: str) -> bytes:
        promised = commitment(self.private[name], salt=field_salt(self.secret, name))
        return b'%b:"%b"' % (_name(name), promised.encode())


@lru_cache(maxsize=256)
def _name(name: str) -> bytes:
    """The name of a private field as canonical JSON writes it."""
    if not FIELD.fullmatch(name):
        raise NotARow("the name of a private field has no spaces")
    return canonical(name)


def field_salt(secret: bytes, name: str) -> bytes:
    """The salt of one field of a row; showing it gives away neither the secret nor another's."""
    return hmac.digest(secret, FIELD_SALT + name.encode(), "sha256")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What an entry says of its rows: what they are, how many, and the root of their tree."""

    kind: str
    size: int
    root: bytes

    @property
    def facts(self) -> dict[str, Sealable]:
        """As the entry's field `batch`."""
        return {"kind": self.kind, "root": write_base64(self.root), "size": self.size}


def is_batch(value: object) -> bool:
    """Whether an entry's field `batch` says all that it must."""
    if not isinstance(value, Mapping) or value.keys() != FIELDS:
        return False
    size, kind, root = value["size"], value["kind"], value["root"]
    is_counted = type(size) is int and size > 0
    return is_counted and isinstance(kind, str) and bool(kind) and is_hash(root)


def batch_of(entry: Sealable) -> Batch | None:
    """What an entry says of its rows; None where it has none."""
    if not isinstance(entry, Mapping):
        return None
    match entry.get("batch"):
        case {"kind": str(kind), "root": str(root), "size": int(size)} as value if is_batch(value):
            return Batch(kind=kind, size=size, root=read_base64(root))
    return None


class RowTree:
    """A tree that grows row by row and holds only its edge; full tiles are handed out for good."""

    def __init__(self) -> None:
        self.size = 0
        self.edge: dict[TileAt, bytes] = {}

    def add(self, leaf_hashes: list[bytes]) -> list[tuple[TileAt, bytes]]:
        """Grow by leaves; the tiles that this filled."""
        changed = dict(grown(self.edge, size=self.size, leaf_hashes=leaf_hashes))
        self.size += len(leaf_hashes)
        known = self.edge | changed
        self.edge = {tile: known[tile] for tile in edge_tiles(self.size)}
        return [(tile, hashes) for tile, hashes in changed.items() if len(hashes) == TILE_BYTES]

    @property
    def root(self) -> bytes:
        """The hash of the whole tree so far."""
        return TiledTree(self.edge).hash_of(Span(0, self.size)) if self.size else EMPTY_ROOT


def grow(tree: RowTree, records: Iterable[bytes]) -> Iterator[tuple[TileAt, bytes]]:
    """Grow a tree by the rows' bytes, however many; its tiles, at last those that aren't full."""
    waiting: list[bytes] = []
    for record in records:
        waiting.append(leaf_hash(record))
        if len(waiting) == TILE_WIDTH:
            yield from tree.add(waiting)
            waiting = []
    yield from tree.add(waiting)
    yield from tree.edge.items()
