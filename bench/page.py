"""What a page of the forms library costs beside a bare view with the same SQL.

    ./run bench page

The bare view sends the same statements to the same database and writes the rows into a plain
table: no charter, no scoring, no checks, no frame around it. Processor time of the web process.
"""

import contextlib
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from measuring import fingerprint, table

from gongzhi.cli.demo import prepare

ROUNDS = 40
ADDRESS = "/forms/"
PLAIN = """<!doctype html><title>forms</title><table>{% for row in rows %}<tr>
{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>{% endfor %}</table>"""


def main() -> None:
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.web.settings"
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        Path(folder).chmod(0o711)  # the database server's own user passes through
        prepare(Path(folder), reset=False, stack=stack)
        compare()


def compare() -> None:
    client = Client(SERVER_NAME="localhost")
    for _ in range(3):
        client.get(ADDRESS)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(ADDRESS)
    assert answer.status_code == 200, answer.status_code
    statements = [query["sql"] for query in captured.captured_queries]
    template = engines["django"].from_string(PLAIN)

    def bare() -> None:
        rows = []
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                rows += cursor.fetchall() if cursor.description else []
        template.render({"rows": rows})

    product, plain = measured(lambda: client.get(ADDRESS), bare)
    print(fingerprint())
    print(
        table(
            ["view", "SQL statements", "CPU ms", "×"],
            [
                ["forms library", str(len(statements)), f"{product:.1f}", f"{product / plain:.1f}"],
                ["bare, same SQL", str(len(statements)), f"{plain:.1f}", "1.0"],
            ],
        )
    )


def measured(product: Callable[[], object], plain: Callable[[], object]) -> tuple[float, float]:
    """Both in turn; the medians of their processor time in milliseconds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for task, spent in zip((product, plain), times, strict=True):
            before = time.process_time()
            task()
            spent.append((time.process_time() - before) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


if __name__ == "__main__":
    main()
