"""The sources whose files are known by their columns: each a file of mappings in rules/sources.

To add one: a file in rules/sources, its line in SOURCES, a sample in the tests.
"""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache

from gongzhi.connectors.applying import first_rows
from gongzhi.connectors.choosing import best, columns_found
from gongzhi.connectors.dialect import currency_of, order_of
from gongzhi.connectors.headers import Header, header_for
from gongzhi.connectors.mapping import Mapping
from gongzhi.connectors.mapping_record import mapping_from_record
from gongzhi.connectors.template import template_mappings
from gongzhi.intake.listing import Listing, Row, Sheet
from gongzhi.rules.columns import load_fact_rules
from gongzhi.rules.sources import source_text

SOURCES = (
    "ocds",
    "england",
    "jerez",
    "madrid",
    "minas_gerais",
    "tenjo",
    "china_provinces",
)
COLUMNS_LEAST, SHARE_LEAST = 4, 0.3


@cache
def load_source(name: str) -> tuple[Mapping, ...]:
    """The mappings of a source."""
    given = tomllib.loads(source_text(name))["mapping"]
    return tuple(map(mapping_from_record, given))


def known_mappings() -> tuple[Mapping, ...]:
    """Our own templates, then the mappings of every source."""
    of_sources = (mapping for name in SOURCES for mapping in load_source(name))
    return (*template_mappings(), *of_sources)


def recognised(listing: Listing, saved: Sequence[Mapping] = ()) -> tuple[Mapping, ...]:
    """The mappings that fit sheets of the file; those that the installation saved go first."""
    found: list[Mapping] = []
    for sheet in listing.sheets:
        mapping = _of(sheet, saved) or _of(sheet, known_mappings())
        if mapping is not None and mapping not in found:
            found.append(mapping)
    return tuple(found)


def _of(sheet: Sheet, mappings: Sequence[Mapping]) -> Mapping | None:
    rows = first_rows(sheet)
    fitting = [each for each in mappings if not _is_another(rows, each)]
    mapping = best(sheet, fitting)
    if mapping is None:
        return None
    found, width = columns_found(rows, mapping)
    is_signed = bool(mapping.requires)
    return mapping if is_signed or found >= max(COLUMNS_LEAST, width * SHARE_LEAST) else None


def _is_another(rows: Sequence[Row], mapping: Mapping) -> bool:
    """Whether a layout lacks every column of its own, or writes days or money as another does."""
    if not mapping.any_of:
        return False
    header = header_for(rows, mapping)
    if all(header.at(name) is None for name in mapping.any_of):
        return True
    if mapping.requires:
        return False
    below = [cells for number, cells in rows if number > header.row]
    signs = {currency_of([cell]) for cell in _money(header, below, mapping)} - {""}
    return order_of(below) not in ("ymd", mapping.order) or bool(signs - {mapping.currency})


def _money(header: Header, rows: Sequence[Sequence[str]], mapping: Mapping) -> Iterator[str]:
    """The cells of the columns that the mapping takes for money."""
    for fact in mapping.facts:
        rules = load_fact_rules()[fact.kind].fields
        columns = [
            at
            for name, source in fact.fields.items()
            if rules[name].holds == "money"
            for column in source.columns
            if (at := header.at(column)) is not None
        ]
        yield from (row[at] for row in rows for at in columns if at < len(row))
