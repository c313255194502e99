"""CSV of any length → rows, one at a time; a broken row is told and the next one is read."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.listing import Opening, Row
from gongzhi.intake.looking import Looked
from gongzhi.intake.separated import sniffed

LINES_SNIFFED = 200
LINES_OF_A_ROW_MAX = 60  # a note of several lines in quotes; more is a quote never closed
RUNAWAYS_MAX = 1000
NAMED = re.compile(r"sep=(.)\s*", re.IGNORECASE)


class Runaway(Exception):
    """A quote was opened and not closed for as many lines as no row has."""


class Lines:
    """The lines of a file, those of the row at hand kept so that they can be given back."""

    def __init__(self, file: Iterator[str]) -> None:
        self.file = file
        self.kept: list[str] = []
        self.back: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        """Each line; whoever has made a row of lines clears what is kept."""
        kept, back = self.kept, self.back
        while True:
            line = back.pop() if back else next(self.file, None)
            if line is None:
                self.ended = True
                return
            kept.append(line)
            if len(kept) > LINES_OF_A_ROW_MAX:
                raise Runaway
            yield line

    def give_back(self) -> str:
        """The first line of the broken row; the others come again."""
        first, *others = self.kept
        self.kept.clear()
        self.back.extend(reversed(others))
        self.ended = False
        return first

    def are_torn(self, cells: int, *, usual: int) -> bool:
        """Whether several lines became a row that is none: of another width, or never closed."""
        open_at_end = self.ended and sum(line.count('"') for line in self.kept) % 2 == 1
        return open_at_end or (len(self.kept) > 1 and usual not in (0, cells))


def text_of(opening: Opening, looked: Looked) -> io.TextIOWrapper:
    """The file as text, behind its byte order mark; a byte that fits nowhere becomes �."""
    file = opening()
    file.seek(looked.mark_bytes)
    return io.TextIOWrapper(file, encoding=looked.charset, errors="replace", newline="")


def separator_of(opening: Opening, looked: Looked) -> tuple[str, int]:
    """The separator, and how many lines at the top only name it, as Excel writes it."""
    with text_of(opening, looked) as text:
        lines = list(islice(text, LINES_SNIFFED))
    if lines and (named := NAMED.fullmatch(lines[0])):
        return named[1], 1
    return sniffed("".join(lines)) or ",", 0


def streamed_rows(opening: Opening, looked: Looked) -> Iterator[Row | Problem]:
    """The rows that aren't blank, numbered as a spreadsheet numbers them."""
    separator, named = separator_of(opening, looked)
    with text_of(opening, looked) as text:
        lines = Lines(islice(text, named, None))
        yield from _rows(lines, separator, number=named)


def _rows(lines: Lines, separator: str, *, number: int) -> Iterator[Row | Problem]:
    for _ in range(RUNAWAYS_MAX):
        try:
            for row in _whole(csv.reader(lines, delimiter=separator), lines):
                number += 1
                if any(row):
                    yield number, row
        except (Runaway, csv.Error):
            number += 1
            yield _unclosed(lines.give_back(), number)
        else:
            return
    yield Problem(
        where=Where(row=number),
        what=Said("引号没有配对的行达到 {limit} 行，后面不再读", {"limit": RUNAWAYS_MAX}),
        hint=Said("请核对分隔符和引号，重新导出后再导入"),
    )


def _whole(reader: Iterator[list[str]], lines: Lines) -> Iterator[list[str]]:
    """The rows of the reader until one is torn."""
    kept, usual = lines.kept, 0
    for row in reader:
        if len(kept) == 1 and not lines.ended:
            usual = len(row)
        elif lines.are_torn(len(row), usual=usual):
            raise Runaway
        kept.clear()
        yield row


def _unclosed(line: str, number: int) -> Problem:
    start = line.strip()[:40]
    return Problem(
        where=Where(row=number),
        what=Said("这一行的引号没有配对：{start}", {"start": start}),
        hint=Said("请给这一行补上引号，或去掉多余的引号"),
    )
