"""Layouts that nobody has published: the reader finds what stands there, whatever the file."""

from decimal import Decimal
from typing import Any

import pytest

from gongzhi.core.terms import Form, Indicator, Paper
from gongzhi.papers.reader.printed import key
from papers.invented import INVENTED, Invented, Row
from papers.sketches import read, read_as

COLUMNS = (
    "level1", "level2", "level3", "target_text", "actual_text", "weight", "score", "reason",
)  # fmt: skip
NAMES = [layout.name for layout in INVENTED]


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, dict):
        return {name: plain(held) for name, held in value.items()}
    return key(value) if isinstance(value, str) else value


def rows_of(rows: tuple[Row, ...]) -> list[tuple[Any, ...]]:
    return [tuple(wanted(value) for value in row) for row in rows]


def row_of(indicator: Indicator) -> tuple[Any, ...]:
    return tuple(plain(getattr(indicator, name)) for name in COLUMNS)


def wanted(value: Any) -> Any:
    if value == "":
        return None
    if isinstance(value, str) and value.replace(".", "", 1).isdigit():
        return plain(Decimal(value))
    if isinstance(value, dict):
        return {name: wanted(held) for name, held in value.items()}
    return key(value) if isinstance(value, str) else value


def only_form(paper: Paper) -> Form:
    assert len(paper.forms) == 1, paper.problems
    return paper.forms[0]


def check(form: Form, layout: Invented) -> None:
    found = {name: plain(getattr(form, name)) for name in layout.fields}
    assert found == {name: wanted(value) for name, value in layout.fields.items()}
    assert [row_of(indicator) for indicator in form.indicators] == rows_of(layout.rows)
    long_term = [row_of(indicator) for indicator in form.long_term_indicators]
    assert long_term == rows_of(layout.long_term)
    if layout.possibilities:
        assert tuple(row.possibility for row in form.indicators) == layout.possibilities


@pytest.mark.parametrize("layout", INVENTED, ids=NAMES)
def test_an_invented_layout_is_read_whole(layout: Invented) -> None:
    check(only_form(read(layout.drawn)), layout)


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
@pytest.mark.parametrize("layout", INVENTED, ids=NAMES)
def test_the_same_form_reads_the_same_in_every_kind_of_file(layout: Invented, kind: str) -> None:
    check(only_form(read_as(kind, layout.drawn)), layout)


@pytest.mark.parametrize("layout", [one for one in INVENTED if one.flat], ids=lambda one: one.name)
def test_a_form_without_spans_is_read_from_csv(layout: Invented) -> None:
    check(only_form(read_as("csv", layout.drawn)), layout)
