"""The groups of a conversation, with everything they were found by."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from gongzhi.core.balance.opinions.asking import GroupRules
from gongzhi.core.balance.opinions.choosing import Tried, choose, has_structure, inside, stability
from gongzhi.core.balance.opinions.clustering import Grouping
from gongzhi.core.balance.opinions.counting import Counts, counted, priority
from gongzhi.core.balance.opinions.leaning import (
    Held,
    Leaning,
    dividing,
    leanings,
    of_minority,
    representative,
    uniting,
)
from gongzhi.core.balance.opinions.matrix import Numbers, Places, StanceMatrix
from gongzhi.core.balance.opinions.plane import Centred, Plane, plane_of, positions
from gongzhi.core.terms import Said

TOO_FEW = Said("参加的人太少，分不出组")
ALIKE = Said("大家的态度一样，或者只差在没有表态的地方，没有分组")
BY_CHANCE = Said("态度之间的关联不比随机洗牌强，没有看得出的分组")
TOO_SMALL = Said("离开多数的人太少，不成一组")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group: its number from 0 on, the largest first, its middle, and what stands for it."""

    number: int
    size: int
    middle: tuple[float, float]
    representative: tuple[Leaning, ...]
    minority: tuple[Leaning, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpinionGroups:
    """What was found: who is inside (rows of the matrix), where each stands and in which group.

    groups is empty where there are none; why_none says why then, and counts are those of all
    together. priorities: how much each statement deserves to be shown next.
    """

    matrix: StanceMatrix
    inside: Places
    positions: Numbers
    group: Places
    groups: tuple[Group, ...]
    counts: Counts
    united: tuple[Held, ...]
    rejected: tuple[Held, ...]
    divided: tuple[Held, ...]
    priorities: Numbers
    plane: Plane
    silhouette: float
    stability: float
    tried: tuple[Tried, ...]
    why_none: Said | None
    said: tuple[Said, ...]


def find_groups(matrix: StanceMatrix, *, rules: GroupRules) -> OpinionGroups:
    """The groups of opinion in a conversation; deterministic, the same for whoever repeats it."""
    centred = Centred(matrix)
    plane = plane_of(centred)
    placed = positions(centred, plane, statements=len(matrix.statements), out=len(matrix.out))
    rows = inside(matrix, rules=rules)
    within, points = matrix.of(rows), placed[rows]
    grouping, tried, why_none = _grouping(within, points, rules=rules)
    group = grouping.group if grouping else np.zeros(len(rows), dtype=np.int64)
    counts = _in(within, counted(within, group, groups=grouping.count if grouping else 1))
    held = stability(within, group, count=grouping.count, rules=rules) if grouping else 0.0
    groups = tuple(_groups(grouping, counts, rules=rules)) if grouping else ()
    chosen = next((each.silhouette for each in tried if each.taken), 0.0) if grouping else 0.0
    return OpinionGroups(
        matrix=matrix,
        inside=rows,
        positions=points,
        group=group,
        groups=groups,
        counts=counts,
        united=uniting(counts.agree, counts.seen),
        rejected=uniting(counts.disagree, counts.seen),
        divided=dividing(counts),
        priorities=_priorities(matrix, plane),
        plane=plane,
        silhouette=chosen,
        stability=held,
        tried=tried,
        why_none=why_none,
        said=tuple(_explained(matrix, rows, groups, chosen, held, why_none, rules)),
    )


def _grouping(
    within: StanceMatrix, points: Numbers, *, rules: GroupRules
) -> tuple[Grouping | None, tuple[Tried, ...], Said | None]:
    """The grouping, the largest group first; or why there is none."""
    if len(points) < 2 * rules.members_least:
        return None, (), TOO_FEW
    if len(np.unique(points, axis=0)) < 2:
        return None, (), ALIKE
    if not has_structure(within, rules=rules):
        return None, (), BY_CHANCE
    grouping, tried = choose(points, rules=rules)
    if grouping is None:
        return None, tried, TOO_SMALL
    sizes = np.array(grouping.sizes)
    order = np.lexsort((grouping.middles[:, 1], grouping.middles[:, 0], -sizes))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    in_order = Grouping(
        group=number[grouping.group], middles=grouping.middles[order], spread=grouping.spread
    )
    return in_order, tried, None


def _in(matrix: StanceMatrix, counts: Counts) -> Counts:
    """The counts without those of statements that were moderated out."""
    kept = np.ones(len(matrix.statements))
    kept[list(matrix.out)] = 0
    return Counts(
        agree=counts.agree * kept, disagree=counts.disagree * kept, seen=counts.seen * kept
    )


def _groups(grouping: Grouping, counts: Counts, *, rules: GroupRules) -> Iterator[Group]:
    for number, size in enumerate(grouping.sizes):
        found = leanings(counts, number, rules=rules)
        small = 2 * size < len(grouping.group)
        yield Group(
            number=number,
            size=size,
            middle=(float(grouping.middles[number, 0]), float(grouping.middles[number, 1])),
            representative=representative(found, rules=rules),
            minority=of_minority(found, rules=rules) if small else (),
        )


def _priorities(matrix: StanceMatrix, plane: Plane) -> Numbers:
    everybody = np.zeros(len(matrix.participants), dtype=np.int64)
    counts = counted(matrix, everybody, groups=1)
    width = np.sqrt(len(matrix.statements))
    extremity = np.abs(1 + plane.means) * np.linalg.norm(plane.axes, axis=0) * width
    found = priority(
        agree=counts.agree[0],
        passed=counts.passed[0],
        seen=counts.seen[0],
        extremity=extremity,
    )
    found[list(matrix.out)] = 0
    return found


def _explained(
    matrix: StanceMatrix,
    rows: Places,
    groups: tuple[Group, ...],
    silhouette: float,
    held: float,
    why_none: Said | None,
    rules: GroupRules,
) -> Iterator[Said]:
    """The result in sentences."""
    yield Said(
        "{people} 人对 {statements} 条观点表态 {stances} 次；{inside} 人表态够多，进入分组",
        {
            "people": len(matrix.participants),
            "statements": len(matrix.statements) - len(matrix.out),
            "stances": len(matrix.cells),
            "inside": len(rows),
        },
    )
    if why_none is not None:
        yield why_none
        return
    sizes = " / ".join(str(each.size) for each in groups)
    yield Said("分成 {count} 组，人数：{sizes}", {"count": len(groups), "sizes": sizes})
    told = {"silhouette": _two(silhouette), "stability": _two(held)}
    yield Said(
        "轮廓系数 {silhouette}（1 为界限分明）；稳定度 {stability}（1 为换些人参加也不变）",
        {**told},
    )
    if held < rules.stable_from:
        yield Said("分组不稳定：换一些人参加，分法可能不同，只能作参考")


def _two(value: float) -> Decimal:
    return Decimal(f"{value:.2f}")
