"""A real site with the demo's city in it, and readers who come with a browser."""

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.db import connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Playwright
from pytest_django import DjangoDbBlocker

from apps.city.demo import as_a_demo
from gongzhi.city.growing import grow
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from journeys.beside import apart
from journeys.judged_year import judged_year
from journeys.reader import Reader, Site, reader_in

HEIGHT = 800
READER = "X-Reader"  # each reader is a visitor with an address of their own
Come = Callable[..., Reader]
addresses = ip_network("10.0.0.0/8").hosts()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="FOLDER", help="put the pictures of the README here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this room needs a browser, and a database to read from.

    What a test itself writes is rolled back; what its reader does by the site stays.
    """
    room = f"{Path(__file__).parent}{os.sep}"
    for item in items:
        if str(item.path).startswith(room):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def own_log() -> None:
    """All journeys share the log of their site."""


@pytest.fixture(autouse=True)
def rules_in_force() -> None:
    """The city adopts the rules itself, part by part."""


@pytest.fixture(scope="session")
def site(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """A site in whose database the city has grown, for all journeys together."""
    key_file = tmp_path_factory.mktemp("keys") / "log"
    chosen = {"LOG_KEY_FILE": key_file, "PEER_HEADER": READER}
    with as_a_demo(), override_settings(**chosen), django_db_blocker.unblock():
        grow()
        judged = judged_year()
        connections.close_all()
        server = LiveServerThread("127.0.0.1", static_handler=as_it_is)
        server.start()
        server.is_ready.wait()
        yield Site(f"http://127.0.0.1:{server.port}", judged=judged)
        server.terminate()


def as_it_is(application: Callable[..., object]) -> Callable[..., object]:
    """Let the site serve its static files itself, compressed as in production."""
    return application


@pytest.fixture(scope="session")
def journeys_connections(playwright: Playwright) -> Iterator[None]:
    """While Playwright's loop runs, Django keeps connections apart; close them before it ends."""
    yield
    connections.close_all()


@pytest.fixture
def come(site: Site, journeys_connections: None, browser: Browser) -> Iterator[Come]:
    """Let a reader come: language, width, theme, size, office, with or without JavaScript."""
    contexts: list[BrowserContext] = []

    def visit(
        *,
        language: str = "zh",
        width: int = 1280,
        theme: str = "light",
        size: str = "normal",
        office: str = "",
        scripts: bool = True,
    ) -> Reader:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            locale="en" if language == "en" else "zh-CN",
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        contexts.append(context)
        wanted = {
            "django_language": language.replace("zh", "zh-hans"),
            "theme": theme,
            "size": size,
        }
        context.add_cookies([{"name": n, "value": v, "url": site.url} for n, v in wanted.items()])
        context.set_extra_http_headers({READER: str(next(addresses))})
        reader = reader_in(context, site=site, scripts=scripts)
        if office:
            reader.act_as(office)
        return reader

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def days_later() -> Iterator[Callable[[int], date]]:
    """Move the city's date for a while, beside the test's own transaction; then back again."""
    today = business_date()

    def later(days: int) -> date:
        to = today + timedelta(days=days)
        apart(lambda: move_business_date(to=to))
        return to

    yield later
    apart(lambda: move_business_date(to=today))
