"""Drawing a panel by a seed: a ticket gives its composition, lots within each group give people.

Whole numbers and SHA-256 only, no chance: whoever has the published lottery, the pool and the seed
gets the same panel, and the same reserve.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from gongzhi.core.evaluating.drawing import lots_of
from gongzhi.core.participating.sortition.asking import (
    Composition,
    Features,
    Sought,
    Volunteer,
    features_of,
)
from gongzhi.core.participating.sortition.lottery import Lottery

SPAN = 1 << 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The ticket, the panel by its codes, and the reserve in its order."""

    ticket: int
    panel: tuple[str, ...]
    reserve: tuple[str, ...]


def ticket_of(total: int, *, seed: str, thing: str) -> int:
    """A ticket from 0 to total − 1, each as likely as the other.

    It is SHA-256 over seed, thing and a count as three lines, modulo the total; what lies beyond
    the last whole multiple of the total is drawn again with the next count.
    """
    count = 0
    while True:
        value = int(sha256(f"{seed}\n{thing}\n{count}\n".encode()).hexdigest(), 16)
        if value < SPAN - SPAN % total:
            return value % total
        count += 1


def draw(
    volunteers: Iterable[Volunteer], lottery: Lottery, *, sought: Sought, seed: str, thing: str
) -> Drawn:
    """Draw the panel of a thing by a seed."""
    ticket = ticket_of(lottery.total, seed=seed, thing=thing)
    composition = composition_at(lottery, ticket)
    members = _by_group(volunteers, sought=sought)
    panel: list[str] = []
    reserve: list[str] = []
    for group, count in zip(lottery.groups, composition, strict=True):
        lots = lots_of(members[group.features], seed=seed, thing=thing, count=count)
        panel += [each.code for each in lots if each.drawn]
        reserve += [each.code for each in lots if not each.drawn]
    in_order = lots_of(reserve, seed=seed, thing=thing, count=0)
    return Drawn(
        ticket=ticket,
        panel=tuple(sorted(panel)),
        reserve=tuple(each.code for each in in_order),
    )


def composition_at(lottery: Lottery, ticket: int) -> Composition:
    """The composition on a ticket, counted in the order in which they are published."""
    passed = 0
    for each in lottery.drawables:
        passed += each.tickets
        if ticket < passed:
            return each.composition
    raise AssertionError("a ticket lies below the total")


def successor(
    leaving: Volunteer,
    *,
    panel: Sequence[Volunteer],
    reserve: Sequence[Volunteer],
    sought: Sought,
) -> Volunteer | None:
    """Who enters for somebody who leaves: the first of the reserve with the same features.

    Where there is nobody left with them: the first with whom every quota still holds. None where
    there is nobody like that either.
    """
    features = features_of(leaving, sought=sought)
    for each in reserve:
        if features_of(each, sought=sought) == features:
            return each
    staying = [each for each in panel if each.code != leaving.code]
    return next((each for each in reserve if holds([*staying, each], sought=sought)), None)


def holds(panel: Collection[Volunteer], *, sought: Sought) -> bool:
    """Whether people together meet the size and every quota."""
    return len(panel) == sought.size and all(
        quota.least
        <= sum(each.features.get(quota.feature) == quota.value for each in panel)
        <= quota.most
        for quota in sought.quotas
    )


def _by_group(volunteers: Iterable[Volunteer], *, sought: Sought) -> dict[Features, list[str]]:
    members: dict[Features, list[str]] = {}
    for each in volunteers:
        members.setdefault(features_of(each, sought=sought), []).append(each.code)
    return members
