"""How far an indicator got by each month, from what one source or several read.

Where sources disagree within a month and nothing is settled, the reading that is least favourable
to the promise counts, and the dispute is kept: nothing is overwritten. A figure that
gathers counts as result ÷ target. A level to be kept, and whatever should stay below a limit,
counts as much of the plan's share of the year as it was kept: nobody has kept a year's quality in
March, but nobody is late with it either.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.monitoring.facts import Reading
from gongzhi.core.monitoring.figures import NOTHING, WHOLE
from gongzhi.core.monitoring.plan import Course, Promised
from gongzhi.core.terms import Ratio

DegreeShares = Mapping[Degree, Ratio]  # what words count for


class Dispute(NamedTuple):
    """A month in which sources read different figures of an indicator, and nobody settled it."""

    month: int
    low: Decimal
    high: Decimal


class Progress(NamedTuple):
    """An indicator by month, up to the present one; None before its first reading.

    planned are the shares of the target due by each month's end; values are the year's figures,
    reached the shares of the target (above 1 if beyond it), progress those that count in the goals.
    """

    promised: Promised
    planned: tuple[Ratio, ...]
    values: tuple[Decimal | None, ...]
    reached: tuple[Ratio | None, ...]
    progress: tuple[Ratio | None, ...]
    disputes: tuple[Dispute, ...] = ()
    read_on: date | None = None

    @property
    def value(self) -> Decimal | None:
        """The figure as it stands."""
        return self.values[-1] if self.values else None

    def counts(self, month: int) -> bool:
        """Whether it stands behind the goals of a month: it was read, or should have been."""
        expected = self.promised.by_month
        return self.progress[month - 1] is not None or bool(expected and expected[month - 1])

    def due(self, month: int) -> Ratio | None:
        """What should be reached by the end of a month: the planned share; of a level all of it.

        None before the first month is over.
        """
        if month <= 0:
            return None
        return self.planned[month - 1] if self.promised.gathers else WHOLE

    def pace(self, month: int, *, read_by: int | None = None) -> Ratio | None:
        """Reached ÷ due at the end of a month; None where nothing was read or due.

        read_by is the month up to which readings count, the same one unless told otherwise.
        """
        at, due = read_by or month, self.due(month)
        now = self.reached[at - 1] if 0 < at <= len(self.reached) else None
        return now / due if now is not None and due else None


def progress_of(
    promised: Promised,
    readings: Sequence[Reading],
    *,
    month: int,
    ended: int,
    even: tuple[Ratio, ...],
    degrees: DegreeShares,
) -> Progress:
    """An indicator's progress by month from its readings within the year.

    month is the present one, ended how many are over; even is taken where nothing was planned.
    """
    planned = promised.by_month or even
    read, disputes = _read(promised, readings, degrees=degrees)
    values = _carried(promised.course, read, month=month)
    reached = _reached(promised, values)
    return Progress(
        promised=promised,
        planned=planned,
        values=values,
        reached=reached,
        progress=_counted(promised, reached, planned=planned, ended=ended),
        disputes=disputes,
        read_on=max([reading.read_on for reading in readings], default=None),
    )


def _read(
    promised: Promised, readings: Sequence[Reading], *, degrees: DegreeShares
) -> tuple[dict[int, Decimal], tuple[Dispute, ...]]:
    """The figure of each month that was read, and the months whose sources disagree."""
    read: dict[int, Decimal] = {}
    for reading in readings:
        month, value = reading.read_on.month, _figure(reading, degrees)
        if month in read:
            return _read_of_many(promised, readings, degrees=degrees)
        if value is not None:
            read[month] = value
    return read, ()


def _read_of_many(
    promised: Promised, readings: Sequence[Reading], *, degrees: DegreeShares
) -> tuple[dict[int, Decimal], tuple[Dispute, ...]]:
    """The same where a month was read more than once, by one source or by several."""
    by_month: dict[int, list[Reading]] = {}
    for reading in readings:
        by_month.setdefault(reading.read_on.month, []).append(reading)
    read: dict[int, Decimal] = {}
    disputes = []
    for month, group in by_month.items():
        figures = _by_source(promised, group, degrees=degrees)
        if not figures:
            continue
        low, high = min(figures), max(figures)
        read[month] = high if promised.less_is_better else low
        if low < high:
            disputes.append(Dispute(month, low, high))
    return read, tuple(sorted(disputes))


def reach(promised: Promised, value: Decimal) -> Ratio:
    """The share of the target that a figure is; 反向 target ÷ figure; never below nothing.

    In words the figure is that share itself. A target of nothing is kept by nothing alone.
    """
    target = promised.target
    if target is None:
        return value if value > 0 else NOTHING
    if promised.less_is_better:
        if value <= target:
            return WHOLE
        return max(target, NOTHING) / value if value > 0 else NOTHING
    if target <= 0:
        return WHOLE if value >= target else NOTHING
    return value / target if value > 0 else NOTHING


def _by_source(
    promised: Promised, group: list[Reading], *, degrees: DegreeShares
) -> tuple[Decimal, ...]:
    """What each source read in a month; a settled reading silences the others."""
    settled = [reading for reading in group if reading.settled]
    sources: dict[str, list[Reading]] = {}
    for reading in settled or group:
        sources.setdefault("" if settled else reading.source, []).append(reading)
    found = (_of_one(promised.course, mine, degrees=degrees) for mine in sources.values())
    return tuple(value for value in found if value is not None)


def _of_one(
    course: Course, readings: Iterable[Reading], *, degrees: DegreeShares
) -> Decimal | None:
    """A source's figure of a month: its sum, its largest, or the one of its last day."""
    figures = [
        (reading.read_on, value)
        for reading in readings
        if (value := _figure(reading, degrees)) is not None
    ]
    if not figures:
        return None
    if course is Course.ADDS_UP:
        return sum((value for _, value in figures), start=NOTHING)
    if course is Course.PEAK:
        return max(value for _, value in figures)
    return max(figures)[1]


