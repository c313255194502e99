"""What other numbers would change in what the computation says to a reader; nothing is kept.

Only numbers of sides that the reader sees can be supposed. A resident's limit is never one of
them: nobody tries out what a household would put up with (clause 7.4).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongzhi.core.balance.negotiating import (
    Case,
    Changeable,
    Compared,
    Side,
    changed,
    compared,
    faults,
    negotiate,
    number_of,
)
from gongzhi.core.balance.negotiating.differing import OF_CRITERIA, OF_NO_SIDE, OF_OPTIONS
from gongzhi.core.terms import Said
from gongzhi.forum.negotiation_computing import Computed

NO_SIDE, NO_OPTION = Said("请选您看得到的一方"), Said("这个数分方案，请选一个方案")
NO_CRITERION = Said("这个数分标准，请选一项标准；这次协商没有标准的，不能这样试算")
BOUND_OF_RESIDENT = Said("居民的底线和收付不拿来试算：补偿依法确定，不以最低为目标")
ONLY_RESIDENTS = Said("方案答应的补偿只有居民有")
BY_SCORES = Said("这一方按标准打分，没有写值多少：请改权重或者得分")
BY_PAIRS = Said("这一方的权重是两两比较得来的，不能只改一项")
NO_SCORES = Said("这一方没有按标准打分")
TWICE = Said("同一个数只改一次")
BOUNDS = frozenset((Changeable.LIMIT, Changeable.PAYS_MOST, Changeable.GETS_MOST))


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Another number: which of whom, of which plan and criterion where it has those."""

    what: Changeable
    amount: Decimal
    side: str = ""
    option: str = ""
    criterion: str = ""

    @property
    def which(self) -> tuple[str, ...]:
        """What tells the number from others; what has no side, plan or criterion names none."""
        return (
            self.what.value,
            "" if self.what in OF_NO_SIDE else self.side,
            self.option if self.what in OF_OPTIONS else "",
            self.criterion if self.what in OF_CRITERIA else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A number that was moved: which, how it stood where it stood at all, what it would be."""

    asked: WhatIf
    before: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What they would change, beside what stands; or what is wrong: with which number, where."""

    moved: tuple[Moved, ...] = ()
    lines: tuple[Compared, ...] = ()
    faults: tuple[tuple[int, str, Said], ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything would be different."""
        return any(each.differs for each in self.lines)


def supposed(stands: Computed, asked: Sequence[WhatIf]) -> Supposed:
    """What other numbers, all moved at once, would change in what stands."""
    wrong = tuple(_all_unfit(stands.case, asked))
    if wrong or stands.found is None or not asked:
        return Supposed(faults=wrong)
    case, first_wrong = stands.case, None
    for at, each in enumerate(asked):
        case = _changed(case, each)
        if first_wrong is None and faults(case):
            first_wrong = at
    found = faults(case)
    if found:
        place = len(asked) - 1 if first_wrong is None else first_wrong
        return Supposed(faults=tuple((place, "amount", said) for said in found))
    return Supposed(
        moved=tuple(Moved(asked=each, before=_standing(stands.case, each)) for each in asked),
        lines=compared(stands.found, negotiate(case), limits_shown=False),
    )


def _standing(case: Case, asked: WhatIf) -> Decimal | None:
    """The number as the reader's own case has it: it is nothing that the page doesn't say."""
    return number_of(case, asked.side, asked.what, option=asked.option, criterion=asked.criterion)


def _changed(case: Case, asked: WhatIf) -> Case:
    return changed(
        _bargaining(case, asked),
        asked.side,
        asked.what,
        asked.amount,
        option=asked.option,
        criterion=asked.criterion,
    )


def _all_unfit(case: Case, asked: Sequence[WhatIf]) -> Iterator[tuple[int, str, Said]]:
    seen = set()
    for at, each in enumerate(asked):
        yield from ((at, place, said) for place, said in _unfit(case, each))
        which = each.which
        if which in seen:
            yield at, "what", TWICE
        seen.add(which)


def _bargaining(case: Case, asked: WhatIf) -> Case:
    """With a limit supposed, it says what a side can live with, not the plans that it named."""
    if asked.what is not Changeable.LIMIT:
        return case
    side = case.side(asked.side)
    opened = replace(side, accepts=None)
    return replace(case, sides=tuple(opened if each is side else each for each in case.sides))


def _unfit(case: Case, asked: WhatIf) -> Iterator[tuple[str, Said]]:
    if asked.what in OF_OPTIONS and asked.option not in {each.code for each in case.options}:
        yield "option", NO_OPTION
    if asked.what in OF_CRITERIA and asked.criterion not in {e.code for e in case.criteria}:
        yield "criterion", NO_CRITERION
    if asked.what in OF_NO_SIDE:
        return
    side = next((each for each in case.sides if each.code == asked.side), None)
    if side is None:
        yield "side", NO_SIDE
    else:
        yield from _unfit_for(side, asked.what)


def _unfit_for(side: Side, what: Changeable) -> Iterator[tuple[str, Said]]:
    if side.is_resident and what in BOUNDS:
        yield "what", BOUND_OF_RESIDENT
    if not side.is_resident and what is Changeable.OFFERED:
        yield "what", ONLY_RESIDENTS
    if what is Changeable.WORTH and not side.worth:
        yield "what", BY_SCORES
    if what in OF_CRITERIA and not side.scores:
        yield "what", NO_SCORES
    if what is Changeable.POINTS and side.judgements:
        yield "what", BY_PAIRS
