"""Two versions of a goal side by side: what was changed, and whether it became easier.

Indicators are the same where their keys are, else their names, else under one kind with nearly the
same name; their order counts for nothing. difference(a, a) is empty.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from fractions import Fraction

from gongzhi.core.goals.aspects import Stage
from gongzhi.core.goals.drafts import DraftGoal, DraftIndicator, Funds
from gongzhi.core.goals.likeness import alike
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.numbers import number
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said, SaidValues

COMPARED_MAX = 2000  # letters; comparing letter by letter takes quadratic time
RENAMED = Fraction(3, 5)  # names this alike are one indicator under a new name


class Mark(StrEnum):
    """What became of a part of a text, or of an indicator."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


class Ease(StrEnum):
    """Whether a target became easier to reach."""

    EASIER = "easier"
    HARDER = "harder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of letters of two texts: in both, only in the earlier, only in the later."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field that differs, as both versions show it; pieces to mark it letter by letter."""

    field: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()
    ease: Ease | None = None
    arithmetic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorChange:
    """An indicator that was added, removed or changed; its places in both versions."""

    mark: Mark
    name: str
    before: int | None = None
    after: int | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that differs between two versions of a goal."""

    changes: tuple[Change, ...] = ()
    indicators: tuple[IndicatorChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.changes and not self.indicators

    @property
    def eased(self) -> tuple[IndicatorChange, ...]:
        """The indicators whose target became easier."""
        return tuple(
            each
            for each in self.indicators
            if any(change.ease is Ease.EASIER for change in each.changes)
        )

    @property
    def said(self) -> Said:
        """The difference in one sentence."""
        if self.is_empty:
            return Said("两个版本相同")
        counts = {mark: sum(each.mark is mark for each in self.indicators) for mark in Mark}
        values: SaidValues = {
            "changed": counts[Mark.CHANGED],
            "added": counts[Mark.ADDED],
            "removed": counts[Mark.REMOVED],
            "fields": len(self.changes),
        }
        said = Said(
            "指标改 {changed} 项、增 {added} 项、删 {removed} 项，其他改动 {fields} 处", values
        )
        if not self.eased:
            return said
        return Said("{said}；目标放松 {eased} 项", {"said": said, "eased": len(self.eased)})


def difference(before: DraftGoal, after: DraftGoal) -> Difference:
    """What differs, the goal's own fields first, then indicator by indicator."""
    return Difference(
        changes=tuple(_fields(before, after)), indicators=tuple(_indicators(before, after))
    )


def _figure(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _asked(indicator: DraftIndicator) -> str:
    asked = indicator.asked
    if asked is None:
        return ""
    count = "" if asked.how_many is None else str(asked.how_many)
    return " ".join(part for part in (asked.who, count, asked.instrument) if part)


def _funds(funds: Funds, *, total: Decimal | None = None) -> str:
    amounts = (total, funds.fiscal, funds.carried, funds.other)
    shown = [_figure(amount) or "—" for amount in amounts]
    return " · ".join(shown) if any(amount is not None for amount in amounts) else ""


GOAL_FIELDS: dict[str, Callable[[DraftGoal], str]] = {
    "project": lambda goal: goal.project,
    "functional": lambda goal: goal.functional,
    "text": lambda goal: goal.text,
    "budget": lambda goal: _figure(goal.budget),
    "funds": lambda goal: _funds(goal.funds),
    "people": lambda goal: _figure(goal.people),
    "starts_on": lambda goal: goal.starts_on.isoformat() if goal.starts_on else "",
    "ends_on": lambda goal: goal.ends_on.isoformat() if goal.ends_on else "",
    "beneficiaries": lambda goal: "；".join(
        f"{each.who} {_figure(each.count)}{each.measure}" for each in goal.beneficiaries
    ),
    "activities": lambda goal: "；".join(
        f"{each.name} {_figure(each.money)}".strip() for each in goal.activities
    ),
    "nature": lambda goal: goal.nature,
    "medium_text": lambda goal: goal.medium.text,
    "medium_funds": lambda goal: _funds(goal.medium.funds, total=goal.medium.budget),
}
INDICATOR_FIELDS: dict[str, Callable[[DraftIndicator], str]] = {
    "name": lambda each: each.name,
    "level1": lambda each: each.level1,
    "level2": lambda each: each.level2,
    "target": lambda each: each.target_text,
    "weight": lambda each: _figure(each.weight),
    "baseline": lambda each: _figure(each.baseline),
    "ground": lambda each: each.ground or "",
    "measured": lambda each: each.measured or "",
    "standard": lambda each: each.standard,
    "source": lambda each: each.source,
    "evidence": lambda each: each.evidence,
    "asked": _asked,
    "core": lambda each: "★" if each.is_core else "",
    "medium": lambda each: each.medium,
    "course": lambda each: each.course or "",
}


def _fields(before: DraftGoal, after: DraftGoal) -> Iterator[Change]:
    for field, shown in GOAL_FIELDS.items():
        yield from _changed(field, shown(before), shown(after))


def _changed(field: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(field=field, before=before, after=after, pieces=pieces(before, after))


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as runs of letters; very long ones as a whole each."""
    if max(len(before), len(after)) > COMPARED_MAX:
        runs = [(Mark.REMOVED, before), (Mark.ADDED, after)]
    else:
        runs = list(_runs(before, after))
    return tuple(Piece(mark=mark, text=text) for mark, text in runs if text)


def _runs(before: str, after: str) -> Iterator[tuple[Mark, str]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield Mark.KEPT, before[first:last]
        else:
            yield Mark.REMOVED, before[first:last]
            yield Mark.ADDED, after[start:end]


def _indicators(before: DraftGoal, after: DraftGoal) -> Iterator[IndicatorChange]:
    partner = _partners(before.indicators, after.indicators)
    for at, later in enumerate(after.indicators):
        was = partner.get(at)
        if was is None:
            yield IndicatorChange(mark=Mark.ADDED, name=later.name, after=at)
            continue
        changes = tuple(_changes(before.indicators[was], later))
        if changes:
            yield IndicatorChange(
                mark=Mark.CHANGED, name=later.name, before=was, after=at, changes=changes
            )
    for at, earlier in enumerate(before.indicators):
        if at not in partner.values():
            yield IndicatorChange(mark=Mark.REMOVED, name=earlier.name, before=at)


def _partners(
    before: tuple[DraftIndicator, ...], after: tuple[DraftIndicator, ...]
) -> dict[int, int]:
    """Of each later indicator the earlier one that it is, by place."""
    found: dict[int, int] = {}
    free = dict.fromkeys(range(len(before)))
    for is_same in (_same_key, _same_name, _renamed):
        for at, later in enumerate(after):
            if at in found:
                continue
            # the one in its own place first, so that equal lists pair up one to one
            order = sorted(free, key=lambda place: (place != at, place))
            match = next((was for was in order if is_same(before[was], later)), None)
            if match is not None:
                found[at] = match
                del free[match]
    return found


def _same_key(one: DraftIndicator, other: DraftIndicator) -> bool:
    return bool(one.key) and one.key == other.key


def _same_name(one: DraftIndicator, other: DraftIndicator) -> bool:
    return canonical(one.name) == canonical(other.name)


def _renamed(one: DraftIndicator, other: DraftIndicator) -> bool:
    return one.aspect is other.aspect and alike(one.name, other.name) >= RENAMED


def _changes(before: DraftIndicator, after: DraftIndicator) -> Iterator[Change]:
    for field, shown in INDICATOR_FIELDS.items():
        if field == "target" and shown(before) != shown(after):
            yield _target_change(before, after)
        else:
            yield from _changed(field, shown(before), shown(after))


def _target_change(before: DraftIndicator, after: DraftIndicator) -> Change:
    """A target as text; where both are numbers of one unit, also by how much and which way."""
    one, other = before.target_text, after.target_text
    earlier, later = number(one), number(other)
    change = Change(field="target", before=one, after=other, pieces=pieces(one, other))
    if earlier is None or later is None or earlier.unit != later.unit:
        return change
    if earlier.value == later.value:
        return change  # only the sign, the unit's spelling or blanks
    less = after.less_is_better
    if less is None:
        costs = after.aspect is not None and after.aspect.stage is Stage.COST
        less = later.sign in ("≤", "<") or (later.sign in ("", "=") and costs)
    easier = later.value > earlier.value if less else later.value < earlier.value
    step = later.value - earlier.value
    sign = "+" if step > 0 else "−"
    return replace(
        change,
        ease=Ease.EASIER if easier else Ease.HARDER,
        arithmetic=f"{plain(earlier.value)} {sign} {plain(abs(step))} = {plain(later.value)}",
    )
