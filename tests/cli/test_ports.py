"""Two programs of ours that start at the same moment never answer for each other."""

import subprocess
import sys

import pytest

from gongzhi.cli.ports import free_port, listening
from gongzhi.cli.telling import CannotRun

HOST = "127.0.0.1"
TRIES = f"from gongzhi.cli.ports import listening as f; print(f({HOST!r}, port=int(input())))"


def tried_by_another(port: int) -> str:
    """What a program finds that wants the port too, and then ends."""
    line = [sys.executable, "-W", "always::ResourceWarning", "-c", TRIES]
    done = subprocess.run(line, input=str(port), capture_output=True, text=True, check=True)
    assert done.stderr == "", "it closes what it opened"
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that go with a program")
def test_a_port_is_taken_before_anything_listens_there():
    port = free_port(HOST, wanted=0)

    assert tried_by_another(port) == "None"
    assert free_port(HOST, wanted=port) == port, "who has it may ask again"


def test_a_port_is_free_again_after_a_program_has_ended():
    port = int(tried_by_another(0))

    assert listening(HOST, port=port) == port


def test_a_port_that_no_machine_has_is_refused():
    with pytest.raises(CannotRun):
        free_port(HOST, wanted=70_000)
