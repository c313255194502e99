"""What makes an installation a demo, for tests."""

from copy import deepcopy

from django.conf import settings
from django.test import override_settings

BAR = "gongzhi.city.pages.bar.bar"


def as_a_demo() -> override_settings:
    """The settings of an installation that `demo` made."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"].append(BAR)
    return override_settings(DEMO=True, ROOT_URLCONF="gongzhi.city.pages.urls", TEMPLATES=templates)
