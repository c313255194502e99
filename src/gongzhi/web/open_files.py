"""A set of open data as the lines of a csv or json file, written as its rows come."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gongzhi.connectors.template import cell_of
from gongzhi.rules.open_data import Dataset, load_open_data
from gongzhi.web.table_files import BOM

Rows = Iterable[Sequence[object]]


def described_set(dataset: Dataset) -> dict[str, Any]:
    """What a set is and what its fields mean, in both languages."""
    return {
        "code": dataset.code,
        "name": {"zh": dataset.name.zh, "en": dataset.name.en},
        "about": {"zh": dataset.about.zh, "en": dataset.about.en},
        "source": {"zh": dataset.source.zh, "en": dataset.source.en},
        "fields": [
            {"code": each.code, "zh": each.name.zh, "en": each.name.en, "unit": each.unit}
            for each in dataset.fields
        ],
    }


def licence() -> dict[str, str]:
    """Under which licence all sets are given."""
    found = load_open_data()
    return {"zh": found.licence.zh, "en": found.licence.en, "url": found.licence_url}


def csv_lines(dataset: Dataset, rows: Rows) -> Iterator[str]:
    """The lines of a csv file; its heads are the codes of the fields."""
    yield BOM + _line([each.code for each in dataset.fields])
    for row in rows:
        yield _line([cell_of(value) for value in row])


def json_lines(dataset: Dataset, rows: Rows) -> Iterator[str]:
    """An object with the set's description and its rows, an object each; amounts are texts."""
    head = json.dumps({**described_set(dataset), "licence": licence()}, ensure_ascii=False)
    yield f'{head[:-1]}, "rows": [\n'
    names, before = [each.code for each in dataset.fields], ""
    for row in rows:
        told = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        yield before + json.dumps(told, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _line(cells: list[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue()
