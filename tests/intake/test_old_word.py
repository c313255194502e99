"""Old Word files need a converter; without it, or with one that hangs, the answer is a sentence."""

import time
from pathlib import Path

import pytest

from gongzhi.core.terms import Problem
from gongzhi.intake import old_word
from gongzhi.intake.kinds import Kind
from gongzhi.intake.limited import convert_limited
from gongzhi.intake.limits import LIMITS
from gongzhi.words import say

HANGS_S, ENDS_S_MAX = 60, 10


def problem(content: bytes = b"{\\rtf1 }") -> Problem:
    answer = convert_limited(content, kind=Kind.RTF)
    assert isinstance(answer, Problem)
    return answer


def converter(folder: Path, script: str) -> None:
    """A program of the converter's name."""
    (folder / "soffice").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "soffice").chmod(0o755)


def is_over(process: int) -> bool:
    """Whether a process has ended, or ends soon."""
    until = time.monotonic() + ENDS_S_MAX
    while _runs(process) and time.monotonic() < until:
        time.sleep(0.02)
    return not _runs(process)


def _runs(process: int) -> bool:
    """Whether it does anything still; who has ended and waits to be noticed doesn't."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False


def test_without_a_converter_its_package_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    hint = problem().hint

    assert hint is not None
    assert "libreoffice-writer-nogui" in say(hint, "zh")


def test_a_converter_that_hangs_is_ended_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child"
    converter(tmp_path, f"sleep {HANGS_S} & echo $! >{child}; sleep {HANGS_S}")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(old_word, "LIMITS", type(LIMITS)(converter_wall_seconds_max=2))
    started = time.monotonic()

    assert "没有转换成功" in say(problem().what, "zh")
    assert time.monotonic() - started < HANGS_S
    assert is_over(int(child.read_text()))


def test_what_a_converter_makes_is_checked_like_any_archive(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    converter(
        tmp_path,
        'for last; do :; done; mkdir -p "${last%/*}/out"; echo x > "${last%/*}/out/source.docx"',
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    assert say(problem().what, "zh") == "文件不完整，可能没有传完"
