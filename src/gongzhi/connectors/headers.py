"""The header of a sheet: where it stands, what its columns are called, what a mapping finds."""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gongzhi.connectors.mapping import FactFrom, FieldFrom, Mapping
from gongzhi.intake.listing import Row

ROWS_LOOKED_AT = 40
PLACEHOLDER = re.compile(r"{([^{}]*)}")
NUMBERED = re.compile(r"(.*)#([0-9]{1,3})", re.DOTALL)
MARK = re.compile(r"[^\w]|_")


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """A column's name without case, spaces, accents and punctuation; one of marks only stays."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name)).casefold()
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return MARK.sub("", bare) or bare.strip()


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, and the number of the last row that belongs to the header."""

    names: tuple[str, ...]
    row: int = 1

    def at(self, name: str) -> int | None:
        """The column of that name, from 0; of several the first, or the one that #2 asks for."""
        places = self._places(name)
        if places:
            return places[0]
        if found := NUMBERED.fullmatch(name):
            nth = int(found[2]) - 1
            if not found[1]:
                return nth if 0 <= nth < len(self.names) else None
            places = self._places(found[1])
            return places[nth] if 0 <= nth < len(places) else None
        return None

    def _places(self, name: str) -> list[int]:
        wanted = normal(name)
        return [at for at, one in enumerate(self.names) if wanted and normal(one) == wanted]

    def closest(self, name: str) -> int | None:
        """The column whose name is most like it."""
        names = [normal(one) for one in self.names]
        found = difflib.get_close_matches(normal(name), names, n=1, cutoff=0.5)
        return names.index(found[0]) if found else None


def headers_of(rows: Sequence[Row], *, header_rows: int = 1) -> Iterator[Header]:
    """Every header that the first rows could be, from the top."""
    for at in range(len(rows) - header_rows + 1):
        lines = [cells for _, cells in rows[at : at + header_rows]]
        yield Header(_joined(lines), rows[at + header_rows - 1][0])


def _joined(lines: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Names of several rows as one; a title above goes for the columns to its right."""
    width = max(map(len, lines))
    names = [""] * width
    for depth, line in enumerate(lines):
        last = ""
        for at in range(width):
            here = line[at].strip() if at < len(line) else ""
            last = here or (last if depth < len(lines) - 1 else "")
            if last and last not in names[at].split(" "):
                names[at] = f"{names[at]} {last}".strip()
    return tuple(names)


def header_for(rows: Sequence[Row], mapping: Mapping) -> Header:
    """The header in which the mapping finds most of its columns."""
    wanted = [normal(name) for name in columns_named(mapping)]
    headers = headers_of(rows, header_rows=mapping.header_rows)
    best, most = Header(()), -1
    for header in headers:
        names = {normal(name) for name in header.names}
        found = sum(name in names for name in wanted)
        if found > most:
            best, most = header, found
    return widened(best, rows)


def widened(header: Header, rows: Sequence[Row]) -> Header:
    """The header with columns without a name where most rows have cells beyond its last name.

    Some programs leave the titles of what they add away; a single row that is too wide has a
    separator in a cell.
    """
    widths = sorted(_width(cells) for number, cells in rows if number > header.row)
    usual = widths[len(widths) // 2] if widths else 0
    return replace(header, names=header.names + ("",) * (usual - len(header.names)))


def _width(cells: Sequence[str]) -> int:
    """How many cells there are up to the last that says something."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)


def columns_named(mapping: Mapping) -> list[str]:
    """Every column that the mapping asks for, without their turns."""
    names = [*mapping.requires, *(choice.column for choice in (*mapping.skip, *mapping.only))]
    names.append(mapping.sums_above)
    for fact in mapping.facts:
        names += [choice.column for choice in (*fact.only, *fact.skip)]
        for each in turned(fact):
            for source in each.fields.values():
                names += [*source.columns, *PLACEHOLDER.findall(source.text)]
    return list(dict.fromkeys(filter(None, names)))


def turned(fact: FactFrom) -> Iterator[FactFrom]:
    """The fact once for every turn, the turn's words in place."""
    count = max(map(len, fact.each.values()), default=1)
    for turn in range(count):
        words = {f"<{name}>": each[turn] for name, each in fact.each.items()}
        fields = {name: _worded(source, words) for name, source in fact.fields.items()}
        yield replace(fact, fields=fields, each={})


def _worded(source: FieldFrom, words: dict[str, str]) -> FieldFrom:
    def put(text: str) -> str:
        for name, word in words.items():
            text = text.replace(name, word)
        return text

    return replace(
        source,
        columns=tuple(map(put, source.columns)),
        text=put(source.text),
        constant=None if source.constant is None else put(source.constant),
        unit_from=put(source.unit_from),
    )
