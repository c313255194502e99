"""The demo as a person starts it: a program with a terminal's output."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

ADDRESS = "http://"


@dataclass(frozen=True)
class Started:
    """A running demo, where it answers, and what it said."""

    process: "subprocess.Popen[str]"
    address: str
    said: str

    def page(self, path: str = "/") -> int:
        """The status of a page."""
        try:
            with urlopen(self.address + path, timeout=30) as answer:  # noqa: S310 - our own
                return answer.status
        except HTTPError as error:
            return error.code

    def text(self, path: str) -> str:
        """What a page says."""
        with urlopen(self.address + path, timeout=30) as answer:  # noqa: S310 - our own
            return answer.read().decode()

    def stop(self, number: int) -> str:
        """Send a signal and wait; the rest of what it said."""
        self.process.send_signal(number)
        return self.process.communicate(timeout=60)[0]


def command(home: Path, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command line of a demo and its environment."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"GONGZHI_HOME": str(home), "GONGZHI_LANG": "en"}
    return [sys.executable, "-m", "gongzhi", "demo", "--no-browser", *arguments], environment


@contextmanager
def demo(home: Path, *arguments: str) -> Iterator[Started]:
    """A demo on a free port, killed at the end if it still runs."""
    line, environment = command(home, *(arguments or ("--port", "0")))
    process = subprocess.Popen(
        line,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield until_it_answers(process)
    finally:
        process.kill()
        process.communicate()


def until_it_answers(process: "subprocess.Popen[str]") -> Started:
    """Read until the address is printed."""
    said = ""
    for text in process.stdout:
        said += text
        if ADDRESS in text:
            address = ADDRESS + text.split(ADDRESS)[1].split("/")[0]
            return Started(process=process, address=address, said=said)
    raise AssertionError(f"the demo ended: {said}")


def processes_below(home: Path) -> list[str]:
    """The living processes that have to do with a folder."""
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True)
    return [text for text in listed.stdout.splitlines() if str(home) in text]
