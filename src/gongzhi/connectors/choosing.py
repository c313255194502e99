"""Which mapping reads which sheet of a file."""

from collections.abc import Iterator, Sequence

from gongzhi.connectors.applying import REQUIRED, first_rows
from gongzhi.connectors.fitting import missing
from gongzhi.connectors.headers import Header, columns_named, header_for
from gongzhi.connectors.mapping import Mapping
from gongzhi.intake.listing import Listing, Row, Sheet


def fitting_sheets(
    listing: Listing, mappings: Sequence[Mapping]
) -> Iterator[tuple[Sheet, Mapping]]:
    """Every sheet with the mapping that fits it best; if none fits any, the first with the first.

    So a file that nothing fits still says which columns it lacks.
    """
    pairs = [
        (sheet, mapping)
        for sheet in listing.sheets
        if (mapping := best(sheet, mappings)) is not None
    ]
    if not pairs and listing.sheets and mappings:
        sheet = listing.sheet(mappings[0].sheet) or listing.sheets[0]
        pairs = [(sheet, mappings[0])]
    yield from pairs


def best(sheet: Sheet, mappings: Sequence[Mapping]) -> Mapping | None:
    """The mapping that finds all it must have in the sheet, and most of what it would like."""
    rows = first_rows(sheet)
    found: tuple[int, Mapping] | None = None
    for mapping in mappings:
        if mapping.sheet and sheet.name and mapping.sheet != sheet.name:
            continue
        header = header_for(rows, mapping)
        if missing(mapping, header, required=REQUIRED):
            continue
        count = _found(header, mapping)
        if found is None or count > found[0]:
            found = count, mapping
    return found[1] if found else None


def columns_found(rows: Sequence[Row], mapping: Mapping) -> tuple[int, int]:
    """How many columns the mapping finds, and how many of the sheet's have a name."""
    header = header_for(rows, mapping)
    return _found(header, mapping), sum(map(bool, header.names))


def _found(header: Header, mapping: Mapping) -> int:
    places = {header.at(name) for name in columns_named(mapping)}
    return len(places - {None})
