"""Which part of a sweep an ordinary run takes: another one at each commit, the same at the same.

A sweep names each thing that it tries. One of so many is tried, by the thing's name and by a word
that is the commit's unless `--sample` gives another; the full numbers try everything.
"""

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from machine import REPOSITORY

SHORT = 12
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Sample:
    """A word that chooses a part of each sweep, or everything."""

    word: str
    whole: bool = False

    @property
    def seed(self) -> int:
        """What the word makes of chance."""
        return crc32(self.word.encode())

    def takes(self, name: str, *, one_of: int) -> bool:
        """Whether what is called so belongs to the part; each name does for one turn of so many."""
        return self.whole or (crc32(name.encode()) + self.seed) % one_of == 0

    def comes_to(self, row: int, *, of: int) -> bool:
        """Whether a row of so many is the part; there is one at each turn."""
        return self.whole or self.seed % of == row


def lasting(address: str) -> str:
    """An address without the identifiers that each run makes anew."""
    return IDENTIFIER.sub("…", address)


@cache
def word_of_commit() -> str:
    """The commit that is checked out when first asked; one word where there is no repository."""
    asked = ["git", "-C", str(REPOSITORY), "rev-parse", f"--short={SHORT}", "HEAD"]
    try:
        found = subprocess.run(asked, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "none"
    return found.stdout.strip() or "none"
