"""What all tests share: one embedded PostgreSQL, one Chromium, one count of what is missing."""

import gc
import os
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from emptying import empty
from gongzhi.cli.postgres import Server, running
from gongzhi.cli.postgres_roles import ADMINISTRATOR, OWNER
from gongzhi.web.database import database
from machine import LACKS, chromium
from migrated import lay_out
from rules_for_tests import keep_rules, put_in_force
from sampling import Sample, word_of_commit
from sharing import Sharing, rank
from turns import has_turn, touched_by
from verified import VerifiedClient

# Durability costs time and proves nothing here; tests of durability start their own server.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# How many examples a law is tried with that doesn't say so; others at the next commit.
EXAMPLES, EXAMPLES_DEEP = 40, 100
# When the tests end in whatever way, the pipe closes: stop the server, remove the folder.
WATCH = """
cat >/dev/null
pid=$(head -n 1 "$1/postgres/postmaster.pid" 2>/dev/null) && kill -INT "$pid"
while [ -e "$1/postgres/postmaster.pid" ]; do sleep 0.1; done
rm -rf "$1"
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="the full numbers, not samples")
    parser.addoption("--turns", action="store_true", help="only what has its turn: tests/turns.py")
    parser.addoption(
        "--sample", metavar="WORD", help="the samples of this word, not those of the commit"
    )


def pytest_collection_finish() -> None:
    """What was collected stays to the end: nobody needs to look through it for garbage."""
    gc.freeze()
    gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # until everything is collected
    sample = chosen_sample(config)  # another may be checked out before the run has ended
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(sample.seed)
    # How long an example takes on a busy machine proves nothing.
    hypothesis.settings.register_profile(
        "unhurried",
        deadline=None,
        derandomize=False,
        max_examples=EXAMPLES_DEEP if sample.whole else EXAMPLES,
    )
    hypothesis.settings.load_profile("unhurried")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Started in the background of a shell: the programs under test would be deaf to Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not any(name.startswith("GONGZHI_SECRET_KEY") for name in os.environ):
        settings.SECRET_KEY = "a key for tests only, known to everybody"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave deep tests out unless asked for; run journeys last, and long files before others.

    Once Playwright has started, an event loop runs in this thread until the end.
    """
    items.sort(key=lambda item: (item.get_closest_marker("journey") is not None, rank(item.nodeid)))
    sample = chosen_sample(config)
    if sample.whole:
        return
    turns, touched = config.getoption("--turns"), touched_by(sample.word)
    chosen, left_out = [], []
    for item in items:
        is_deep = item.get_closest_marker("deep") is not None
        waits = turns and not has_turn(item.nodeid, sample=sample, touched=touched)
        (left_out if is_deep or waits else chosen).append(item)
    items[:] = chosen
    config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing | None:
    """Long files go first, and some are shared out test by test."""
    return Sharing(config, log) if config.getoption("dist") == "loadfile" else None


