"""Which files a command was given: files as they are, folders by what lies in them."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gongzhi.papers.checking import CheckedFile
from gongzhi.papers.paths import printable, unreadable

# in a folder other files lie about too; a file named itself is always tried
FORM_ENDINGS = frozenset(
    (".docx", ".doc", ".xlsx", ".xlsm", ".xls", ".pdf", ".html", ".htm", ".csv")
)
OFFICE_LOCK = "~$"


@dataclass(slots=True)
class Inputs:
    """What there is to check, what can't be opened, and how many files are of other kinds."""

    paths: list[Path] = field(default_factory=list)
    unusable: list[CheckedFile] = field(default_factory=list)
    passed_over: int = 0
    from_folder: bool = False


def inputs_of(given: Iterable[Path]) -> Inputs:
    """Every file once, in the order given, folders in the order of their names."""
    found = Inputs()
    for path in given:
        if path.is_dir():
            found.from_folder = True
            _look_into(path, found)
        else:
            found.paths.append(path)
    found.paths = list(dict.fromkeys(found.paths))
    return found


def _look_into(folder: Path, found: Inputs) -> None:
    def closed(error: OSError) -> None:
        name = printable(str(error.filename))
        found.unusable.append(CheckedFile(name=name, problems=(unreadable(error),)))

    for parent, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith((".", OFFICE_LOCK)):
                continue
            if Path(name).suffix.lower() in FORM_ENDINGS:
                found.paths.append(Path(parent) / name)
            else:
                found.passed_over += 1
