"""Units add to their readings the tables that these were computed from, place by place."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from gongzhi.city.invented.tabled import Tabled, load_tabled
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.terms import Problem
from gongzhi.cycle.actions.evidence import Shown, add_evidence
from gongzhi.cycle.models import Reading
from gongzhi.intake.screening import screened
from gongzhi.papers.workbook import Column, Kind, Sheet, workbook

WIDE = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabling:
    """The tables behind readings, for those who add them."""

    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each table on its day."""
        for tabled in load_tabled():
            yield decided_on(tabled.on, partial(self._add, tabled))

    def _add(self, tabled: Tabled) -> None:
        read = Reading.objects.filter(
            project__code=tabled.project,
            indicator=tabled.indicator,
            organisation__code=tabled.by,
            ends_on__month=tabled.month,
        )
        reading = read.order_by("id").last()
        if reading is None:
            return  # whoever plays the unit hasn't read it
        file = screened(tabled.name, content_of(tabled))
        assert not isinstance(file, Problem), f"{tabled.name}: {file}"
        shown = Shown(kind="file", shows=tabled.shows, made_on=tabled.on, source=tabled.source)
        by = self.people.member(tabled.by, "officer")
        add_evidence(by=by, reading=reading, shown=shown, file=file)


def content_of(tabled: Tabled) -> bytes:
    """The table as a workbook: words first, then figures."""
    is_figure = [each.isdecimal() for each in tabled.rows[0]]
    columns = [
        Column(title, Kind.FIGURE) if figure else Column(title, width=WIDE)
        for title, figure in zip(tabled.columns, is_figure, strict=True)
    ]
    rows = [
        [Decimal(cell) if figure else cell for cell, figure in zip(row, is_figure, strict=True)]
        for row in tabled.rows
    ]
    return workbook([Sheet(name="表", columns=columns, rows=rows)])
