"""What a project promises: about ten lines of its own kind and of the indicator library."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random

from gongzhi.city.invented.calendar import YEAR
from gongzhi.city.invented.catalogue import Output, Work
from gongzhi.core.facts import TargetFact
from gongzhi.core.goals import DraftIndicator
from gongzhi.core.goals.aspects import Aspect, Stage
from gongzhi.core.goals.drafts import Asked, Ground, Measured
from gongzhi.core.goals.library import LibraryIndicator
from gongzhi.core.indicators.numbers import number
from gongzhi.core.monitoring.plan import Course
from gongzhi.rules.indicators import load_library

LINES = 10
EXECUTION_WEIGHT = 10  # points of 执行率, which make up 100 with those of the lines
POINTS = {Stage.OUTPUT: 50, Stage.BENEFIT: 30, Stage.SATISFACTION: 10}
# A line of every kind that a frame asks for, then more until there are enough.
FILLING = (
    "any-finished-on-time",
    "any-settlement-over-budget",
    "any-acceptance-rate",
    "any-people-reached",
    "any-satisfaction-of-the-served",
    "any-upkeep-arranged",
    "any-work-finished",
    "any-policy-known",
    "any-jobs-created",
    "any-money-delivered-on-time",
)
ONE_OF_A_KIND = {Aspect.TIMELINESS, Aspect.COST, Aspect.SATISFACTION}
SIGNS = {True: "≤", False: "≥"}
PER_CENT, WHOLE = "%", 100
WITH_CENTS, WHOLE_FROM = 2, 20  # figures below have two places; targets from there on have none
COUNTED = {"人", "户", "个", "件", "场", "次", "天", "人次", "家", "套", "起", "人天", "套（户）"}
NAMED_AS_COUNTS = ("数", "面积", "里程", "人次", "车次")
ASKED = "问卷调查，抽样 {count} 份"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a goal as it will be followed: its draft, its course, its figures.

    places is how many decimal places its figures have.
    """

    draft: DraftIndicator
    course: Course
    target: Decimal
    less_is_better: bool
    places: int

    @property
    def gathers(self) -> bool:
        """Whether the figure grows towards its target."""
        return self.course is not Course.KEPT and not self.less_is_better

    def rounded(self, value: float) -> Decimal:
        """A figure of this line, with its places."""
        return rounded(value, places=self.places)

    def as_target(self, project: str) -> TargetFact:
        """The line as a fact."""
        draft = self.draft
        return TargetFact(
            project=project,
            indicator=draft.key,
            year=YEAR,
            name=draft.name,
            value=self.target,
            text=draft.target_text,
            measure=draft.measure,
            less_is_better=self.less_is_better,
            course=self.course.value,
            weight=draft.weight,
            baseline=draft.baseline,
        )


def lines_of(work: Work, *, money: int, people: int, chance: Random) -> tuple[Line, ...]:
    """The lines of a project of a kind; money is in 10,000 yuan."""
    own = [_own(output, number=at, money=money) for at, output in enumerate(work.own, start=1)]
    given = {code: _given(rest, money=money) for code, rest in work.library if rest}
    entries = _entries(work, count=LINES - len(own))
    taken = (
        from_library(each, people=people, chance=chance, target=given.get(each.code))
        for each in entries
    )
    return weighted([*own, *taken])


def _given(text: str, *, money: int) -> Decimal:
    """A target that follows from the work: =475 as it stands, |0.35 for 10,000 yuan."""
    figure = Decimal(text[1:])
    return figure if text.startswith("=") else nice(float(figure) * money)


def _entries(work: Work, *, count: int) -> Iterator[LibraryIndicator]:
    """The entries that suit the work, then those of every kind that are still missing."""
    library = load_library()
    chosen = [library[code] for code, _ in work.library]
    there = {entry.aspect for entry in chosen}
    for code in FILLING:
        entry = library[code]
        if len(chosen) >= count:
            break
        if entry not in chosen and not (entry.aspect in ONE_OF_A_KIND and entry.aspect in there):
            chosen.append(entry)
    yield from chosen


def _own(output: Output, *, number: int, money: int) -> Line:
    target = nice(max(output.per * money, 1))
    draft = DraftIndicator(
        name=output.name if output.name.endswith(NAMED_AS_COUNTS) else f"{output.name}数量",
        level1=Aspect.QUANTITY.level1,
        level2=Aspect.QUANTITY.level2,
        target=f"≥{target:f}",
        measure=output.measure,
        ground=Ground.PLAN,
        measured=Measured.DIRECTLY,
        source="项目台账",
        evidence="验收单、影像资料",
        is_core=number == 1,
        key=f"own-{number}",
    )
    return Line(
        draft=draft,
        course=Course.SO_FAR,
        target=target,
        less_is_better=False,
        places=0 if target == target.to_integral() else 1,
    )


