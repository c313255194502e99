"""What makes an installation a demo, for tests; and its city, grown once for a module of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

from django.conf import settings
from django.test import TestCase, override_settings

from gongzhi.city.growing import grow

BAR = "gongzhi.city.pages.bar.bar"


def as_a_demo() -> override_settings:
    """The settings of an installation that `demo` made."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"].append(BAR)
    return override_settings(
        DEMO=True,
        ROOT_URLCONF="gongzhi.city.pages.urls",
        TEMPLATES=templates,
        MESSAGE_PROVIDERS={"email": "inbox", "sms": "inbox"},
    )


class OneCity(TestCase):
    """What is written while it is set up is undone when it is torn down."""


@contextmanager
def one_city(keys: Path, *, year: bool = False) -> Iterator[None]:
    """The demo's city for all tests of a module; what each of them does is undone after it."""
    with as_a_demo(), override_settings(LOG_KEY_FILE=keys / "log", LOG_PUBLISH_PAUSE_S=0):
        OneCity.setUpClass()
        grow(year=year)
        yield
        OneCity.tearDownClass()
