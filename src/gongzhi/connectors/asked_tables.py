"""The tables of an allocation's file: a workbook's sheets, or the lists of a JSON object."""

import unicodedata
from collections.abc import Mapping, Sequence

from gongzhi.connectors.asked_money import (
    COLUMNS,
    HOW,
    PROJECTS,
    ROWS_MAX,
    SETTING_NAMES,
    SETTINGS,
    SHEETS,
    Entry,
)
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.listing import Listing, Sheet

Tables = dict[str, list[Entry]]


def tables_of_sheets(listing: Listing) -> Tables | Problem:
    """The entries of a workbook, by the names of SHEETS; a single sheet is that of projects."""
    found: Tables = {}
    for sheet in listing.sheets:
        key = _sheet(sheet.name)
        if key is None and len(listing.sheets) == 1:
            key = PROJECTS
        if key is None:
            continue
        entries = _entries(sheet, key)
        if isinstance(entries, Problem):
            return entries
        found[key] = entries
    if PROJECTS not in found:
        return Problem(where=Where(), what=Said("没有“项目”这张表"), hint=HOW)
    return found


def _sheet(name: str) -> str | None:
    plain = _plain(name).lower()
    return next((key for key, names in SHEETS.items() if plain in names), None)


def _entries(sheet: Sheet, key: str) -> list[Entry] | Problem:
    found: list[Entry] = []
    places: dict[str, int] | None = None
    for row in sheet.rows():
        if isinstance(row, Problem):
            return row
        number, cells = row
        if places is None:
            places = _places(cells, key)
            missing = _missing(places, key)
            if missing is not None:
                where = Where(sheet=sheet.name, row=number)
                what = Said("没有“{name}”这一列", {"name": missing})
                return Problem(where=where, what=what, hint=HOW)
            continue
        if len(found) >= ROWS_MAX:
            what = Said("超过 {most} 行", {"most": ROWS_MAX})
            return Problem(where=Where(sheet=sheet.name), what=what, hint=HOW)
        held = {name: _at(cells, at) for name, at in places.items()}
        if any(held.values()):
            columns = {name: at + 1 for name, at in places.items()}
            found.append(Entry(sheet=sheet.name, row=number, cells=held, places=columns))
    return found


def _places(cells: Sequence[str], key: str) -> dict[str, int]:
    heads = [_plain(cell).lower() for cell in cells]
    found = {}
    for name, known in COLUMNS[key].items():
        at = next((heads.index(each) for each in known if each in heads), None)
        if at is not None:
            found[name] = at
    return found


def _missing(places: Mapping[str, int], key: str) -> str | None:
    needed = {"projects": ("id", "base", "asked"), "limits": ("of", "name")}
    columns = needed.get(key, tuple(COLUMNS[key]))
    absent = next((name for name in columns if name not in places), None)
    return None if absent is None else COLUMNS[key][absent][1]


def tables_of_object(given: object) -> Tables | Problem:
    """The entries of a JSON object: lists under the names of SHEETS, settings beside them."""
    if not isinstance(given, Mapping) or not isinstance(given.get(PROJECTS), list):
        return Problem(where=Where(), what=Said("应是一个对象，里面有 projects 的列表"), hint=HOW)
    found: Tables = {}
    for key in SHEETS:
        rows = given.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            what = Said("“{name}”应是对象的列表", {"name": key})
            return Problem(where=Where(), what=what, hint=HOW)
        if len(rows) > ROWS_MAX:
            what = Said("超过 {most} 行", {"most": ROWS_MAX})
            return Problem(where=Where(), what=what, hint=HOW)
        found[key] = [_entry(key, number, row) for number, row in enumerate(rows, 1)]
    rules = given.get("rules")
    for name in SETTING_NAMES:
        value = given.get(name, rules.get(name) if isinstance(rules, Mapping) else None)
        if value is not None:
            cells = {"name": name, "value": _worded(value)}
            found[SETTINGS].append(Entry(sheet=name, row=1, cells=cells))
    return found


def _entry(key: str, number: int, row: Mapping[str, object]) -> Entry:
    cells = {name: _worded(row.get(name)) for name in COLUMNS[key]}
    return Entry(sheet=key, row=number, cells=cells)


def _worded(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _at(cells: Sequence[str], column: int) -> str:
    return _plain(cells[column]) if column < len(cells) else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
