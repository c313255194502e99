"""Two curves as a drawing: where each line, mark and word stands, in units of its view box."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from gongzhi.core.monitoring import Curves, Forecast
from gongzhi.core.monitoring.curves import Shares
from gongzhi.core.monitoring.figures import in_percent
from gongzhi.core.monitoring.plan import MONTHS

WIDTH, HEIGHT = 560, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 108, 14, 30
STEP = 0.25  # between the lines that mark the height
LOWEST, HIGHEST = -0.5, 2.0  # what lies beyond is cut off, and told by the table
APART = 22  # the least distance of two words under each other
QUARTER = 3
BARS = {"money": 6, "goals": 14}  # how far to the right of the year the intervals stand
CAP, LABEL = 3, 22


class Spot(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A curve: its way, its marks, its plan, the forecast of its end, its name there.

    A fan is drawn only of an interval that holds a stated share of ends; of others a bar shows how
    far they reach, so that a guess doesn't look like knowledge.
    """

    kind: str
    way: str
    marks: tuple[Spot, ...]
    planned: str
    fan: str
    ahead: str
    bar: str
    label: Spot | None
    text: str


class Tick(NamedTuple):
    """A word at an axis; a minor one is left out where there is little room."""

    at: float
    text: str
    minor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is drawn on: how large it is, and where its axes stand."""

    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing(Sheet):
    """Everything that is drawn."""

    name: str
    money: Line
    goals: Line
    gap: str
    today: float | None
    heights: tuple[Tick, ...]
    months: tuple[Tick, ...]

    @property
    def lines(self) -> tuple[Line, Line]:
        """Both curves, goals over money."""
        return self.money, self.goals


def drawn(
    curves: Curves,
    *,
    name: str,
    today: date,
    money: Forecast | None = None,
    goals: Forecast | None = None,
) -> Drawing:
    """The two curves of a year as of a day."""
    scale = _Scale(curves, today=today, forecasts=(money, goals))
    lines = _kept_apart(
        scale.line("money", curves.money, curves.money_planned, money),
        scale.line("goals", curves.goals, curves.goals_planned, goals),
    )
    return Drawing(
        name=name,
        money=lines[0],
        goals=lines[1],
        gap=scale.gap(),
        today=round(scale.x(scale.now), 1) if today.year == curves.year else None,
        heights=tuple(scale.heights()),
        months=tuple(
            Tick(round(scale.x(month), 1), str(month), bool(month % QUARTER))
            for month in range(1, MONTHS + 1)
        ),
    )


class _Scale:
    """How shares and months become places."""

    def __init__(
        self, curves: Curves, *, today: date, forecasts: Sequence[Forecast | None]
    ) -> None:
        self.curves = curves
        self.now = _moment(curves, today)
        known = [
            float(share)
            for shares in (curves.money, curves.goals, curves.money_planned, curves.goals_planned)
            for share in shares
            if share is not None
        ]
        known += [each.high for each in forecasts if each is not None]
        self.most = min(max([1.0, *known]), HIGHEST)
        self.least = max(min([0.0, *known]), LOWEST)

    def x(self, month: float) -> float:
        """Where a moment of the year stands; a month at its end."""
        return LEFT + month / MONTHS * (WIDTH - LEFT - RIGHT)

    def y(self, share: float) -> float:
        """Where a share stands."""
        kept = min(max(share, self.least), self.most)
        return TOP + (self.most - kept) / (self.most - self.least) * (HEIGHT - TOP - BOTTOM)

    def spot(self, month: float, share: float) -> Spot:
        return Spot(round(self.x(month), 1), round(self.y(share), 1))

    def line(self, kind: str, shares: Shares, planned: Shares, foreseen: Forecast | None) -> Line:
        spots = list(self._spots(shares))
        start = [self.spot(0, 0)] if spots and shares[0] is not None else []
        last = spots[-1] if spots else None
        return Line(
            kind=kind,
            way=_way([*start, *spots]),
            marks=tuple(spots),
            planned=self._planned(planned),
            fan=self._fan(shares, foreseen),
            ahead=self._ahead(shares, foreseen),
            bar=self._bar(foreseen, beside=BARS[kind]),
            label=Spot(WIDTH - RIGHT + LABEL, last.y + 4) if last else None,
            text=_last(shares),
        )

    def gap(self) -> str:
        """The ground between both curves, as far as both are known."""
        money, goals = [], []
        for month, (paid, done) in enumerate(
            zip(self.curves.money, self.curves.goals, strict=True), start=1
        ):
            if paid is not None and done is not None:
                at = self._at(month)
                money.append(self.spot(at, float(paid)))
                goals.append(self.spot(at, float(done)))
        return _area([*money, *reversed(goals)]) if len(money) > 1 else ""

    def heights(self) -> Iterator[Tick]:
        """Every quarter of the whole."""
        first, last = round(self.least / STEP), int(self.most / STEP)
        for number in range(first, last + 1):
            yield Tick(round(self.y(number * STEP), 1), f"{number * 25}", bool(number % 2))

    def _spots(self, shares: Shares) -> Iterator[Spot]:
        for month, share in enumerate(shares, start=1):
            if share is not None:
                yield self.spot(self._at(month), float(share))

    def _at(self, month: int) -> float:
        """The end of a month that is over; of the present one, now."""
        return month if month <= self.curves.ended else self.now

    def _planned(self, shares: Shares) -> str:
        known = [
            self.spot(month, float(share))
            for month, share in enumerate(shares, start=1)
            if share is not None
        ]
        return _way([self.spot(0, 0), *known]) if len(known) == len(shares) and known else ""

    def _fan(self, shares: Shares, foreseen: Forecast | None) -> str:
        """From where the curve stood at the end of the last month, to both ends of the interval."""
        if foreseen is None or foreseen.level is None or not self._goes_on():
            return ""
        ends = (self.spot(MONTHS, foreseen.low), self.spot(MONTHS, foreseen.high))
        return _area([self._stood(shares), *ends])

    def _ahead(self, shares: Shares, foreseen: Forecast | None) -> str:
        """From where the curve stood to the expected end."""
        if foreseen is None or not self._goes_on():
            return ""
        return _way([self._stood(shares), self.spot(MONTHS, foreseen.expected)])

    def _bar(self, foreseen: Forecast | None, *, beside: float) -> str:
        """How far the interval reaches, upright beside the year's end, with both ends marked."""
        if foreseen is None or not self._goes_on():
            return ""
        x = WIDTH - RIGHT + beside
        low, high = (self.spot(MONTHS, share).y for share in (foreseen.low, foreseen.high))
        return f"M{x - CAP} {low} h{2 * CAP} M{x} {low} V{high} M{x - CAP} {high} h{2 * CAP}"

    def _goes_on(self) -> bool:
        return 0 < self.curves.ended < MONTHS

    def _stood(self, shares: Shares) -> Spot:
        ended = self.curves.ended
        return self.spot(ended, float(shares[ended - 1] or 0))


