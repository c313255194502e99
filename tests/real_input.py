"""Where the real input lies: ../shared/data beside the project; absent on many machines."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


def real_input(name: str) -> Path:
    """The folder of real input, or a skip that names it."""
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"needs ../shared/data/{name}")
    return folder
