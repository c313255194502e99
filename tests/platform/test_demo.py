"""`gongzhi demo`, started and ended in every way a person might (QUALITY R01, R19, R23, S28)."""

import os
import re
import signal
import socket
import stat
import subprocess
import time

import pytest
from starting import command, demo, processes_below

SECOND_START_S_MAX = 5


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One data folder for the tests that don't need a fresh one; growing a city takes its time."""
    path = tmp_path_factory.mktemp("数据 of the demo")
    for folder in (path, *path.parents):
        if folder.name.startswith("pytest-"):
            folder.chmod(0o711)
    path.chmod(0o711)
    return path


def test_the_first_page_comes_and_ctrl_c_stops_everything(home):
    with demo(home) as started:
        assert started.page() == 200
        rest = started.stop(signal.SIGINT)
        assert started.process.returncode == 0, rest
    assert "Stopped" in rest
    assert "Traceback" not in started.said + rest
    assert processes_below(home) == []


def test_the_second_start_is_quick_and_loses_nothing(home):
    with demo(home) as started:
        assert "loading the demo" not in started.said
        assert started.page() == 200
        assert started.seconds < SECOND_START_S_MAX


def test_r19_a_second_demo_in_the_same_folder_says_so(home):
    with demo(home):
        line, environment = command(home, "--port", "0")
        second = subprocess.run(
            line, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
    assert second.returncode == 2
    assert re.fullmatch(r"A demo is running in .* already.*\n", second.stderr)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_every_usual_end_leaves_nothing_behind(home, number):
    with demo(home) as started:
        started.stop(number)
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
    assert process.returncode == 0, rest
    assert "Traceback" not in rest
    assert processes_below(home) == []


def test_a_port_asked_for_and_taken_is_refused(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        line, environment = command(home, "--port", port)
        refused = subprocess.run(
            line, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
    assert refused.returncode == 2
    assert refused.stderr == f"Port {port} is taken; choose another with --port\n"


def test_the_usual_port_taken_gives_way_to_the_next(home):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        except OSError:  # somebody else has it, which is as good
            pass
        with demo(home, "--no-browser") as started:
            assert "Port 8000 is taken; using 80" in started.said
            assert started.page() == 200


def test_s28_the_secret_is_random_and_for_its_owner_only(home, open_folder):
    with demo(home), demo(open_folder):
        pass
    secrets = [folder / "secret" for folder in (home, open_folder)]
    assert secrets[0].read_text() != secrets[1].read_text()
    assert all(len(secret.read_text()) >= 64 for secret in secrets)
    assert all(stat.S_IMODE(secret.stat().st_mode) == 0o600 for secret in secrets)


def test_reset_starts_over(home):
    before = (home / "secret").read_text()
    keepsake = home / "not ours.txt"
    keepsake.write_text("kept")
    with demo(home, "--port", "0", "--reset") as started:
        assert "loading the demo" in started.said
    assert (home / "secret").read_text() != before
    assert keepsake.read_text() == "kept"


def test_a_database_with_other_things_in_it_is_left_alone(home, database_url):
    line, environment = command(home, "--port", "0")
    refused = subprocess.run(
        line,
        env=environment | {"DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert refused.returncode == 2
    assert "is not empty" in refused.stderr
