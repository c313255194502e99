"""Witnesses as the programs that they are: over HTTP, killed at any moment, under five users."""

import http.client
import json
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gongzhi.core.ledger.keys import read_verifier_key
from gongzhi.core.ledger.note import check_note, read_note
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.proof import check_checkpoint
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.witnessing import ADD_CHECKPOINT, address_of
from witness.logs import ORIGIN, Log, rewritten

USERS = ("nobody", "daemon", "bin", "sys", "games")
START_S_MAX = 60


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "gongzhi", "witness", *arguments]


def surroundings() -> dict[str, str]:
    source = str(Path(__file__).parents[2] / "src")
    return {**os.environ, "PYTHONPATH": source, "GONGZHI_LANG": "zh"}


def told(*arguments: str) -> tuple[int, dict[str, object]]:
    """The status and the JSON object of a command."""
    done = subprocess.run(
        [*command(*arguments), "--json"],
        capture_output=True,
        text=True,
        env=surroundings(),
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    program = subprocess.Popen(
        command("serve", "--home", str(home), "--port", str(port)),
        env=surroundings(),
        start_new_session=True,
    )
    try:
        wait_for(port)
        yield port, program
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def wait_for(port: int) -> None:
    until = time.monotonic() + START_S_MAX
    while time.monotonic() < until:
        try:
            if answered(port, "GET", "/")[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the witness did not start")


def answered(port: int, method: str, path: str, body: bytes | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body)
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, content


def founded(home: Path, log: Log, *, name: str) -> str:
    arguments = ("init", "--home", str(home), "--name", name, "--log", log.key)
    status, made = told(*arguments)
    assert status == 0
    return str(made["policy_line"])


def test_a_witness_answers_a_log_over_http(tmp_path: Path, log: Log):
    line = founded(tmp_path, log, name="w.example")
    key = read_verifier_key(line.split()[2])
    with serving(tmp_path) as (port, _):
        status, body = answered(port, "POST", ADD_CHECKPOINT, log.request(0, 300).content)
        assert status == 200
        assert check_note(read_note(log.note(300) + body), keys=[key])
        assert answered(port, "GET", address_of(ORIGIN)) == (200, log.note(300) + body)
        lie = rewritten(5).request(300, 400).content
        assert answered(port, "POST", ADD_CHECKPOINT, lie)[0] == 422
        assert answered(port, "POST", ADD_CHECKPOINT, b"x" * 70_000)[0] == 413
        assert answered(port, "GET", ADD_CHECKPOINT)[0] == 405
        assert answered(port, "GET", "/nothing")[0] == 404
        second = subprocess.run(
            command("serve", "--home", str(tmp_path), "--port", str(free_port())),
            capture_output=True,
            text=True,
            env=surroundings(),
            check=False,
        )
        assert (second.returncode, "另一个程序" in second.stderr) == (1, True)
    assert told("status", "--home", str(tmp_path))[1]["logs"][0]["size"] == 300
    status, found = told("evidence", "--home", str(tmp_path))
    assert (status, len(found["evidence"])) == (1, 1)
    assert told("retire", "--home", str(tmp_path))[1]["retired"]
    refused = subprocess.run(
        command("poll", "--home", str(tmp_path)),
        capture_output=True,
        text=True,
        env=surroundings(),
        check=False,
    )
    assert (refused.returncode, "已经退役" in refused.stderr) == (1, True)


def test_a_witness_polls_a_folder_and_keeps_what_it_cosigned(tmp_path: Path, log: Log):
    published, home = tmp_path / "published", tmp_path / "home"
    log.publish(published, 300)
    arguments = ("--home", str(home), "--log", f"{log.key} {published}")
    assert told("init", "--name", "w.example", *arguments)[0] == 0
    assert told("poll", "--home", str(home)) == (
        0,
        {"logs": [{"origin": ORIGIN, "size": 300, "status": 200}]},
    )
    rewritten(5).publish(published, 500)
    status, polled = told("poll", "--home", str(home))
    assert (status, polled["logs"][0]["status"]) == (1, 422)


def test_r01_what_a_killed_witness_answered_it_still_knows(tmp_path: Path, log: Log, deep: bool):
    founded(tmp_path, log, name="w.example")
    size = 0
    for _ in range(50 if deep else 3):
        with serving(tmp_path) as (port, program):
            for _ in range(4):
                status, _ = answered(
                    port, "POST", ADD_CHECKPOINT, log.request(size, size + 3).content
                )
                assert status == 200
                size += 3
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
        note = next(tmp_path.glob("state/*/checkpoint")).read_text()
        assert note.startswith(log.note(size))


# The interpreter may lie where other users can't go: all is loaded before the user changes.
AS_USER = """
import os, sys
from gongzhi.cli import files, witnessing
os.setgroups([]); os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[1]))
sys.exit(files.main(["witness", *sys.argv[3:]]))
"""


def as_user(user: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    entry = pwd.getpwnam(user)
    who = (str(entry.pw_uid), str(entry.pw_gid))
    return subprocess.run(
        [sys.executable, "-c", AS_USER, *who, *arguments, "--json"],
        capture_output=True,
        text=True,
        env=surroundings(),
        check=False,
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start programs as other users")
def test_s66_five_parties_under_five_users_make_a_quorum(open_folder: Path, log: Log):
    published = open_folder / "published"
    log.publish(published, 300)
    lines, cosigned = [], log.note(300)
    for user in USERS:
        home = open_folder / user
        home.mkdir(mode=0o700)
        os.chown(home, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        where = ("--home", str(home))
        named = ("--name", f"{user}.example", "--log", f"{log.key} {published}")
        lines.append(json.loads(as_user(user, "init", *where, *named).stdout)["policy_line"])
    members = " ".join(line.split()[1] for line in lines)
    policy = read_policy(
        "\n".join([f"log {log.key}", *lines, f"group parties 4 {members}", "quorum parties\n"])
    )
    for number, user in enumerate(USERS[:4], start=1):
        assert as_user(user, "poll", "--home", str(open_folder / user)).returncode == 0
        note = next((open_folder / user).glob("state/*/checkpoint")).read_text()
        cosigned += note.removeprefix(log.note(300))
        if number < 4:
            with pytest.raises(RejectedError):
                check_checkpoint(cosigned, policy=policy)
    assert check_checkpoint(cosigned, policy=policy)[0].size == 300
    spied = as_user(USERS[1], "status", "--home", str(open_folder / USERS[0]))
    assert spied.returncode != 0, "a party reads another party's key"
    assert "Traceback" not in spied.stderr
