"""What pages cost beside bare views with the same SQL, the same template and the same session.

    ./run bench page

The bare view sends the statements of the page to the same database, that of the session too,
fetches the rows, and renders the page's own template from values that are there already: no
rights, no scoring, no laying out, no middleware. Processor time of the web process, medians; a
visitor reads the public pages, the bureau's budget officer the desk.
"""

import contextlib
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.template import Context
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.utils.module_loading import import_string
from installation import with_the_city
from measuring import fingerprint, table
from people import signed_in

ROUNDS = 30
PAGES = {
    "home": "/",
    "projects": "/projects/",
    "a project": "/projects/{project}/",
    "monitoring": "/monitoring/",
    "a project's curves": "/projects/{project}/monitoring/",
    "alerts": "/alerts/",
    "goals": "/goals/",
    "search": "/search/?q=道路",
    "forms": "/forms/",
    "the log": "/ledger/",
    "desk": "/desk/",
}


def main() -> None:
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.web.settings"
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        with_the_city(Path(folder), stack=stack)
        compare()


def compare() -> None:
    setup_test_environment()
    watched = import_string("gongzhi.cycle.models").Watched.objects.order_by("-budget").first()
    office = (
        import_string("gongzhi.parties.models")
        .Office.objects.filter(person__username="caizheng")
        .first()
    )
    visitor, officer = Client(SERVER_NAME="localhost"), signed_in(office.person)
    lines = [
        line(
            name, address.format(project=watched.project_id), officer if name == "desk" else visitor
        )
        for name, address in PAGES.items()
    ]
    ratios = [product / plain for _, _, product, plain in lines]
    print(fingerprint())
    rows = [
        [name, str(count), f"{product:.1f}", f"{plain:.1f}", f"{product / plain:.2f}"]
        for name, count, product, plain in lines
    ]
    rows.append(["median", "", "", "", f"{statistics.median(ratios):.2f}"])
    print(table(["page", "SQL statements", "page CPU ms", "bare CPU ms", "×"], rows))


def line(name: str, address: str, client: Client) -> tuple[str, int, float, float]:
    for _ in range(3):
        client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    template, values = answer.templates[0], answer.context[0].flatten()
    with CaptureQueriesContext(connection) as own:
        template.render(Context(values))
    count = len(captured.captured_queries)
    # What the frame's functions ask while the template is rendered is asked there again.
    left = Counter(query["sql"] for query in captured.captured_queries)
    left -= Counter(query["sql"] for query in own.captured_queries)
    statements = list(left.elements())

    def bare() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                if cursor.description:
                    cursor.fetchall()
        template.render(Context(values))

    product, plain = measured(lambda: client.get(address), bare)
    return name, count, product, plain


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
