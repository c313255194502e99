"""The cast that the sweeps over all operations share."""

import pytest

from apps.web.cast import Cast


@pytest.fixture
def cast(db: None, deep: bool) -> Cast:
    return Cast(whole=deep)
