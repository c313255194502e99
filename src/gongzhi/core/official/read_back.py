"""What a paper that was read brings beside what is kept: what has no place, what differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.goals.drafts import DraftGoal, DraftIndicator
from gongzhi.core.indicators.canonical import canonical, says_nothing
from gongzhi.core.indicators.numbers import number
from gongzhi.core.official.declaration import GoalDeclaration
from gongzhi.core.official.monitored import MonitoredIndicator, MonitoringSheet
from gongzhi.core.official.periods import period_of
from gongzhi.core.terms import Money, Said


class State(StrEnum):
    """How something stated stands beside what is kept."""

    SAME = "same"
    DIFFERS = "differs"
    NEW = "new"  # nothing is kept
    SILENT = "silent"  # the paper says nothing
    UNKNOWN = "unknown"  # an indicator that nobody promised
    OTHER_UNIT = "other_unit"  # a figure in another unit than its target


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOrWords:
    """What a box says of an indicator: a figure, or words."""

    value: Decimal | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedLine:
    """An indicator as a sheet states it beside what is kept; key is that of the promise."""

    stated: MonitoredIndicator
    kept: str
    key: str
    figure: FigureOrWords
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedMoney:
    """An amount as a sheet states it beside what is kept."""

    name: Said
    stated: Money | None
    kept: Money | None
    state: State


def unplaced(declaration: GoalDeclaration, *, known: DraftGoal) -> tuple[Said, ...]:
    """The labels of what a declaration states and a draft has no field for."""
    other_class = declaration.functional not in ("", known.functional)
    other_period = declaration.period and period_of(declaration.period) is None
    told = (
        (bool(other_period), Said("项目期")),
        (other_class, Said("支出功能分类")),
    )
    return tuple(label for states, label in told if states)


def figure_of(text: str, *, target: str) -> FigureOrWords | None:
    """What a box says: a figure in the unit of its target or in none; None if in another unit."""
    if says_nothing(text):
        return FigureOrWords()
    printed, promised = number(text), number(target)
    if printed is None or printed.sign not in ("", "="):
        return FigureOrWords(words=text)
    unit = promised.unit if promised else ""
    if printed.unit and promised is not None and printed.unit != unit:
        return None
    return FigureOrWords(value=printed.value)


def compared(
    stated: MonitoringSheet, *, kept: MonitoringSheet, goal: DraftGoal
) -> tuple[ComparedLine, ...]:
    """The indicators of a sheet beside those of the sheet that would be written now."""
    known = {line.key: here for line, here in zip(goal.indicators, kept.indicators, strict=True)}
    left = {line.key: line for line in goal.indicators}
    return tuple(_compared(line, left, known) for line in stated.indicators)


def compared_money(stated: MonitoringSheet, *, kept: MonitoringSheet) -> Iterator[ComparedMoney]:
    """The whole money of a sheet beside what is kept; what a sheet leaves out isn't compared."""
    theirs, ours = stated.money.total, kept.money.total
    for name, one, other in (
        (Said("年初预算数"), theirs.initial, ours.initial),
        (Said("全年预算数"), theirs.budget, ours.budget),
        (Said("执行数"), theirs.paid, ours.paid),
    ):
        if one is not None:
            yield ComparedMoney(name=name, stated=one, kept=other, state=_state(one, other))


def _state(stated: object, kept: object) -> State:
    if kept is None:
        return State.NEW
    return State.SAME if stated == kept else State.DIFFERS


def _compared(
    line: MonitoredIndicator,
    left: dict[str, DraftIndicator],
    known: Mapping[str, MonitoredIndicator],
) -> ComparedLine:
    """A line beside the promise that it is about, which is taken out of those left."""
    promised = _promised(line, left)
    if promised is None:
        return ComparedLine(
            stated=line, kept="", key="", figure=FigureOrWords(), state=State.UNKNOWN
        )
    del left[promised.key]
    target, kept = promised.target_text, known[promised.key].done
    figure = figure_of(line.done, target=target)
    if figure is None:
        state, figure = State.OTHER_UNIT, FigureOrWords()
    elif figure == FigureOrWords():
        state = State.SILENT
    else:
        state = _state(figure, figure_of(kept, target=target) if kept else None)
    return ComparedLine(stated=line, kept=kept, key=promised.key, figure=figure, state=state)


def _promised(
    line: MonitoredIndicator, left: Mapping[str, DraftIndicator]
) -> DraftIndicator | None:
    """The promise of that name, under the same headings if there are several."""
    named = [each for each in left.values() if canonical(each.name) == canonical(line.name)]
    headed = (each for each in named if (each.level1, each.level2) == (line.level1, line.level2))
    return next(headed, None) or next(iter(named), None)
