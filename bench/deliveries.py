"""A file of payments into the database, with all checks and every row sealed, beside plain COPY.

    ./run bench deliveries [rows…]

The product reads a CSV of payments, checks each cell, knows duplicates, keeps the facts and seals
them row by row as one deed. The peer is PostgreSQL's own COPY of the same file into a table without
an index, constraint or check. Growth: the time of ten times the rows over ten times the time.
"""

import resource
import sys
import tempfile
from pathlib import Path

import psycopg
from django.db import connection
from django.utils.module_loading import import_string
from importing import write_csv
from installation import installation
from measuring import fingerprint, seconds, table
from people import founded

from gongzhi.connectors.opening import open_source
from gongzhi.connectors.template import template_header
from gongzhi.connectors.trying import Wanted, mappings_for
from gongzhi.core.charter import SYSTEM
from gongzhi.core.terms import Problem

SIZES = (10_000, 100_000, 1_000_000)


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    with installation() as (_, owner), tempfile.TemporaryDirectory() as folder:
        bureau = founded()
        lines = [measured(size, Path(folder), bureau=bureau, owner=owner) for size in sizes]
        connection.close()
    print(table(["rows", "product", "rows/s", "× COPY", "growth", "peak"], grown(lines)))


def measured(size: int, folder: Path, *, bureau: object, owner: str) -> dict[str, float]:
    path = folder / f"{size}.csv"
    write_csv(path, size, prefix=f"{size}-")
    took = seconds(lambda: delivered(path, bureau))
    plain = seconds(lambda: copied(path, owner))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"size": size, "took": took, "plain": plain, "peak": peak}


def delivered(path: Path, bureau: object) -> None:
    actions = "gongzhi.cycle.actions.deliveries"
    listing = open_source(path.name, path)
    assert not isinstance(listing, Problem)
    mappings, _ = mappings_for(listing, Wanted())
    file = import_string(f"{actions}.File")(listing=listing, mappings=mappings)
    delivery = import_string(f"{actions}.straight_from")(file, by=SYSTEM, organisation=bureau)
    import_string(f"{actions}.collect_facts")(by=SYSTEM, delivery=delivery, file=file)


def copied(path: Path, owner: str) -> None:
    columns = ", ".join(f'"{name}" text' for name in template_header("payment"))
    with psycopg.connect(owner) as server, path.open("rb") as file:
        server.execute(f"CREATE TEMP TABLE plain ({columns})")
        with server.cursor().copy("COPY plain FROM STDIN (FORMAT csv, HEADER)") as copy:
            while part := file.read(1 << 16):
                copy.write(part)


def grown(lines: list[dict[str, float]]) -> list[list[str]]:
    shown, before = [], None
    for line in lines:
        per_row = line["took"] / line["size"]
        growth = "" if before is None else f"{per_row / before:.2f}"
        shown.append(
            [
                f"{line['size']:,.0f}",
                f"{line['took']:.1f} s",
                f"{line['size'] / line['took']:,.0f}",
                f"{line['took'] / line['plain']:.1f}",
                growth,
                f"{line['peak']:.0f} MB",
            ]
        )
        before = per_row
    return shown


if __name__ == "__main__":
    main()
