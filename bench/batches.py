"""What it costs that any single row of a large import can be proved alone.

    ./run bench batches [rows…]

Rows are payments with two public facts and two private values. Measured on this machine's own
PostgreSQL, at 10 thousand, 100 thousand and a million rows: writing the rows' bytes; hashing them
into a tree, beside hashlib alone on the same bytes; keeping a batch whole as a deed does, beside a
plain COPY of the same bytes; then proofs of rows drawn by chance. Memory is the most that this
process ever held, so a column that stays level means that it doesn't grow with the batch.
"""

import hashlib
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

import psycopg
from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, seconds, table

from gongzhi.core.charter import INSTALLATION, SYSTEM
from gongzhi.core.ledger.batch import Row, RowTree, grow
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.row_proof import row_verdict_on

SIZES = (10_000, 100_000, 1_000_000)
PROOFS = 300
SECRET = bytes(32)
TABLES = {"hashes": "parties_batchtile", "rows": "parties_batchbundle"}


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    with installation() as (_, owner):
        import_string("gongzhi.parties.actions.charter.take_up_model_text")(by=SYSTEM)
        lines = [measured(size, owner) for size in sizes]
        connection.close()
    print(hashing_table(lines), "\n")
    print(keeping_table(lines), "\n")
    print(proving_table(lines))


def measured(size: int, owner: str) -> dict[str, float]:
    figures = {"size": size, **hashed(size), **kept(size, owner)}
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures | proved(size)


def payments(size: int) -> Iterator[Row]:
    for number in range(size):
        private = {"amount": f"{number}.00", "payee": f"某公司{number}"}
        yield Row({"number": number, "paid_on": "2026-03-31"}, private, SECRET)


def public_payments(size: int) -> Iterator[Row]:
    for number in range(size):
        yield Row({"number": number, "paid_on": "2026-03-31", "amount": f"{number}.00"})


def records(size: int) -> Iterator[bytes]:
    """Bytes as long as a payment's, without the cost of making them."""
    promise = b"A" * 43 + b"="
    for number in range(size):
        yield (
            b'{"c":{"amount":"%b","payee":"%b"},"public":{"number":%d,"paid_on":"2026-03-31"},"v":1}'
            % (promise, promise, number)
        )


def hashed(size: int) -> dict[str, float]:
    return {
        "bare_s": seconds(lambda: [None for _ in records(size)]),
        "plain_s": seconds(lambda: [hashlib.sha256(b) and None for b in records(size)]),
        "tree_s": seconds(lambda: [None for _ in grow(RowTree(), records(size))]),
        "bytes_s": seconds(lambda: [row.record and None for row in payments(size)]),
    }


def kept(size: int, owner: str) -> dict[str, float]:
    copied = seconds(lambda: copy_plainly(size, owner))
    before = {name: taken(relation) for name, relation in TABLES.items()}
    stored = seconds(lambda: enter(payments(size)))
    grown = {f"{name}_bytes": (taken(TABLES[name]) - before[name]) / size for name in TABLES}
    return {"copy_s": copied, "deed_s": stored, **grown}


def copy_plainly(size: int, owner: str) -> None:
    """The same bytes into a table of rows, with no tree and nothing to prove."""
    with psycopg.connect(owner) as straight:
        straight.execute("CREATE TABLE plain (number bigint PRIMARY KEY, record bytea)")
        with straight.cursor().copy("COPY plain FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int8", "bytea"])
            for number, row in enumerate(payments(size)):
                copy.write_row((number, row.record))
    with psycopg.connect(owner) as straight:
        straight.execute("DROP TABLE plain")


def enter(rows: Iterable[Row]) -> None:
    act = import_string("gongzhi.parties.deeds.act")
    with act(SYSTEM, "register_region", on=INSTALLATION) as record:
        record.batch("payment", rows)


def taken(relation: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s)", [relation])
        return int(cursor.fetchone()[0])


def newest() -> int:
    """The number of the newest entry, once all are signed."""
    sequence = import_string("gongzhi.trust.sequencing.sequence")
    size = import_string("gongzhi.trust.proofs.signed_size")
    head = import_string("gongzhi.trust.models.Head").objects
    while sequence() or size() < head.get().size:
        time.sleep(0.1)
    return int(size()) - 1


