"""CSV and pasted text → one table, or paragraphs where no separator divides the lines."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from gongzhi.intake.charset import decoded_somehow
from gongzhi.intake.document import Cell, Contents, Paragraph, Table
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.package import TooMuch

SEPARATORS = ",\t;|"
LINES_LOOKED_AT = 50


def read_separated(content: bytes) -> Contents:
    """The rows of a CSV file; the first line may name the separator, as Excel writes it."""
    text = decoded_somehow(content)
    first, _, rest = text.partition("\n")
    named = first.strip().lower()
    if named.startswith("sep=") and len(named) == 5:
        return _table(rest, named[-1])
    separator = sniffed(text)
    if separator is None:
        lines = (line.strip() for line in text.splitlines())
        return Contents(blocks=tuple(Paragraph(text=line) for line in lines if line))
    return _table(text, separator)


def sniffed(text: str) -> str | None:
    """The separator that divides most lines, the same in most of them; None if there is none."""
    best, best_vote = None, 1
    for separator in SEPARATORS:
        rows = list(_rows("\n".join(text.splitlines()[: LINES_LOOKED_AT * 4]), separator))
        widths = Counter(len(row) for row in rows[:LINES_LOOKED_AT] if len(row) > 1)
        vote = max(widths.values(), default=0)
        if vote > best_vote:
            best, best_vote = separator, vote
    return best


def _table(text: str, separator: str) -> Contents:
    cells, row = [], 0
    for row, fields in enumerate(_rows(text, separator)):
        if row >= LIMITS.sheet_rows_max:
            raise TooMuch("rows")
        if len(fields) > LIMITS.sheet_columns_max:
            raise TooMuch("columns")
        cells += [
            Cell(row=row, column=column, text=field.strip())
            for column, field in enumerate(fields) if field.strip()
        ]  # fmt: skip
        if len(cells) > LIMITS.cells_max:
            raise TooMuch("cells")
    return Contents(blocks=(Table(number=1, cells=tuple(cells)),) if cells else ())


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=separator)
