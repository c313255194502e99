"""`gongzhi check` on a terminal, on a broken pipe, at Ctrl-C, in odd encodings."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.checked import SPEAKS_CHINESE, check, faultless, faulty
from gongzhi.cli.terminal import fitted, to_the_right, width

STARTS_S_MAX = 60
CHECK = [sys.executable, "-m", "gongzhi", "check"]


def on_a_terminal(*given: Path, env: dict[str, str] | None = None) -> str:
    """What a terminal shows of the program."""
    near, far = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        [*CHECK, *map(str, given)],
        stdin=far,
        stdout=far,
        stderr=far,
        env=inherited | SPEAKS_CHINESE | {"TERM": "xterm"} | (env or {}),
    )
    os.close(far)
    shown = b""
    with contextlib.suppress(OSError):  # so Linux says that the last writer has left
        while chunk := os.read(near, 65536):
            shown += chunk
    process.wait(timeout=60)
    os.close(near)
    return shown.decode()


def test_a_terminal_gets_colour_and_a_bar_that_leaves_no_trace(tmp_path: Path) -> None:
    faulty(tmp_path), faultless(tmp_path)

    shown = on_a_terminal(tmp_path)

    assert "\x1b[31m◆\x1b[0m" in shown
    assert "█" in shown
    assert "2/2" in shown
    assert "\r\x1b[K" in shown


def test_no_color_is_respected(tmp_path: Path) -> None:
    shown = on_a_terminal(faulty(tmp_path), env={"NO_COLOR": "1"})

    assert "◆ S2" in shown
    assert "\x1b[31m" not in shown


def test_a_reader_who_leaves_gets_no_complaint(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*CHECK, "--json", str(faulty(tmp_path))], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()

    _, complaints = process.communicate(timeout=60)

    assert process.returncode == 141
    assert complaints == b""


def until_it_reads(process: int) -> None:
    """Wait until the program has a child, which reads its files."""
    threads = Path(f"/proc/{process}/task")
    until = time.monotonic() + STARTS_S_MAX
    while not any(path.read_text() for path in threads.glob("*/children")):
        assert time.monotonic() < until, "it didn't begin to read"
        time.sleep(0.05)


def test_ctrl_c_ends_at_once_and_quietly(tmp_path: Path) -> None:
    first = faulty(tmp_path)
    for number in range(400):
        (tmp_path / f"{number}.docx").hardlink_to(first)
    process = subprocess.Popen(
        [*CHECK, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    until_it_reads(process.pid)
    os.killpg(process.pid, signal.SIGINT)

    shown, complaints = process.communicate(timeout=60)

    assert process.returncode == 130
    assert shown == b""
    assert b"Traceback" not in complaints


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gb18030"])
def test_a_terminal_that_knows_few_characters_gets_marks_instead(
    tmp_path: Path, encoding: str
) -> None:
    done = subprocess.run(
        [*CHECK, str(faulty(tmp_path))],
        capture_output=True,
        env={**os.environ, **SPEAKS_CHINESE, "PYTHONIOENCODING": encoding},
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == b""


def test_a_name_that_is_no_text_can_be_checked_and_printed(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.docx"))
    faulty(tmp_path).rename(path)

    done = check(tmp_path, "--json")

    assert done.returncode == 1
    assert "\ufffd\ufffd.docx" in done.stdout


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = faulty(tmp_path, name="a\x1b[31m\u202egnp.docx")

    done = check(path)

    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_links_that_go_in_circles_end(tmp_path: Path) -> None:
    faulty(tmp_path)
    (tmp_path / "circle").symlink_to(tmp_path)

    done = check(tmp_path)

    assert "1 个文件，1 张表" in done.stdout


def test_a_chinese_character_takes_two_columns() -> None:
    assert width("绩效a") == 5
    assert width("e\u0301") == 1
    assert fitted("绩效自评表", 7) == "绩效自…"
    assert fitted("绩", 5) == "绩   "
    assert to_the_right("分值", 6) == "  分值"
