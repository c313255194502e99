"""The lines of a pabulib file, parted into its sections."""

import csv
import io
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from gongzhi.connectors.pabulib_words import bad, cleaned
from gongzhi.core.terms import Problem, Said
from gongzhi.intake.charset import decoded

NAMES = ("meta", "projects", "votes")
NEEDED = {"projects": ("project_id", "cost"), "votes": ("vote",)}
LINES_OF_A_CELL_MAX = 200
POINTS, COUNT_BITS = "\x00", 32  # between vote and points; the number of ballots alike


class Columns(NamedTuple):
    """Where a ballot's columns stand; below zero where there is none."""

    vote: int = -1
    points: int = -1
    voter: int = -1

    @classmethod
    def of(cls, heads: list[str]) -> Self:
        """The columns of a header."""
        names = ("vote", "points", "voter_id")
        return cls(*(heads.index(name) if name in heads else -1 for name in names))


@dataclass(slots=True)
class Sections:
    """What stands in the file: facts, projects by column, ballots by their text.

    Of ballots alike only their number and the first line are kept, in one whole number; of the
    voters' numbers only what tells whether one comes twice.
    """

    meta: dict[str, str] = field(default_factory=dict)
    projects: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)
    vote_heads: list[str] = field(default_factory=list)
    ballots: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    voters: "array[int]" = field(default_factory=lambda: array("q"))
    seen: set[str] = field(default_factory=set)

    def cast(self, row: list[str], line: int, at: Columns) -> None:
        """One more ballot: what stands in its columns."""
        text = row[at.vote].strip() if 0 <= at.vote < len(row) else ""
        if 0 <= at.points < len(row):
            text += POINTS + row[at.points].strip()
        self.rows += 1
        if 0 <= at.voter < len(row) and (voter := row[at.voter].strip()):
            self.voters.append(hash(voter))
        known = self.ballots.get(text)
        self.ballots[text] = (line << COUNT_BITS) + 1 if known is None else known + 1


def sections_of(content: bytes, problems: list[Problem]) -> Sections | None:
    """The sections, or None where one that is needed is missing."""
    text = decoded(content)
    if text is None or "\x00" in text[:4096]:
        problems.append(
            bad(Said("文件不是文本"), Said("请给 pabulib 的 .pb 文件（文本，可以用 gz、xz 压缩）"))
        )
        return None
    found = Sections()
    _fill(found, text, problems)
    missing = [name.upper() for name in NAMES if name not in found.seen]
    if missing:
        what = Said("缺少 {names} 一节", {"names": ", ".join(missing)})
        hint = Said("pabulib 文件有 META、PROJECTS、VOTES 三节，节名各占一行")
        problems.append(bad(what, hint))
        return None
    if "vote" not in found.vote_heads:
        problems.append(bad(Said("VOTES 一节没有 vote 列"), Said("表头写成 voter_id;vote")))
        return None
    return found


def _fill(found: Sections, text: str, problems: list[Problem]) -> None:
    section, heads, at = "", None, Columns()
    for line, row in _rows(text):
        if section == "votes" and heads is not None and (len(row) > 1 or at.vote == 0):
            found.cast(row, line, at)
            continue
        name = row[0].strip().lower()
        if name in NAMES and not any(cell.strip() for cell in row[1:]):
            section, heads = name, None
            if name in found.seen:
                told = Said("{name} 一节出现了两次，接着读", {"name": name.upper()})
                problems.append(bad(told, Said("请把两节合在一起"), row=line))
            found.seen.add(name)
        elif heads is None:
            heads = [cell.strip().lower() for cell in row]
            _begin(found, section, heads, line, problems)
            at = Columns.of(heads)
        elif section == "votes":
            found.cast(row, line, at)
        elif section == "meta":
            found.meta[row[0].strip().lower()] = row[1].strip() if len(row) > 1 else ""
        elif section == "projects":
            cells = (cell.strip() for cell in row)
            found.projects.append((line, dict(zip(heads, cells, strict=False))))


def _begin(
    found: Sections, section: str, heads: list[str], line: int, problems: list[Problem]
) -> None:
    if section == "votes":
        found.vote_heads = heads
    lacking = [name for name in NEEDED.get(section, ()) if name not in heads]
    if section == "projects" and lacking:
        told = {"names": ", ".join(lacking), "heads": cleaned(";".join(heads))}
        what = Said("PROJECTS 一节没有 {names} 列；表头是 {heads}", {**told})
        problems.append(bad(what, Said("表头写成 project_id;cost;name"), row=line))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that say something, with the number of their line; cells in quotes may have breaks."""
    lines = enumerate(io.StringIO(text, newline=None), start=1)
    for number, line in lines:
        if '"' not in line:
            if not line.isspace():
                yield number, line.rstrip("\n").split(";")
            continue
        whole, more = line, 0
        while whole.count('"') % 2 and more < LINES_OF_A_CELL_MAX:
            _, following = next(lines, (0, None))
            if following is None:
                break
            whole += following
            more += 1
        yield number, _quoted(whole)


def _quoted(line: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\n")], delimiter=";"), [""]) or [""]
    except csv.Error:
        return line.rstrip("\n").split(";")
