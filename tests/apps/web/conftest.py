"""The cast that the sweeps over all operations share."""

from typing import Any

import pytest

from apps.web.cast import Cast


@pytest.fixture
def cast(db: None, deep: bool, settings: Any) -> Cast:
    settings.MESSAGE_PROVIDERS = {"sms": "inbox", "email": "inbox"}
    return Cast(whole=deep)
