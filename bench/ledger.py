"""How fast the log is, and what it costs beside a hash chain and a plain insert.

    ./run bench ledger [entries…]

Measured on this machine's own PostgreSQL with fsync, at 10 thousand, 100 thousand and a million
entries, in one run; what is compared takes turns, and medians stand in the tables. The entries are
those of deeds, in canonical JSON. The log writes an entry twice (into the queue in the deed's own
transaction, then numbered); both are in its figures, but for the 256 that wait: they are in the
queue already, and the last bundle is never just full. Beside them stands what one durable commit of
this machine takes. A path is computed from tiles at hand, for the first time and once more; a
whole proof is asked for the first time. How long a quorum takes among real programs is measured by
`./run bench cosigning`.
"""

import random
import statistics
import sys
import threading
import time
from collections.abc import Sequence

import psycopg
from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, seconds, table
from row_chain import (
    chained,
    drop_tables,
    make_tables,
    plain,
    queued,
    written_by_many,
)

from gongzhi.core.ledger.checkpoint import Checkpoint
from gongzhi.core.ledger.merkle import includes, inclusion_spans, leaf_hash
from gongzhi.core.ledger.policy import Policy, read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.core.ledger.tiles import TiledTree, grown, tiles_needed

SIZES = (10_000, 100_000, 1_000_000)
BULK, WAITING, RAGGED = 4096, 256, 100
TURNS, TURN_S, GROUPS, PROOFS = 3, 2.0, 30, 300
PROMISE = "A" * 43 + "="
TABLES = ("trust_bundle", "trust_tile", "trust_logrow")


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    with installation() as (_, owner):
        make_tables(owner)
        lines = [measured(size, owner) for size in sizes]
        rates = [side_by_side(owner) for _ in range(TURNS)]
        drop_tables(owner)
        connection.close()
    print(growth_table(lines), "\n")
    print(proof_table(lines), "\n")
    print(peers_table(rates))


def entries(count: int, *, first: int = 0) -> list[bytes]:
    """Entries of deeds; each is another."""
    return [
        b'{"batch":null,"because":null,"business_date":"2026-03-31","c":{"reviewer":"%b"},"charter"'
        b':"2026-01","claimed_at":"2026-03-31T08:00:00+00:00","clause":["4.2"],"on":"form:%d",'
        b'"party":"government:%d","public":{"deed":"%032d","number":%d},"v":1,"verb":"publish_form"}'
        % (PROMISE.encode(), number, number % 60, number, number)
        for number in range(first, first + count)
    ]


def leaves(content: Sequence[bytes]) -> list[tuple[object, bytes]]:
    new_id = import_string("gongzhi.trust.identifiers.new_id")
    return [(new_id(), entry) for entry in content]


def measured(size: int, owner: str) -> dict[str, float]:
    """Grow the log to the size, then everything that may depend on it."""
    hashed = entries(min(size, 200_000))
    figures: dict[str, float] = {"size": size, "hashed": len(hashed), **hashing(hashed)}
    with psycopg.connect(owner, autocommit=True) as writer:
        began = log_size()
        took = [bulk(writer, first) for first in range(began, size, BULK)]
        figures["bulk_rate"] = BULK / statistics.median(took)
        copied = [
            seconds(lambda first=first: plain(writer, entries(BULK, first=first)))
            for first in range(0, min(size, 20 * BULK), BULK)
        ]
        figures["copy_rate"] = BULK / statistics.median(copied)
        figures |= stored(writer)
        queued(writer, leaves(entries(RAGGED)))
        number_all()
        waited = [group(writer) for _ in range(GROUPS)]
        committed = [seconds(lambda: plain(writer, entries(1))) for _ in range(GROUPS)]
    figures["commit_ms"] = 1000 * statistics.median(committed)
    figures |= {"group_ms": 1000 * statistics.median(waited), **proved()}
    audit, faults = import_string("gongzhi.trust.auditing.audit"), []
    took_s = seconds(lambda: faults.extend(audit()))
    assert not faults, "the log is whole"
    return figures | {"audit_rate": log_size() / took_s}


def hashing(content: Sequence[bytes]) -> dict[str, float]:
    """Leaf hashes and all tiles in one process: time on the wall and of the processor, medians."""
    walls, processor = [], []
    for _ in range(TURNS):
        began = time.process_time()
        walls.append(
            seconds(lambda: list(grown({}, size=0, leaf_hashes=[leaf_hash(e) for e in content])))
        )
        processor.append(time.process_time() - began)
    return {"hash_s": statistics.median(walls), "hash_cpu_s": statistics.median(processor)}


def log_size() -> int:
    head = import_string("gongzhi.trust.models.Head").objects.first()
    return head.size if head else 0


def number_all() -> None:
    sequence = import_string("gongzhi.trust.sequencing.sequence")
    while sequence():
        pass


def bulk(writer: psycopg.Connection, first: int) -> float:
    """So many leaves in one transaction, and their numbers."""
    rows = leaves(entries(BULK, first=first))

    def enter() -> None:
        queued(writer, rows)
        number_all()

    return seconds(enter)


def group(writer: psycopg.Connection) -> float:
    """How long 256 that wait take to be durable in the log."""
    queued(writer, leaves(entries(WAITING)))
    return seconds(import_string("gongzhi.trust.sequencing.sequence"))


