"""What pages cost beside bare views with the same SQL, the same template and the same session.

    ./run bench page

A bare view stands behind Django's own middleware of sessions and sign-in and nothing else: it asks
who is signed in, sends the page's statements to the same database, fetches the rows, and answers
with the page's own template over values that are there already: no rights, no scoring, no laying
out. It is measured twice: `bare` sends the statements as text; `by ORM` has Django write each of
them anew, without building querysets or rows. All are called as a server calls them, without the
test client, which takes note of every template that it sees. Processor time of the web process,
medians; a visitor reads the public pages, the bureau's budget officer the desk.
"""

import contextlib
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import (
    CaptureQueriesContext,
    setup_test_environment,
    teardown_test_environment,
)
from django.utils.module_loading import import_string
from installation import with_the_city
from measuring import fingerprint, table
from people import signed_in

ROUNDS = 30
SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
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


View = Callable[[HttpRequest], HttpResponse]


def main() -> None:
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.web.settings"
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        with_the_city(Path(folder), stack=stack)
        compare()


def compare() -> None:
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
    print(fingerprint())
    heads = ["page", "SQL statements", "page CPU ms", "bare CPU ms", "×", "by ORM CPU ms", "×"]
    print(table(heads, [*(each.cells() for each in lines), medians(lines)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a page took and the bare views beside it, in milliseconds of the processor."""

    name: str
    statements: int
    page: float
    bare: float
    by_orm: float

    @property
    def ratios(self) -> tuple[float, float]:
        return self.page / self.bare, self.page / self.by_orm

    def cells(self) -> list[str]:
        bare, by_orm = self.ratios
        figures = [f"{self.page:.1f}", f"{self.bare:.1f}", f"{bare:.2f}"]
        return [self.name, str(self.statements), *figures, f"{self.by_orm:.1f}", f"{by_orm:.2f}"]


def medians(lines: list[Line]) -> list[str]:
    bare, by_orm = (
        statistics.median(ratios) for ratios in zip(*(each.ratios for each in lines), strict=True)
    )
    return ["median", "", "", "", f"{bare:.2f}", "", f"{by_orm:.2f}"]


def line(name: str, address: str, client: Client) -> Line:
    for _ in range(3):
        client.get(address)
    site, asking = WSGIHandler(), asked_by(client, address)
    template, values, statements = seen(client, address)

    def bare(statements: Iterable[Statement]) -> View:
        return behind_session(lambda _: answered(statements, template=template, values=values))

    with CaptureQueriesContext(connection) as anyway:
        shown = bare([])(asking())
    assert alike(shown, site.get_response(asking())), f"the bare view of {address} isn't its page"
    left = without(statements, anyway.captured_queries)
    as_text, by_orm = bare([each.as_text() for each in left]), bare(left)
    page, text, orm = measured(
        lambda: site.get_response(asking()), lambda: as_text(asking()), lambda: by_orm(asking())
    )
    return Line(name=name, statements=len(statements), page=page, bare=text, by_orm=orm)


def asked_by(client: Client, address: str) -> Callable[[], HttpRequest]:
    """The client's request for the address, made anew each time."""
    cookies = "; ".join(f"{each.key}={each.value}" for each in client.cookies.values())
    factory = RequestFactory(SERVER_NAME="localhost", HTTP_COOKIE=cookies)
    return lambda: factory.get(address)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that a page sent; the ORM's query where it wrote the statement."""

    sql: str
    query: Any = None
    wanted: str = MULTI

    def as_text(self) -> "Statement":
        return Statement(self.sql)

    def send(self) -> None:
        """Send it, and fetch all of its rows."""
        if self.query is None:
            with connection.cursor() as cursor:
                cursor.execute(self.sql)
                if cursor.description:
                    cursor.fetchall()
            return
        rows = self.query.clone().get_compiler("default").execute_sql(self.wanted)
        if self.wanted == MULTI:
            for _ in rows:
                pass


def seen(client: Client, address: str) -> tuple[Template, dict[str, Any], list[Statement]]:
    """The template of a page, the values it was rendered with, the statements that were sent."""
    setup_test_environment()  # without it the client isn't told of templates and values
    with written_by_orm() as queries, CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    teardown_test_environment()
    assert answer.status_code == 200, (address, answer.status_code)
    statements = [
        Statement(query["sql"], *queries.get(captured.initial_queries + at, ()))
        for at, query in enumerate(captured.captured_queries)
    ]
    return answer.templates[0], answer.context[0].flatten(), statements


@contextlib.contextmanager
def written_by_orm() -> Iterator[dict[int, tuple[Any, str]]]:
    """The queries that the ORM turns into statements meanwhile, by the place in what is sent."""
    queries: dict[int, tuple[Any, str]] = {}
    execute = SQLCompiler.execute_sql

    def noted(compiler: SQLCompiler, result_type: str = MULTI, **others: Any) -> Any:
        queries[len(connection.queries_log)] = (compiler.query.clone(), result_type)
        return execute(compiler, result_type, **others)

    with patch.object(SQLCompiler, "execute_sql", noted):
        yield queries


def without(statements: list[Statement], asked: Iterable[dict[str, str]]) -> list[Statement]:
    """What is left when session, person and the frame's functions have asked what they ask."""
    asked_anyway, left = Counter(query["sql"] for query in asked), []
    for statement in statements:
        if asked_anyway[statement.sql]:
            asked_anyway[statement.sql] -= 1
        else:
            left.append(statement)
    return left


def behind_session(view: View) -> View:
    """The view, told by Django's own middleware who is signed in."""

    def known(request: HttpRequest) -> HttpResponse:
        assert request.user.is_authenticated in {True, False}
        return view(request)

    for name in (AUTHENTICATION, SESSION):
        known = import_string(name)(known)
    return known


def answered(
    statements: Iterable[Statement], *, template: Template, values: dict[str, Any]
) -> HttpResponse:
    for statement in statements:
        statement.send()
    return HttpResponse(template.render(Context(values)))


def alike(one: HttpResponse, other: HttpResponse) -> bool:
    """Whether both are the same page; only tokens differ."""
    return abs(len(one.content) - len(other.content)) < len(other.content) / 100


def measured(*tasks: Callable[[], object]) -> list[float]:
    """All in turn; the medians of their processor time in milliseconds."""
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(ROUNDS):
        for task, spent in zip(tasks, times, strict=True):
            before = time.process_time()
            task()
            spent.append((time.process_time() - before) * 1000)
    return [statistics.median(spent) for spent in times]


if __name__ == "__main__":
    main()