def from_library(
    entry: LibraryIndicator, *, people: int, chance: Random, target: Decimal | None = None
) -> Line:
    """A line taken from the library, with a target as they usually are."""
    target = target or _target(entry, people=people, chance=chance)
    less = entry.less_is_better
    places = _places(target, entry.unit.zh)
    satisfaction = entry.aspect is Aspect.SATISFACTION
    level1, level2 = heading_of(entry.aspect)
    draft = DraftIndicator(
        name=entry.name.zh,
        level1=level1,
        level2=level2,
        target=f"{'=' if entry.kind == 'equal' else SIGNS[less]}{target:f}",
        measure=entry.unit.zh,
        less_is_better=less,
        baseline=_baseline(entry, target, places=places, chance=chance),
        ground=Ground.HISTORY,
        measured=entry.measured,
        source=entry.source.zh,
        evidence=entry.evidence.zh,
        asked=_asked(entry, people=people) if satisfaction else None,
        key=entry.code,
        library=entry.code,
    )
    return Line(draft=draft, course=entry.course, target=target, less_is_better=less, places=places)


def heading_of(aspect: Aspect) -> tuple[str, str]:
    """Where the usual frame prints an aspect; its costs stand under output."""
    if aspect.stage is Stage.COST:
        return Aspect.QUANTITY.level1, Aspect.COST.level2
    return aspect.level1, aspect.level2


def _asked(entry: LibraryIndicator, *, people: int) -> Asked:
    count = min(max(people // 20, 30), 600) // 10 * 10
    return Asked(
        who=entry.name.zh.removesuffix("满意度") or "服务对象",
        how_many=count,
        instrument=ASKED.format(count=count),
    )


def _target(entry: LibraryIndicator, *, people: int, chance: Random) -> Decimal:
    if entry.code == "any-people-reached":
        return nice(people)
    ranged = [each for each in entry.typical if each.low is not None and each.high is not None]
    if ranged:
        low, high = float(ranged[0].low or 0), float(ranged[0].high or 0)
        share = 1.0 if entry.kind == "equal" else 0.35 + 0.5 * chance.random()
        return _as_written(low + (high - low) * share, entry.unit.zh)
    example = _example(entry.code)
    if entry.kind == "equal" or not example:
        return example
    return nice(float(example) * (0.7 + 0.7 * chance.random()))


@cache
def _example(code: str) -> Decimal:
    printed = number(load_library()[code].example)
    assert printed is not None, f"the example of {code} is a figure"
    return printed.value


def _baseline(
    entry: LibraryIndicator, target: Decimal, *, places: int, chance: Random
) -> Decimal | None:
    """Last year's figure: worse than the target, or nobody would have to promise anything."""
    if entry.course is Course.ADDS_UP or entry.kind == "equal" or not target:
        return None
    share = 0.84 + 0.12 * chance.random()
    found = rounded(float(target) * (2 - share if entry.less_is_better else share), places=places)
    return None if found == target else found


def _as_written(value: float, unit: str) -> Decimal:
    """A target as people write it: whole where it is large enough or counts whole things."""
    whole = value >= WHOLE_FROM or unit in COUNTED
    return rounded(value, places=0 if whole else _places(Decimal(value), unit))


def _places(target: Decimal, unit: str) -> int:
    """How many places the figures of a unit have."""
    size = abs(target)
    if unit in COUNTED:
        return 0
    if size < WITH_CENTS:
        return 2
    return 1 if (unit == PER_CENT and size <= WHOLE) or size < WHOLE_FROM else 0


def weighted(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with their weights: as the usual frame divides 90 points."""
    groups = {stage: [each for each in lines if _stage(each) is stage] for stage in POINTS}
    assert all(groups.values()), "every level-1 kind has a line"
    parts = {stage: iter(_parts(POINTS[stage], len(group))) for stage, group in groups.items()}
    return tuple(_with_weight(each, next(parts[_stage(each)])) for each in lines)


def _stage(line: Line) -> Stage:
    return next(stage for stage in POINTS if stage.value and line.draft.level1 == _level1(stage))


@cache
def _level1(stage: Stage) -> str:
    return next(aspect.level1 for aspect in Aspect if aspect.stage is stage)


def _parts(points: int, count: int) -> list[int]:
    """Whole points, the first lines having those that are left over."""
    each, left = divmod(points, count)
    return [each + (at < left) for at in range(count)]


def _with_weight(line: Line, weight: int) -> Line:
    return replace(line, draft=replace(line.draft, weight=Decimal(weight)))


def rounded(value: float, *, places: int) -> Decimal:
    """A figure with so many places."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def nice(value: float) -> Decimal:
    """A figure as people set targets: two leading digits, then zeros."""
    if value < 20:
        return Decimal(max(round(value), 1))
    figure = Decimal(round(value))
    step = Decimal(10) ** (len(str(figure)) - 2)
    return (figure / step).to_integral_value(ROUND_HALF_UP) * step
