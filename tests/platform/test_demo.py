"""`gongzhi demo`, started and ended in every way a person might (QUALITY R01, R19, R23, S28)."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from starting import Started, command, demo, processes_below

from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on

COSIGNED_S_MAX = 30
FILES = ("proof", "record")


@pytest.fixture(scope="module")
def home():
    """One data folder for the tests that don't need a fresh one; growing a city takes its time."""
    around = Path(tempfile.mkdtemp(prefix="gongzhi-test-"))
    around.chmod(0o711)
    path = around / "数据 of the demo"
    path.mkdir(mode=0o711)
    yield path
    shutil.rmtree(around, ignore_errors=True)


def refused(home: Path, *arguments: str, address: str | None = None) -> str:
    """What a demo says that can't start; it says it in one line and ends with 2."""
    line, environment = command(home, *(arguments or ("--port", "0")))
    environment |= {"DATABASE_URL": address} if address else {}
    done = subprocess.run(
        line, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_r19_the_first_page_comes_a_second_demo_is_refused_and_ctrl_c_stops_everything(home):
    with demo(home) as started:
        assert started.page() == 200
        assert "A demo is running in" in refused(home)
        rest = started.stop(signal.SIGINT)
        assert started.process.returncode == 0, rest
    assert "Stopped" in rest
    assert "Traceback" not in started.said + rest
    assert processes_below(home) == []


def test_the_second_start_loses_nothing_and_sigterm_ends_it(home):
    with demo(home) as started:
        assert "loading the demo" not in started.said
        assert started.page() == 200
        started.stop(signal.SIGTERM)
        assert started.process.returncode == 0
    assert processes_below(home) == []


def test_five_witnesses_cosign_and_it_says_plainly_what_that_is_worth(home):
    with demo(home) as started:
        assert "prove nothing" in started.said
        assert cosigned_in_the_end(started)
        started.stop(signal.SIGTERM)


def test_witnesses_whose_port_is_taken_are_asked_at_another(home):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):  # somebody else has it, which is as good
            taken.bind(("127.0.0.1", 8100))
            taken.listen()
        with demo(home) as started:
            assert "127.0.0.1:8100/" not in started.text("/ledger/policy/")
            assert cosigned_in_the_end(started)
            started.stop(signal.SIGTERM)


def cosigned_in_the_end(started: Started) -> bool:
    """Whether the newest entry is proved to whoever asks for four of the five."""
    policy = read_policy(started.text("/ledger/policy/"))
    assert (len(policy.witnesses), policy.groups["parties"].threshold) == (5, 4)
    until = time.monotonic() + COSIGNED_S_MAX
    while time.monotonic() < until:
        size = int(started.text("/ledger/checkpoint/").splitlines()[1])
        files = [started.text(f"/ledger/{size - 1}/{name}/").encode() for name in FILES]
        if isinstance(verdict_on(files[0], record=files[1], policy=policy), Proven):
            return True
        time.sleep(0.2)
    return False


def test_the_usual_port_taken_gives_way_to_the_next_and_a_closed_terminal_ends_it(home):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):  # somebody else has it, which is as good
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        with demo(home, "--no-browser") as started:
            assert "Port 8000 is taken; using 80" in started.said
            assert started.page() == 200
            started.stop(signal.SIGHUP)
            assert started.process.returncode == 0
    assert processes_below(home) == []


def test_r01_after_a_kill_it_starts_again(home):
    with demo(home) as started:
        os.kill(started.process.pid, signal.SIGKILL)
        started.process.wait()
    with demo(home) as started:
        assert started.page() == 200
        started.stop(signal.SIGTERM)
    assert processes_below(home) == []


def test_ctrl_c_while_it_starts_leaves_nothing_behind(home):
    line, environment = command(home, "--port", "0")
    process = subprocess.Popen(
        line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert "Starting" in process.stdout.readline()
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    rest = process.communicate(timeout=60)[0]
    # Python itself ends by the signal when it came inside code made from a string, as in imports.
    assert process.returncode in (0, -signal.SIGINT), rest
    assert "Stopped" in rest
    assert "Traceback" not in rest
    assert processes_below(home) == []


def test_a_port_asked_for_and_taken_is_refused(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert refused(home, "--port", port) == (
            f"Port {port} is taken; choose another with --port\n"
        )


def test_s28_the_secret_is_random_and_for_its_owner_only(home):
    text = (home / "secret").read_text()
    assert len(text) >= 64
    assert stat.S_IMODE((home / "secret").stat().st_mode) == 0o600
    assert {stat.S_IMODE(key.stat().st_mode) for key in (home / "keys").iterdir()} == {0o600}


def test_s28_reset_starts_over_with_secrets_of_its_own_and_touches_nothing_else(home):
    before = (home / "secret").read_text(), (home / "keys" / "log").read_text()
    keepsake = home / "not ours.txt"
    keepsake.write_text("kept")
    with demo(home, "--port", "0", "--reset") as started:
        assert "loading the demo" in started.said
    after = (home / "secret").read_text(), (home / "keys" / "log").read_text()
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert keepsake.read_text() == "kept"


def test_a_database_with_other_things_in_it_is_left_alone(home, database_url):
    assert "is not empty" in refused(home, address=database_url)
