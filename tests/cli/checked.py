"""Runs `gongzhi check` as its users do: a program of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import sample_docx, sample_xlsx

SPEAKS_CHINESE = {"GONGZHI_LANG": "zh"}


def check(
    *given: str | Path, folder: Path | None = None, env: Mapping[str, str] = SPEAKS_CHINESE
) -> subprocess.CompletedProcess[str]:
    """The finished program with what it printed."""
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return subprocess.run(
        [sys.executable, "-m", "gongzhi", "check", *map(str, given)],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=inherited | dict(env),
        timeout=120,
        check=False,
    )


def faulty(folder: Path, *, name: str = "自评表.docx") -> Path:
    """A form with certain findings: a miss without its reason, a score out of proportion."""
    path = folder / name
    path.write_bytes(sample_docx(sample_form("008")))
    return path


def faultless(folder: Path, *, name: str = "无误.xlsx") -> Path:
    """A form without certain findings."""
    path = folder / name
    path.write_bytes(sample_xlsx(sample_form("045")))
    return path
