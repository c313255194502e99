"""What all tests of connectors share."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _turns_of_their_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Turns hold for the whole machine: whoever else reads there would make these tests wait."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
