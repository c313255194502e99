"""What all benchmarks share: runs of whole programs, medians, the machine, a table."""

import contextlib
import os
import platform
import statistics
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
MB = 1024 * 1024
LOOK_EVERY_S = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run of a program took: time, processor time, memory of all its processes."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def run(command: Sequence[str]) -> Run:
    """Run a program and measure it together with everything that it starts."""
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = Peak(process.pid)
    process.wait()
    wall = time.perf_counter() - started
    after = os.times()
    cpu = after.children_user - before.children_user
    cpu += after.children_system - before.children_system
    return Run(wall_s=wall, cpu_s=cpu, peak_mb=peak.end() / MB)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class Peak:
    """The most memory that a program and its descendants held together, shared pages once."""

    def __init__(self, root: int) -> None:
        self.root = root
        self.bytes = 0
        self.over = threading.Event()
        self.watcher = threading.Thread(target=self._watch)
        self.watcher.start()

    def _watch(self) -> None:
        while not self.over.wait(LOOK_EVERY_S):
            self.bytes = max(self.bytes, sum(held(pid) for pid in family(self.root)))

    def end(self) -> int:
        """Stop looking."""
        self.over.set()
        self.watcher.join()
        return self.bytes


def family(root: int) -> list[int]:
    """A process and its descendants."""
    children = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has just ended
            fields = path.read_text().rpartition(")")[2].split()
            children[int(fields[1])].append(int(path.parent.name))
    found = [root]
    for pid in found:
        found += children[pid]
    return found


def held(pid: int) -> int:
    """The proportional share of a process: what it shares with others is divided among them."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
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