def stored(owner: psycopg.Connection) -> dict[str, float]:
    """Bytes a leaf on disk in the tables that keep it, compressed, and of its entry alone."""
    owner.execute("VACUUM")
    [(total,)] = owner.execute(
        "SELECT sum(pg_total_relation_size(name)) FROM unnest(%s::text[]) AS name", [list(TABLES)]
    )
    size = log_size()
    return {"disk_bytes": int(total) / size, "entry_bytes": float(len(entries(1, first=size)[0]))}


def proved() -> dict[str, float]:
    """Proofs of entries drawn by chance: the middle of each step, in milliseconds."""
    published, chance = import_string("gongzhi.trust.proofs.head")(), random.Random(1)
    policy, checkpoint = read_policy(published.policy), published.checkpoint
    steps = [
        proved_one(chance.randrange(checkpoint.size), checkpoint, policy) for _ in range(PROOFS)
    ]
    return {name: 1000 * statistics.median(step[name] for step in steps) for name in steps[0]}


def proved_one(index: int, checkpoint: Checkpoint, policy: Policy) -> dict[str, float]:
    """The path from tiles at hand, the whole file, and its check without and with signatures."""
    proof_of = import_string("gongzhi.trust.proofs.proof_of")
    spans = inclusion_spans(index, size=checkpoint.size)
    tree = TiledTree(import_string("gongzhi.trust.tiles.stored_tiles")(tiles_needed(spans)))
    path_s, again_s = (seconds(lambda: [tree.hash_of(span) for span in spans]) for _ in range(2))
    file_s = seconds(lambda: proof_of(index))
    proof, path = proof_of(index), [tree.hash_of(span) for span in spans]
    claim = {"leaf": leaf_hash(proof.record), "index": index, "size": checkpoint.size, "path": path}
    content, checked = proof.text.encode(), {"record": proof.record, "policy": policy}
    assert isinstance(verdict_on(content, **checked), Proven)
    return {
        "path_ms": path_s,
        "again_ms": again_s,
        "file_ms": file_s,
        "tree_ms": seconds(lambda: includes(checkpoint.root, **claim)),
        "verify_ms": seconds(lambda: verdict_on(content, **checked)),
    }


def side_by_side(owner: str) -> dict[str, float]:
    """One transaction a deed, eight writers at once: the log, the chain and the plain insert."""
    one = entries(1)
    rates = {
        "plain": written_by_many(owner, lambda writer: plain(writer, one), TURN_S) / TURN_S,
        "chain": written_by_many(owner, lambda writer: chained(writer, one), TURN_S) / TURN_S,
        "log": logged(owner),
    }
    with psycopg.connect(owner, autocommit=True) as writer:
        many = entries(BULK)
        rates["bulk plain"] = BULK / seconds(lambda: plain(writer, many))
        rates["bulk chain"] = BULK / seconds(lambda: chained(writer, many))
        rates["bulk log"] = BULK / bulk(writer, log_size())
    return rates


def logged(owner: str) -> float:
    """Leaves a second that eight writers leave, each in its transaction, until all are numbered."""
    over = threading.Event()

    def number() -> None:
        while not over.is_set():
            number_all()
            time.sleep(0.01)
        number_all()
        connection.close()

    content = entries(1)
    began = time.perf_counter()
    sequencer = threading.Thread(target=number)
    sequencer.start()
    count = written_by_many(owner, lambda writer: queued(writer, leaves(content)), TURN_S)
    over.set()
    sequencer.join()
    return count / (time.perf_counter() - began)


def growth_table(lines: list[dict[str, float]]) -> str:
    heads = [
        *("entries", "hashing /s", "of CPU /s", "bulk /s", "COPY ÷ log", "256 waiting ms"),
        *("256 waiting /s", "a commit ms", "audit /s", "bytes on disk", "of an entry of"),
    ]
    rows = [
        [
            f"{line['size']:,}",
            f"{line['hashed'] / line['hash_s']:,.0f}",
            f"{line['hashed'] / line['hash_cpu_s']:,.0f}",
            f"{line['bulk_rate']:,.0f}",
            f"{line['copy_rate'] / line['bulk_rate']:.1f}",
            f"{line['group_ms']:.1f}",
            f"{WAITING / line['group_ms'] * 1000:,.0f}",
            f"{line['commit_ms']:.1f}",
            f"{line['audit_rate']:,.0f}",
            f"{line['disk_bytes']:.0f}",
            f"{line['entry_bytes']:.0f}",
        ]
        for line in lines
    ]
    return table(heads, rows)


def proof_table(lines: list[dict[str, float]]) -> str:
    heads = [
        *("entries", "path at hand ms", "again ms", "whole proof ms", "verify tree ms"),
        "with signature ms",
    ]
    names = ("path_ms", "again_ms", "file_ms", "tree_ms", "verify_ms")
    rows = [[f"{line['size']:,}", *(f"{line[name]:.3f}" for name in names)] for line in lines]
    return table(heads, rows)


def peers_table(rates: list[dict[str, float]]) -> str:
    middle = {name: statistics.median(rate[name] for rate in rates) for name in rates[0]}
    rows = [
        [
            name,
            *(f"{middle[prefix + kind]:,.0f}" for kind in ("log", "chain", "plain")),
            f"{middle[prefix + 'log'] / middle[prefix + 'chain']:.1f}",
            f"{middle[prefix + 'log'] / middle[prefix + 'plain']:.2f}",
        ]
        for name, prefix in (("one deed a transaction", ""), (f"{BULK} a transaction", "bulk "))
    ]
    return table(
        ["deeds", "log /s", "row-locked chain /s", "plain insert /s", "log ÷ chain", "log ÷ plain"],
        rows,
    )


if __name__ == "__main__":
    main()
