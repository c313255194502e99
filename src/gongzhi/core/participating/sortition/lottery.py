"""A lottery in whole tickets: what is published before the draw, and what chances it gives.

What HiGHS finds is rounded to tickets once, when the pool closes. From then on there are only whole
numbers and fractions, so that anybody gets the same panel from the same seed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongzhi.core.participating.sortition.asking import (
    Composition,
    Group,
    Sought,
    Volunteer,
    groups_of,
    meets,
)
from gongzhi.core.participating.sortition.leximin import Patience, fairest
from gongzhi.core.terms import Said

TICKETS = 1_000_000
NO_TICKETS = Said("分布里没有签")
NOT_WHOLE = Said("第 {number} 种组成不符合名额或者人数")
NO_SHARE = Said("第 {number} 种组成的签数应当大于零")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawable:
    """A composition that may be drawn, and on how many tickets it stands."""

    composition: Composition
    tickets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lottery:
    """The groups, and the compositions that may be drawn with their tickets.

    Finished: proven to be as equal as quotas allow, instead of stopped by time.
    """

    groups: tuple[Group, ...]
    drawables: tuple[Drawable, ...]
    finished: bool = True

    @property
    def total(self) -> int:
        """How many tickets there are."""
        return sum(each.tickets for each in self.drawables)

    def chances(self) -> tuple[Fraction, ...]:
        """The chance of a member of each group, exactly."""
        total = self.total
        return tuple(
            Fraction(sum(each.tickets * each.composition[at] for each in self.drawables), total)
            / group.count
            for at, group in enumerate(self.groups)
        )


def fairest_lottery(
    volunteers: Iterable[Volunteer], *, sought: Sought, patience: Patience | None = None
) -> Lottery:
    """The LEXIMIN lottery in whole tickets; some panel has to meet the quotas."""
    groups = groups_of(volunteers, sought=sought)
    solved = fairest(groups, sought=sought, patience=patience)
    found = sorted(solved.lottery)
    tickets = _whole([share for _, share in found])
    return Lottery(
        groups=groups,
        drawables=tuple(
            Drawable(composition=composition, tickets=count)
            for (composition, _), count in zip(found, tickets, strict=True)
            if count
        ),
        finished=solved.finished,
    )


def faults_of(lottery: Lottery, *, sought: Sought) -> tuple[Said, ...]:
    """What is wrong with a published lottery: compositions that no panel may have."""
    if not lottery.drawables:
        return (NO_TICKETS,)
    faults = []
    for number, each in enumerate(lottery.drawables, start=1):
        if each.tickets < 1:
            faults.append(Said(NO_SHARE.text, {"number": number}))
        if not meets(each.composition, lottery.groups, sought=sought):
            faults.append(Said(NOT_WHOLE.text, {"number": number}))
    return tuple(faults)


def _whole(shares: Sequence[float]) -> list[int]:
    """Shares as whole tickets, all of them together: what is left over goes to the largest rest."""
    exact = [Fraction(share) for share in shares]
    scaled = [share * TICKETS / sum(exact) for share in exact]
    whole = [int(each) for each in scaled]
    rests = sorted(range(len(whole)), key=lambda at: (whole[at] - scaled[at], at))
    for at in rests[: TICKETS - sum(whole)]:
        whole[at] += 1
    return whole
