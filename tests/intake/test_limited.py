"""Whatever a task does, the parent lives on and has an answer."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import sample_docx
from gongzhi.core.terms import Problem
from gongzhi.intake.limited import run_limited
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.turns import a_turn
from gongzhi.words import say


@pytest.fixture(autouse=True)
def _tasks_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))


def done(task: str, content: bytes = b"") -> bytes | Problem:
    return run_limited(f"intake.limited_tasks:{task}", "名.docx", content)


def told(answer: bytes | Problem) -> str:
    assert isinstance(answer, Problem)
    return say(answer.what, "zh")


def test_a_task_gets_name_and_content_and_gives_bytes_back() -> None:
    assert done("echo", b"\x00\xff" * 1000) == "名.docx".encode() + b"\x00\xff" * 1000


def test_a_large_file_comes_through_whole() -> None:
    content = os.urandom(LIMITS.file_bytes_max)

    answer = done("echo", content)

    assert isinstance(answer, bytes)
    assert answer.endswith(content)


def test_a_failing_task_is_a_damaged_file() -> None:
    assert told(done("fail")) == "文件读不出来，可能已损坏"


def test_s41_a_task_that_is_aborted_inside_a_library_hurts_nobody_else() -> None:
    assert told(done("abort")) == "文件读不出来，可能已损坏"
    assert done("echo") == "名.docx".encode()


def test_s40_memory_ends_where_the_limit_is() -> None:
    assert told(done("eat_memory")) == "文件太大，512 MB 内存不够读完"


def test_nothing_can_be_written_to_disk() -> None:
    assert done("write_a_file") != b"written"


def test_open_files_are_few() -> None:
    assert done("open_many_files") == b"OSError"


def test_the_child_knows_no_secret_of_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGZHI_SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "postgresql://x")

    answer = done("environment")

    assert isinstance(answer, bytes)
    assert set(answer.decode().split("\n")) <= {
        "PATH",
        "PYTHONPATH",
        "PYTHONPYCACHEPREFIX",  # where compiled code lies
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "TMPDIR",
    }


def test_a_program_lying_beside_the_files_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(sample_docx(sample_form("008")))
    for module in ("json", "docx", "pdfplumber"):
        (tmp_path / f"{module}.py").write_text("open('ran', 'w').close()")

    check = [sys.executable, "-P", "-m", "gongzhi", "check", "a.docx"]
    chinese = {**os.environ, "GONGZHI_LANG": "zh"}
    done = subprocess.run(
        check, check=False, cwd=tmp_path, capture_output=True, timeout=60, env=chinese
    )

    assert "项目支出绩效自评表" in done.stdout.decode()
    assert not (tmp_path / "ran").exists()


def test_every_file_has_a_child_of_its_own() -> None:
    answers = {done("own_number") for _ in range(3)}

    assert len(answers) == 3
    assert str(os.getpid()).encode() not in answers


def test_r11_two_are_read_at_a_time_and_no_more() -> None:
    done("echo")  # the nursery is ready
    started = time.monotonic()
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: done("take_long", b"0.5"), range(4)))

    assert answers == [b"done"] * 4
    assert time.monotonic() - started >= 1.0


def test_a_turn_that_does_not_come_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongzhi.intake.turns.LIMITS", type(LIMITS)(wait_for_parser_seconds=0.1))
    with a_turn() as first, a_turn() as second:
        assert first
        assert second
        assert told(done("echo")) == "正在读的文件太多"


def test_turns_are_taken_elsewhere_where_somebody_sits_on_the_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / f"gongzhi-parsers-{os.getuid()}").symlink_to(tmp_path / "nowhere")

    assert done("echo") == "名.docx".encode()
    assert (tmp_path / f".gongzhi-parsers-{os.getuid()}").is_dir()
