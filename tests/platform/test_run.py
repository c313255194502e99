"""`./run` on machines that lack something: one line says what, and what to do (QUALITY R23)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
TOOLS = ("sh", "env", "cat", "cksum", "cut", "dirname", "id", "mkdir", "rm", "sed", "flock")


@pytest.fixture
def project(tmp_path):
    """A copy of what `run` needs, in a folder with a space and Chinese in its name."""
    folder = tmp_path / "我的 项目"
    shutil.copytree(REPOSITORY / "requirements", folder / "requirements")
    shutil.copy(REPOSITORY / "run", folder / "run")
    (folder / "src" / "gongzhi").mkdir(parents=True)
    (folder / "src" / "gongzhi" / "__main__.py").write_text("print('started')\n")
    (folder / "src" / "gongzhi" / "__init__.py").touch()
    return folder


@pytest.fixture
def tools(tmp_path):
    """A search path with the usual tools and no Python."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in TOOLS:
        if found := shutil.which(name):
            (folder / name).symlink_to(found)
    return folder


def python(tools: Path, script: str) -> None:
    """A command `python3` that behaves as the script says."""
    path = tools / "python3"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def run(project: Path, *arguments: str, tools: Path) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": str(tools), "HOME": str(project.parent), "LANG": "en_US.UTF-8"}
    return subprocess.run(
        [str(project / "run"), *arguments],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("script", [None, "echo Python 3.9.2; exit 1"])
def test_without_a_usable_python_it_names_the_packages(project, tools, script):
    if script:
        python(tools, script)
    done = run(project, "demo", tools=tools)
    assert done.returncode == 2
    assert "Python 3.11 to 3.13 is needed" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_without_venv_it_names_the_package(project, tools):
    python(tools, 'case "$*" in *ensurepip*) exit 1 ;; esac; exit 0')
    done = run(project, "demo", tools=tools)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "This Python lacks venv. Run: sudo apt-get install python3-venv"
    )


def test_an_unknown_command_prints_what_there_is(project, tools):
    done = run(project, "dance", tools=tools)
    assert done.returncode == 2
    assert "./run demo | test" in done.stdout


def test_a_ready_environment_is_used_as_it_is_in_any_folder(project, tools):
    """The stamp of a lock is enough: no installer is called, and the path may be any."""
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)
    lock = (project / "requirements" / "run.lock").read_bytes() + os.fsencode(project)
    stamp = subprocess.run(["cksum"], input=lock, capture_output=True, check=True).stdout
    (project / ".venv" / "run.stamp").write_bytes(stamp)

    done = run(project, "gongzhi", tools=tools)
    assert "Preparing" not in done.stderr
    assert done.returncode in (0, 1, 2)


@pytest.mark.deep
def test_r23_a_fresh_folder_gets_its_environment(project):
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    for expected in (True, False):
        done = subprocess.run(
            [str(project / "run"), "gongzhi"],
            env=environment | {"GONGZHI_LANG": "en"},
            cwd="/",
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == "started\n"
        assert ("Preparing" in done.stderr) is expected
