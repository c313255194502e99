"""Real files written otherwise: the same facts come out, or a sentence that says why not.

What is done to a file is what offices do to one: columns moved, left out and put in, a title and a
total, another delimiter or charset, a row twice. An amount is never another one without a word.
"""

import csv
import io
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.files import xlsx_of
from gongzhi.connectors.importing import Importing
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.summing import Mode
from gongzhi.connectors.trying import Wanted, mappings_for, not_understood
from gongzhi.core.facts import BudgetFact, Fact, PaymentFact
from gongzhi.intake.listing import Listing
from real_input import real_input

ROWS = 12
FILES = {
    "minas": ("performance/brazil_mg/2023_full/acoes_monitoramento.csv", ""),
    "calderdale": (
        "payments/uk_councils/calderdale_clean_2012-2017.tar.xz",
        "calderdale/clean/2015-06.csv",
    ),
    "london": ("payments/uk_councils/gla_london_clean_all.tar.xz", "london/clean/2013-P01.csv"),
    "leeds": ("payments/uk_councils/leeds_raw_and_clean_dev.tar.xz", "leeds/raw/2010-12.csv"),
}
Table = list[list[str]]


@cache
def table_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The header and the first rows of a file."""
    outer, inner = FILES[name]
    room, *rest = outer.split("/")
    path = real_input(room).joinpath(*rest)
    if not inner:
        listing = open_source(path.name, path)
    else:
        with tarfile.open(path) as archive:
            found = archive.extractfile(inner)
            assert found is not None
            listing = open_source(inner, found.read())
    assert isinstance(listing, Listing)
    rows = islice((row for row in listing.sheets[0].rows() if isinstance(row, tuple)), ROWS + 1)
    return tuple(tuple(cells) for _, cells in rows)


def facts_of(name: str, content: bytes) -> tuple[list[Fact], str]:
    """The facts of a file and everything that is said of it."""
    listing = open_source(name, content)
    if not isinstance(listing, Listing):
        return [], listing.what.text
    mappings, guess = mappings_for(listing, Wanted())
    said = [doubt.what.text for doubt in guess.doubts] if guess else []
    if not mappings:
        return [], not_understood(listing, guess)[0].what.text
    importing = Importing(listing, mappings, mode=Mode.KEEP_GOOD)
    facts = [fact for batch in importing for fact in batch.facts]
    result = importing.result()
    said += [one.what.text for one in (*result.problems, *result.doubts)]
    return facts, "\n".join(said)


def told(facts: list[Fact]) -> list[tuple[object, ...]]:
    """What facts say, without where they were read."""
    return sorted(tuple(map(str, fact[:-2])) for fact in facts)


def amounts(facts: list[Fact]) -> set[Decimal]:
    """Every amount of money that facts state."""
    return {
        value
        for fact in facts
        if isinstance(fact, PaymentFact | BudgetFact)
        for value in fact
        if isinstance(value, Decimal)
    }


@dataclass(frozen=True, kw_only=True)
class Written:
    """How a table is written down again."""

    delimiter: str = ","
    charset: str = "utf-8"
    titles: int = 0
    blank_rows: bool = False
    blank_column: int | None = None
    twice: bool = False
    header_again: bool = False
    as_workbook: bool = False

    def content(self, table: Table) -> bytes:
        rows = [list(row) for row in table]
        if self.blank_column is not None:
            for row in rows:
                row.insert(self.blank_column % (len(row) + 1), "")
        header, *below = rows
        if self.header_again:
            below.insert(len(below) // 2, header)
        if self.twice:
            below.append(below[-1])
        if self.blank_rows:
            below = [each for row in below for each in (row, [""] * len(row))]
        above = [["资料 / data"] + [""] * (len(header) - 1)] * self.titles
        written = [*above, header, *below]
        if self.as_workbook:
            return xlsx_of(written, sheet="Sheet1")
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=self.delimiter).writerows(written)
        return out.getvalue().encode(self.charset)


WAYS = st.builds(
    Written,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    charset=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    titles=st.integers(0, 4),
    blank_rows=st.booleans(),
    blank_column=st.none() | st.integers(0, 40),
    header_again=st.booleans(),
    as_workbook=st.booleans(),
)
FEW = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", FILES)
@FEW
@given(way=WAYS, order=st.randoms(use_true_random=False))
def test_a_file_with_its_columns_moved_says_the_same(name, way, order):
    table = [list(row) for row in table_of(name)]
    columns = list(range(len(table[0])))
    order.shuffle(columns)
    moved = [[row[at] if at < len(row) else "" for at in columns] for row in table]

    expected, _ = facts_of("2023.csv", Written().content(table))
    found, _ = facts_of("2023.csv", way.content(moved))

    assert expected
    assert told(found) == told(expected)


@pytest.mark.parametrize("name", FILES)
@FEW
@given(way=WAYS, dropped=st.integers(0, 200))
def test_a_file_without_a_column_says_less_or_why_not(name, way, dropped):
    table = [list(row) for row in table_of(name)]
    at = dropped % len(table[0])
    less = [row[:at] + row[at + 1 :] for row in table]

    expected, _ = facts_of("2023.csv", Written().content(table))
    found, said = facts_of("2023.csv", way.content(less))

    assert found or said
    assert amounts(found) <= amounts(expected), said


@pytest.mark.parametrize("name", FILES)
@FEW
@given(way=WAYS)
def test_a_row_that_stands_twice_is_told(name, way):
    table = [list(row) for row in table_of(name)]

    once, _ = facts_of("2023.csv", way.content(table))
    twice, said = facts_of("2023.csv", replace(way, twice=True).content(table))

    assert len(once) <= len(twice) <= len(once) + len(once) // ROWS + 1
    assert "完全相同" in said or len(once) == len(twice)


RENAMED: dict[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "with spaces for underscores": lambda name: name.replace("_", " "),
    "with spaces around": lambda name: f"  {name} ",
}


@pytest.mark.parametrize("renamed", RENAMED)
@pytest.mark.parametrize("name", FILES)
def test_names_written_otherwise_are_the_same_names(name, renamed):
    header, *below = [list(row) for row in table_of(name)]

    expected, _ = facts_of("2023.csv", Written().content([header, *below]))
    found, _ = facts_of(
        "2023.csv", Written().content([list(map(RENAMED[renamed], header)), *below])
    )

    assert told(found) == told(expected)