def _moment(curves: Curves, today: date) -> float:
    """How many months of the year are over on a day, with the part of the present one."""
    if today.year != curves.year:
        return float(curves.month)
    return today.month - 1 + today.day / monthrange(today.year, today.month)[1]


def _last(shares: Shares) -> str:
    known = shares[-1] if shares else None
    return "" if known is None else in_percent(known)


def _way(spots: Sequence[Spot]) -> str:
    """A line through places."""
    if not spots:
        return ""
    return "M" + " L".join(f"{spot.x} {spot.y}" for spot in spots)


def _area(spots: Sequence[Spot]) -> str:
    return f"{_way(spots)} Z"


def _kept_apart(first: Line, second: Line) -> tuple[Line, Line]:
    """Both names readable: where they would stand on each other, they move apart."""
    one, other = first.label, second.label
    if one is None or other is None or abs(one.y - other.y) >= APART:
        return first, second
    middle = min(max((one.y + other.y) / 2, TOP + APART / 2), HEIGHT - BOTTOM - APART / 2)
    up, down = middle - APART / 2, middle + APART / 2
    ys = (up, down) if one.y <= other.y else (down, up)
    return (
        replace(first, label=one._replace(y=round(ys[0], 1))),
        replace(second, label=other._replace(y=round(ys[1], 1))),
    )