def audited(index: int, size: int) -> float:
    """Rows a second that the audit of one batch computes again."""
    entry = import_string("gongzhi.trust.proofs.entry_at")(index)
    deed, batch = import_string("gongzhi.parties.row_proofs.batch_in")(entry)
    began = time.perf_counter()
    fault = import_string("gongzhi.parties.batch_auditing.first_fault")(index, deed, batch)
    took_s = time.perf_counter() - began
    assert batch.size == size
    assert fault is None, "the batch is whole"
    return size / took_s


def proved(size: int) -> dict[str, float]:
    """The path of a row alone, the whole file, and its verification: medians, in ms."""
    index = newest()
    row_proof = import_string("gongzhi.parties.row_proofs.row_proof")
    record_and_path = import_string("gongzhi.parties.row_proofs.record_and_path")
    policy = read_policy(import_string("gongzhi.trust.proofs.head")().policy)
    deed: UUID = import_string("gongzhi.parties.models.Deed").objects.last().pk
    drawn = random.Random(7).sample(range(size), PROOFS)
    files = [row_proof(index, row, show=["amount"]).content.encode() for row in drawn]
    assert not any(row_verdict_on(file, policy=policy).fault for file in files)
    private_rate = audited(index, size)
    enter(public_payments(size))
    return {
        "path_ms": median_ms(lambda row: record_and_path(deed, row, size=size), drawn),
        "file_ms": median_ms(lambda row: row_proof(index, row), drawn),
        "verify_ms": median_ms(lambda file: row_verdict_on(file, policy=policy), files),
        "file_bytes": statistics.median(map(len, files)),
        "private_rate": private_rate,
        "public_rate": audited(newest(), size),
    }


def median_ms(work: Callable[..., object], given: list) -> float:
    return statistics.median(seconds(lambda one=one: work(one)) for one in given) * 1000


def hashing_table(lines: list[dict[str, float]]) -> str:
    heads = ["rows", "row bytes rows/s", "tree rows/s", "hashlib alone rows/s", "tree ÷ hashlib"]
    return table(
        heads,
        [
            [
                f"{line['size']:,}",
                f"{line['size'] / line['bytes_s']:,.0f}",
                f"{line['size'] / (line['tree_s'] - line['bare_s']):,.0f}",
                f"{line['size'] / (line['plain_s'] - line['bare_s']):,.0f}",
                f"{(line['tree_s'] - line['bare_s']) / (line['plain_s'] - line['bare_s']):.1f}",
            ]
            for line in lines
        ],
    )


def keeping_table(lines: list[dict[str, float]]) -> str:
    heads = [
        *("rows", "deed s", "rows/s", "plain COPY s", "deed ÷ COPY", "hashes B/row"),
        *("rows B/row", "most memory MB"),
    ]
    return table(
        heads,
        [
            [
                f"{line['size']:,}",
                f"{line['deed_s']:.1f}",
                f"{line['size'] / line['deed_s']:,.0f}",
                f"{line['copy_s']:.1f}",
                f"{line['deed_s'] / line['copy_s']:.1f}",
                f"{line['hashes_bytes']:.1f}",
                f"{line['rows_bytes']:.0f}",
                f"{line['peak_mb']:.0f}",
            ]
            for line in lines
        ],
    )


def proving_table(lines: list[dict[str, float]]) -> str:
    heads = [
        *("rows", "row and path ms", "whole file ms", "verify ms", "file bytes"),
        *("audit rows/s", "… with nothing private"),
    ]
    return table(
        heads,
        [
            [
                f"{line['size']:,}",
                f"{line['path_ms']:.2f}",
                f"{line['file_ms']:.2f}",
                f"{line['verify_ms']:.2f}",
                f"{line['file_bytes']:.0f}",
                f"{line['private_rate']:,.0f}",
                f"{line['public_rate']:,.0f}",
            ]
            for line in lines
        ],
    )


if __name__ == "__main__":
    main()
