"""How the lines of a goal are planned by month, read, handed in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from random import Random

from gongzhi.city.invented.calendar import ROUNDS, YEAR, handed_in, read_on
from gongzhi.city.invented.catalogue import Season, Temper
from gongzhi.city.invented.goals import Line
from gongzhi.city.invented.values import Footing, Report
from gongzhi.core.facts import PlanFact, ReadingFact
from gongzhi.core.monitoring.plan import MONTHS, Course

WHOLE, PER_CENT = 1000, 100
FULL = 100  # of a percentage
MISSED = 0.05  # of levels are kept a little short of their target


def plans_of(line: Line, *, project: str, season: Season) -> tuple[PlanFact, ...]:
    """The figure that is due by each month's end, or in each month where it adds up."""
    if not line.gathers or not line.target:
        return ()
    due = due_by_month(line, season=season)
    if line.course is Course.ADDS_UP:
        due = [now - then for now, then in zip(due, [Decimal(0), *due], strict=False)]
    return tuple(
        PlanFact(project, YEAR, month, amount, line.draft.key)
        for month, amount in enumerate(due, start=1)
    )


def due_by_month(line: Line, *, season: Season) -> list[Decimal]:
    """The figure due by the end of each month."""
    target = float(line.target)
    return [line.rounded(target * share / WHOLE) for share in accumulate(season.work)]


def reports_of(
    line: Line,
    *,
    project: str,
    unit: str,
    season: Season,
    temper: Temper,
    months: Sequence[int],
    submitted: Mapping[int, date],
    chance: Random,
) -> Iterator[Report]:
    """The readings of a line in the months in which it is read, by the unit itself."""
    if line.gathers:
        values = _grown(line, season=season, temper=temper, months=months, chance=chance)
    else:
        values = _kept(line, months=months, chance=chance)
    before = 0
    for month, value in zip(months, values, strict=True):
        begins = before if line.course is not Course.SO_FAR else 0
        yield Report(
            reading=ReadingFact(
                project,
                line.draft.key,
                date(YEAR, begins + 1, 1),
                read_on(month),
                value,
                "",
                line.draft.measure,
                unit,
                "",
                line.draft.evidence,
            ),
            by=unit,
            footing=Footing.UNIT,
            submitted_on=submitted[month],
        )
        before = month


def _grown(
    line: Line, *, season: Season, temper: Temper, months: Sequence[int], chance: Random
) -> list[Decimal]:
    """Totals so far at the temper's pace, or what each period added."""
    due, extra = due_by_month(line, season=season), 0.98 + 0.06 * chance.random()
    most = FULL if line.draft.measure == "%" else float("inf")
    totals: list[Decimal] = []
    for month in months:
        share = temper.work[month - 1] / PER_CENT * extra
        total = line.rounded(min(float(due[month - 1]) * share, most))
        totals.append(max([total, *totals[-1:]]))
    if line.course is not Course.ADDS_UP:
        return totals
    return [now - then for now, then in zip(totals, [Decimal(0), *totals], strict=False)]


def _kept(line: Line, *, months: Sequence[int], chance: Random) -> list[Decimal]:
    """Levels around their target, mostly kept; what adds up stays below its limit."""
    is_short = chance.random() < MISSED
    level = _missed if is_short else _held
    most = FULL if line.draft.measure == "%" else float("inf")
    if line.course is not Course.ADDS_UP:
        return [line.rounded(min(level(line, chance.random()), most)) for _ in months]
    whole = level(line, chance.random())
    totals = [line.rounded(whole * month / MONTHS) for month in months]
    return [now - then for now, then in zip(totals, [Decimal(0), *totals], strict=False)]


def _held(line: Line, luck: float) -> float:
    target = float(line.target)
    if line.draft.target.startswith("="):
        return target
    return target * (0.84 + 0.15 * luck if line.less_is_better else 1.0 + 0.05 * luck)


def _missed(line: Line, luck: float) -> float:
    target = float(line.target)
    return target * (1.02 + 0.05 * luck if line.less_is_better else 0.94 + 0.05 * luck)


def months_read(*, monthly: bool, temper: str) -> tuple[int, ...]:
    """In which months a project is read: all, or every second; the silent miss two rounds."""
    months: Iterable[int] = range(1, MONTHS + 1) if monthly else ROUNDS
    return tuple(month for month in months if temper != "silent" or month not in (4, 6))


def submitted_on(months: Iterable[int], *, after: int, chance: Random) -> dict[int, date]:
    """When a unit hands in the readings of each month: about as late as it always is."""
    return {
        month: handed_in(month, max(1, after + int(3 * chance.random()) - 1)) for month in months
    }
