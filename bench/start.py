"""How long a demo takes to its first page: the first start, which grows the city, and the next.

Each round starts over in a folder of its own; what counts is the line with the address, which
the demo prints once the first page has come.
"""

import signal
import statistics
import subprocess
import sys
import tempfile
import time
from os import environ
from pathlib import Path

from measuring import fingerprint, table

ROUNDS = 3
ANSWER_S_MAX = 120


def seconds_to_first_page(home: Path) -> float:
    """Start a demo, wait for its address, stop it."""
    inherited = {name: value for name, value in environ.items() if name != "DATABASE_URL"}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "gongzhi", "demo", "--no-browser", "--port", "0"],
        env={**inherited, "GONGZHI_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = ""
    for line in process.stdout:
        said += line
        if "http://" in line:
            break
    else:
        raise SystemExit(f"the demo ended: {said}")
    seconds = time.monotonic() - began
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=ANSWER_S_MAX)
    return seconds


def main() -> None:
    first, second = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as around:
            Path(around).chmod(0o711)
            home = Path(around) / "home"
            home.mkdir(mode=0o711)
            first.append(seconds_to_first_page(home))
            second.append(seconds_to_first_page(home))
    print(fingerprint())
    rows = [
        ("first start", f"{statistics.median(first):.1f}", f"{max(first):.1f}"),
        ("second start", f"{statistics.median(second):.1f}", f"{max(second):.1f}"),
    ]
    print(table(["to the first page", "median s", "slowest s"], rows))


if __name__ == "__main__":
    main()
