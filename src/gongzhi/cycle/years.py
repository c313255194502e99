"""Rows of several years, asked for year by year: each year's own order is kept by an index."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.models import Watched

FEW = 10  # a year with fewer than one project in so many of the year before has just begun


def years_of(rows: QuerySet[Any]) -> list[int]:
    """The years that rows are of, the newest first; from one to the next, without reading all."""
    newest_first = rows.order_by("-fiscal_year").values_list("fiscal_year", flat=True)
    years: list[int] = []
    newest = newest_first.first()
    while newest is not None:
        years.append(newest)
        newest = newest_first.filter(fiscal_year__lt=newest).first()
    return years


def year_shown(today: date) -> FiscalYear:
    """The year that pages begin with: the newest so far of which most projects are watched.

    A year that has just begun shows nothing until its budget is there: the one before stays, also
    while no more than a few projects have goals of the new one.
    """
    so_far = Watched.objects.filter(fiscal_year__lte=today.year).order_by("-fiscal_year")
    counted = list(so_far.values_list("fiscal_year").annotate(Count("pk"))[:2])
    match counted:
        case [(_, begun), (before, whole)] if begun * FEW < whole:
            return int(before)
        case [(newest, _), *_]:
            return int(newest)
    return today.year


def shown_first(years: Iterable[FiscalYear], today: date) -> list[FiscalYear]:
    """Years, the one that pages begin with before the others, of which the newest comes first."""
    shown = year_shown(today)
    return sorted(years, key=lambda year: (year != shown, -year))


def is_first_year(year: int) -> bool:
    """Whether nothing was watched of any year before."""
    return not Watched.objects.filter(fiscal_year__lt=year).exists()


class YearByYear:
    """Rows of the newest year first, as a paginator reads them."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        counts = rows.order_by("-fiscal_year").values_list("fiscal_year").annotate(Count("pk"))
        self.counts: dict[int, int] = dict(counts)

    def count(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    def __getitem__(self, part: slice) -> list[Any]:
        found: list[Any] = []
        start, stop = part.start, part.stop
        for year, count in self.counts.items():
            if start < count and stop > 0:
                found += self.rows.filter(fiscal_year=year)[max(start, 0) : min(stop, count)]
            start, stop = start - count, stop - count
        return found
