"""A bar that shows how far a long check is; on a terminal only."""

import shutil
import sys
from dataclasses import dataclass

from gongzhi.cli.terminal import fitted

BAR_COLUMNS = 24


@dataclass(slots=True)
class Progress:
    """How many of all files are done."""

    total: int
    done: int = 0

    @property
    def shown(self) -> bool:
        """Whether a person is waiting in front of a terminal."""
        return self.total > 1 and sys.stderr.isatty()

    def step(self, name: str) -> None:
        """One more is done."""
        self.done += 1
        if self.shown:
            full = BAR_COLUMNS * self.done // self.total
            bar = "█" * full + "░" * (BAR_COLUMNS - full)
            line = f"{bar} {self.done}/{self.total} {name}"
            sys.stderr.write("\r" + fitted(line, shutil.get_terminal_size().columns - 1))
            sys.stderr.flush()

    def end(self) -> None:
        """Leave no trace of the bar."""
        if self.shown and self.done:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
