"""The sources whose files are known by their columns: each a file of mappings in rules/sources.

To add one: a file in rules/sources, its line in SOURCES, a sample in the tests.
"""

import tomllib
from collections.abc import Sequence
from functools import cache

from gongzhi.connectors.applying import first_rows
from gongzhi.connectors.choosing import best, columns_found
from gongzhi.connectors.mapping import Mapping
from gongzhi.connectors.mapping_record import mapping_from_record
from gongzhi.connectors.template import template_mappings
from gongzhi.intake.listing import Listing, Sheet
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
    mapping = best(sheet, mappings)
    if mapping is None:
        return None
    found, width = columns_found(first_rows(sheet), mapping)
    is_signed = bool(mapping.requires)
    return mapping if is_signed or found >= max(COLUMNS_LEAST, width * SHARE_LEAST) else None
