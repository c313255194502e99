"""What all benchmarks share: runs of whole programs, medians, the machine, a table."""

import os
import platform
import statistics
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
MB = 1024 * 1024
LOOK_EVERY_S = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run of a program took: time, processor time, memory of all its processes."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def run(command: Sequence[str]) -> Run:
    """Run a program with its children and measure them together."""
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    peak = Peak(process.pid)
    process.wait()
    wall = time.perf_counter() - started
    after = os.times()
    cpu = after.children_user - before.children_user
    cpu += after.children_system - before.children_system
    return Run(wall_s=wall, cpu_s=cpu, peak_mb=peak.end() / MB)


class Peak:
    """The largest sum of resident memory that a session's processes had together."""

    def __init__(self, session: int) -> None:
        self.session = session
        self.bytes = 0
        self.over = threading.Event()
        self.watcher = threading.Thread(target=self._watch)
        self.watcher.start()

    def _watch(self) -> None:
        while not self.over.wait(LOOK_EVERY_S):
            self.bytes = max(self.bytes, sum(resident(pid) for pid in of_session(self.session)))

    def end(self) -> int:
        """Stop looking."""
        self.over.set()
        self.watcher.join()
        return self.bytes


def of_session(session: int) -> list[int]:
    """The processes of a session."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if os.getsid(int(folder.name)) == session:
                    found.append(int(folder.name))
            except ProcessLookupError:
                continue
    return found


def resident(pid: int) -> int:
    """What a process holds in memory."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0


def median(runs: Sequence[Run]) -> Run:
    """The middle of each figure."""
    return Run(
        wall_s=statistics.median(run.wall_s for run in runs),
        cpu_s=statistics.median(run.cpu_s for run in runs),
        peak_mb=statistics.median(run.peak_mb for run in runs),
    )


def fingerprint() -> str:
    """The machine: processor, cores, memory, system, Python."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PHYS_PAGES") * PAGE_BYTES / MB / 1024
    load = os.getloadavg()[0]
    return (
        f"{cpu} · {os.cpu_count()} cores · {memory:.0f} GB · {platform.system()} "
        f"{platform.release()} · Python {platform.python_version()} · load {load:.1f}"
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its columns in line."""
    widths = [max(len(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |"
        for row in [heads, ["-" * width for width in widths], *rows]
    ]
    return "\n".join(lines)
