"""What a test needs from the machine; where it is missing, the test is skipped by name.

The end of a run counts what was missing, so that a bare machine passes and says so.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

LACKS = "this machine lacks "
REPOSITORY = Path(__file__).parent.parent


def need(present: object, *, name: str) -> None:
    """Skip the running test where something is absent."""
    if not present:
        pytest.skip(LACKS + name)


def chromium() -> str:
    """The path of Chromium."""
    found = shutil.which("chromium") or ""
    need(found, name="chromium")
    return found


def libreoffice() -> str:
    """The path of LibreOffice's command."""
    found = shutil.which("soffice") or ""
    need(found, name="libreoffice-writer-nogui")
    return found


def chinese_font() -> str:
    """The path of a font with Chinese letters."""
    asked = ["fc-match", "-f", "%{file}", "Noto Sans CJK SC"]
    found = (
        subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        if (shutil.which("fc-match"))
        else ""
    )
    need("NotoSansCJK" in found, name="fonts-noto-cjk")
    return found


def shared(*parts: str) -> Path:
    """A path in the folder of real input that lies beside the repository."""
    path = REPOSITORY.parent.joinpath("shared", *parts)
    need(path.exists(), name="../shared/" + "/".join(parts))
    return path


def root() -> None:
    """The rights of root, to try the program as other users."""
    need(os.geteuid() == 0, name="root's rights")