def chosen_sample(config: pytest.Config) -> Sample:
    """The part of each sweep that is asked for."""
    word = config.getoption("--sample") or word_of_commit()
    return Sample(word, whole=bool(config.getoption("--deep")))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if not (sample := chosen_sample(config)).whole:
        terminalreporter.write_line(f"the samples again: --sample {sample.word}")
    reasons = (report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    missing = Counter(reason.split(LACKS)[1] for reason in reasons if LACKS in reason)
    for name, count in sorted(missing.items()):
        terminalreporter.write_line(f"{LACKS}{name}: {count} tests skipped", yellow=True)
    if not missing:
        terminalreporter.write_line("this machine lacks nothing that the tests need")


@pytest.fixture(scope="session")
def deep(request: pytest.FixtureRequest) -> bool:
    """Whether the full numbers are asked for."""
    return bool(request.config.getoption("--deep"))


@pytest.fixture(scope="session")
def sample(request: pytest.FixtureRequest) -> Sample:
    """The part of each sweep that this run takes."""
    return chosen_sample(request.config)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that the server's user may pass through, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="gongzhi-test-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def embedded_server(django_db_blocker: DjangoDbBlocker) -> Iterator[Server]:
    """One PostgreSQL for the whole run."""
    home = Path(tempfile.mkdtemp(prefix="gongzhi-test-"))
    home.chmod(0o711)
    command = ["/bin/sh", "-c", WATCH, "sh", str(home)]
    watch = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    with django_db_blocker.unblock():
        lay_out(home, settings=FAST)
    with running(home, settings=FAST) as server:
        administrator = server.url(role=ADMINISTRATOR, database="postgres")
        with psycopg.connect(administrator, autocommit=True) as connection:
            connection.execute(f"ALTER ROLE {OWNER} CREATEDB")
        yield server
    watch.communicate(timeout=60)


@pytest.fixture(scope="session")
def monkeypatch_session() -> Iterator[pytest.MonkeyPatch]:
    """What is set otherwise for the whole run."""
    with pytest.MonkeyPatch.context() as patched:
        yield patched


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, monkeypatch_session: pytest.MonkeyPatch
) -> None:
    """Point Django at the embedded server, unless DATABASE_URL names another.

    The test database is made after the embedded one, so that the app's role has its rights.
    """
    if "DATABASE_URL" in os.environ:
        return
    server: Server = request.getfixturevalue("embedded_server")
    chosen = database(server.url(role=OWNER))
    settings.DATABASES["default"].update(chosen)
    connections["default"].settings_dict.update(chosen)
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = "gongzhi"

    def emptied(_test: TransactionTestCase) -> None:
        name = connections["default"].settings_dict["NAME"]
        empty(server.url(role=ADMINISTRATOR, database=name))

    monkeypatch_session.setattr(TransactionTestCase, "_fixture_teardown", emptied)


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The address of the test database, for programs of their own."""
    chosen = connections["default"].settings_dict
    host = quote(chosen["HOST"], safe="")
    secret = f":{quote(chosen['PASSWORD'])}" if chosen["PASSWORD"] else ""
    place = f"?host={host}" if chosen["HOST"].startswith("/") else ""
    server = "" if place else f"{host}:{chosen['PORT'] or 5432}"
    return f"postgresql://{chosen['USER']}{secret}@{server}/{chosen['NAME']}{place}"


@pytest.fixture
def client() -> VerifiedClient:
    """A browser; whom it signs in has just shown the second factor."""
    return VerifiedClient()


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once() -> Iterator[None]:
    """Each browser of a test has the site's middlewares anew; their static files are the same."""
    found: dict[str, StaticFile] = {}
    find = WhiteNoiseMiddleware.add_files_from_finders

    def find_once(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            find(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WhiteNoiseMiddleware, "add_files_from_finders", find_once)
        yield


@pytest.fixture(autouse=True)
def speaks_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins in Chinese: a command or a page before it may have spoken English."""
    monkeypatch.setenv("GONGZHI_LANG", "zh")
    translation.deactivate()


@pytest.fixture(autouse=True)
def own_log(request: pytest.FixtureRequest) -> None:
    """Each test with a database founds its own log, and what it numbers is published at once."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        settings = request.getfixturevalue("settings")
        settings.LOG_KEY_FILE = request.getfixturevalue("tmp_path") / "keys" / "log"
        settings.LOG_PUBLISH_PAUSE_S = 0


@pytest.fixture(scope="session")
def rules_kept(django_db_setup: None) -> None:
    """The rules lie in the test database, for each test to take up."""
    keep_rules()


@pytest.fixture(autouse=True)
def rules_in_force(request: pytest.FixtureRequest) -> None:
    """Each test with a database lives where every part of the rules is in force.

    One marked `unadopted` finds what a new installation finds: nothing taken up, nothing adopted.
    """
    named = [name for name in ("db", "transactional_db") if name in request.fixturenames]
    if not (named or request.node.get_closest_marker("django_db")):
        return
    for name in named:
        request.getfixturevalue(name)
    if not request.node.get_closest_marker("unadopted"):
        request.getfixturevalue("rules_kept")
        put_in_force()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The machine's own Chromium; Playwright's downloads are not used."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the loop is Playwright's, not ours
    return {"executable_path": chromium(), "args": CHROMIUM_FLAGS}
