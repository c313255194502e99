"""How participation fares as a table: csv for programs, xlsx for people."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from gongzhi.papers.workbook import Column, Kind, Sheet, Value
from gongzhi.web.pages.participation.health.seen import COLUMN_NAMES, Line
from gongzhi.web.table_files import table_file, titled

Part = tuple[str, str, Sequence[Line]]  # its code, its name, its lines


def health_file(parts: Sequence[Part], *, kind: str, year: int) -> HttpResponseBase:
    """All parts of a year one below the other, each line with what it is a part of."""
    columns = titled(
        [
            Column("年度", Kind.COUNT, 8),
            Column("分类", width=12),
            Column("名称", width=36),
            *(Column(name.text, Kind.COUNT, 12) for name in COLUMN_NAMES.values()),
        ]
    )
    sheet = Sheet(name=_("参与情况"), columns=columns, rows=_rows(parts, year=year))
    return table_file(sheet, name=f"gongzhi-participation-{year}", kind=kind)


def _rows(parts: Sequence[Part], *, year: int) -> Iterator[tuple[Value, ...]]:
    for _code, name, lines in parts:
        for line in lines:
            called = line.name if isinstance(line.name, str) else _(line.name.text)
            yield (year, name, called, *(count.number for count in line.counts))
