"""The process from which parsers are born: it outlives its children and never its parent."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import sample_docx
from gongzhi.core.terms import Problem
from gongzhi.intake import limited
from gongzhi.intake.limited import run_limited
from gongzhi.intake.limits import LIMITS
from gongzhi.papers.reading import read_file
from gongzhi.words import say
from intake.test_hostile_sheets import number, sheet

TESTS = Path(__file__).parent.parent
DAMAGED = "文件读不出来，可能已损坏"
SLOW = "读了 30 秒还没有读完"


@pytest.fixture(autouse=True)
def _tasks_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(TESTS))


def done(task: str, content: bytes = b"") -> bytes | Problem:
    return run_limited(f"intake.limited_tasks:{task}", "名.docx", content)


def told(answer: bytes | Problem) -> str:
    assert isinstance(answer, Problem)
    assert answer.hint is not None
    return say(answer.what, "zh")


def nursery_number() -> int:
    answer = done("nursery_number")
    assert isinstance(answer, bytes)
    return int(answer)


def state(process: int) -> str:
    """The kernel's letter for a process; empty where it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def children_of(process: int) -> list[int]:
    return [
        int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def open_files(process: int | str) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def soon(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def with_limits(monkeypatch: pytest.MonkeyPatch, *, wall: float) -> None:
    """Less patience in this process only; children keep theirs."""
    monkeypatch.setattr(limited, "LIMITS", type(LIMITS)(child_wall_seconds_max=wall))
    monkeypatch.setattr(limited, "GRACE_S", 0.0)


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM])
def test_a_child_that_dies_of_a_signal_is_a_damaged_file(ending: signal.Signals) -> None:
    assert told(done("end_by", str(int(ending)).encode())) == DAMAGED
    assert done("echo") == "名.docx".encode()


def test_s41_a_parser_that_aborts_on_a_far_cell_ends_its_child_alone() -> None:
    far = sheet(f'<row r="1"/><row r="1048576">{number(1, "A1")}{number(1, "XFD1048576")}</row>')

    assert told(done("open_with_calamine", far)) == DAMAGED
    assert done("echo") == "名.docx".encode()


def test_an_answer_beyond_the_limit_is_said() -> None:
    much = str(LIMITS.result_bytes_max).encode()

    assert told(done("answer_too_much", much)) == "从文件里读出的内容超过 64 MB"


def test_a_stopped_child_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = nursery_number()
    with_limits(monkeypatch, wall=0.5)

    assert told(done("end_by", str(int(signal.SIGSTOP)).encode())) == DAMAGED
    assert soon(lambda: children_of(parent) == [])


def test_what_a_child_leaves_behind_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with_limits(monkeypatch, wall=0.5)
    started = time.monotonic()

    assert told(done("leave_one_behind")) == DAMAGED
    assert time.monotonic() - started < 3


@pytest.mark.deep
@pytest.mark.parametrize("task", ["run_in_circles", "take_long"])
def test_r11_who_does_not_come_to_an_end_is_ended(task: str) -> None:
    assert told(done(task, b"600")) == SLOW
    assert done("echo") == "名.docx".encode()


def network_after(*, leaving: bool) -> str:
    """The name of the network that a process is in."""
    leave = "gongzhi.intake.nursery.leave_network(); " if leaving else ""
    script = f"import gongzhi.intake.nursery, os; {leave}print(os.readlink('/proc/self/ns/net'))"
    return subprocess.check_output([sys.executable, "-c", script], text=True)


def test_a_child_reaches_no_network() -> None:
    if network_after(leaving=True) == network_after(leaving=False):
        pytest.skip("this machine lacks the right to leave the network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1]).encode()

        assert done("call_out", port) == b"OSError"


def test_a_killed_nursery_is_replaced() -> None:
    before = nursery_number()
    for _ in range(5):
        os.kill(nursery_number(), signal.SIGKILL)

        assert done("echo") == "名.docx".encode()

    assert nursery_number() != before
    assert state(before) == ""


def test_a_nursery_that_cannot_start_is_a_sentence() -> None:
    answer = run_limited("no.such.module:task", "a.docx", b"")

    assert told(answer) == "正在读的文件太多"


def test_a_nursery_ends_with_its_killed_parent() -> None:
    script = (
        "from gongzhi.intake.limited import run_limited as run; import time\n"
        "print(run('intake.limited_tasks:nursery_number', 'a', b'').decode(), flush=True)\n"
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", script]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with parent:
        assert parent.stdout is not None
        orphan = int(parent.stdout.readline())
        assert state(orphan)
        parent.kill()

    assert soon(lambda: state(orphan) in {"", "Z"})


def test_two_hundred_files_leave_no_process_and_no_open_file() -> None:
    parent = nursery_number()
    open_here, open_there = open_files("self"), open_files(parent)

    for turn in range(200):
        done("echo" if turn % 2 else "fail", b"x" * 1000)

    assert nursery_number() == parent
    assert soon(lambda: children_of(parent) == [])
    assert open_files("self") == open_here
    assert open_files(parent) == open_there


def test_a_forked_copy_of_the_parent_starts_a_nursery_of_its_own() -> None:
    before = nursery_number()
    script = (
        "from gongzhi.intake.limited import run_limited as run; import os\n"
        "ask = lambda: run('intake.limited_tasks:nursery_number', 'a', b'')\n"
        "mine = ask()\n"
        "if os.fork() == 0: os._exit(ask() == mine)\n"
        "assert os.wait()[1] == 0 and ask() == mine\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)

    assert nursery_number() == before


def test_r11_a_real_file_is_read_after_all_that() -> None:
    assert len(read_file("a.docx", sample_docx(sample_form("008"))).forms) == 1