def _figure(reading: Reading, degrees: DegreeShares) -> Decimal | None:
    if reading.value is not None or reading.degree is None:
        return reading.value
    return degrees[reading.degree]


def _carried(
    course: Course, read: Mapping[int, Decimal], *, month: int
) -> tuple[Decimal | None, ...]:
    """The year's figure at each month: added up, the largest, or the last one carried on."""
    if course is Course.ADDS_UP or course is Course.PEAK:
        months = sorted(read)
        figures = [read[number] for number in months]
        sums = accumulate(figures) if course is Course.ADDS_UP else accumulate(figures, max)
        read = dict(zip(months, sums, strict=True))
    now: Decimal | None = None
    return tuple([now := read.get(number, now) for number in range(1, month + 1)])


def _reached(promised: Promised, values: Sequence[Decimal | None]) -> tuple[Ratio | None, ...]:
    """The share of the target at each month; a figure that is carried on is divided once."""
    shares: list[Ratio | None] = []
    before: Decimal | None = None
    share: Ratio | None = None
    for value in values:
        if value is not before:
            share = None if value is None else reach(promised, value)
            before = value
        shares.append(share)
    return tuple(shares)


def _counted(
    promised: Promised,
    reached: Sequence[Ratio | None],
    *,
    planned: tuple[Ratio, ...],
    ended: int,
) -> tuple[Ratio | None, ...]:
    """What counts in the goals; a level counts for months that are over, not for the present."""
    if promised.gathers:
        return tuple([share if share is None or share <= WHOLE else WHOLE for share in reached])
    due = (NOTHING, *planned)
    return tuple(
        None if share is None else min(share, WHOLE) * due[min(month, ended)]
        for month, share in enumerate(reached, start=1)
    )
