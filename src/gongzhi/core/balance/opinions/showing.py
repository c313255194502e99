"""What may be shown of groups of opinion: nobody's own place, no count of few.

People are shown by handfuls: neighbours of one group, at least so many, as one point with their
number. Whole numbers only, so that the same result has the same digest everywhere: shares in
thousandths, places in thousandths of the plane's unit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gongzhi.core.balance.opinions.clustering import nearest_to
from gongzhi.core.balance.opinions.finding import OpinionGroups
from gongzhi.core.balance.opinions.leaning import Held, Leaning
from gongzhi.core.balance.opinions.matrix import Numbers, Places
from gongzhi.core.sealed import Sealable

THOUSAND, MILLION = 1000, 1_000_000
HANDFULS_MOST = 80
SHARE_UNITED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Handful:
    """Neighbours of a group: where they stand together, and how many they are."""

    group: int
    x: float
    y: float
    count: int


def handfuls(found: OpinionGroups, *, least: int) -> tuple[Handful, ...]:
    """Everybody in the conversation once, in parts of at least so many."""
    floor = max(least, len(found.group) // HANDFULS_MOST)
    shown: list[Handful] = []
    for group in range(max(1, len(found.groups))):
        points = found.positions[found.group == group]
        if len(points) >= least:
            shown += [_handful(part, group=group) for part in _parts(points, least=floor)]
    return tuple(shown)


def shown_map(found: OpinionGroups, *, least: int) -> Mapping[str, Sealable]:
    """The result for everybody, ready to be stored, shown and sealed."""
    return {
        "participants": len(found.matrix.participants),
        "inside": len(found.inside),
        "stances": len(found.matrix.cells),
        "statements": list(found.matrix.statements),
        "why_none": found.why_none.text if found.why_none else "",
        "silhouette": in_thousandths(found.silhouette),
        "stability": in_thousandths(found.stability),
        "told": in_thousandths(found.plane.told),
        "groups": [
            {
                "size": group.size,
                "middle": _place(group.middle),
                "representative": list(_leanings(group.representative, least=least)),
                "minority": list(_leanings(group.minority, least=least)),
            }
            for group in found.groups
        ],
        "united": list(_held(found.united, found, least=least, above=SHARE_UNITED)),
        "rejected": list(_held(found.rejected, found, least=least, above=SHARE_UNITED)),
        "divided": list(_held(found.divided, found, least=least, above=0.0)),
        "handfuls": [
            [each.group, *_place((each.x, each.y)), each.count]
            for each in handfuls(found, least=least)
        ],
    }


def place_of(
    stances: Mapping[int, int], *, axes: Sequence[Sequence[int]], means: Sequence[int]
) -> tuple[float, float]:
    """Where somebody stands by their own stances (column: stance), on axes as they are stored."""
    at = np.array(sorted(stances), dtype=np.int64)
    values = np.array([stances[each] for each in at.tolist()], dtype=np.float64)
    away = values - np.array(means, dtype=np.float64)[at] / MILLION
    scale = np.sqrt(len(means) / max(1, len(at)))
    x, y = (np.array(axes, dtype=np.float64)[:, at] / MILLION) @ away * scale
    return float(x), float(y)


def group_of(place: tuple[float, float], *, middles: Sequence[Sequence[int]]) -> int:
    """The group whose middle is nearest."""
    points = np.array([place])
    return int(nearest_to(points, np.array(middles, dtype=np.float64) / THOUSAND)[0])


def stored_plane(found: OpinionGroups) -> Mapping[str, Sealable]:
    """Axes and means in millionths, from which one's own place is found."""
    return {
        "axes": [[_whole(value, MILLION) for value in axis] for axis in found.plane.axes],
        "means": [_whole(value, MILLION) for value in found.plane.means],
    }


def _parts(points: Numbers, *, least: int) -> Iterator[Numbers]:
    """The points halved across their longer side while both halves are large enough."""
    if len(points) < 2 * least:
        yield points
        return
    wide = points.max(axis=0) - points.min(axis=0)
    axis = int(wide.argmax())
    order: Places = np.lexsort((points[:, 1 - axis], points[:, axis]))
    half = len(points) // 2
    yield from _parts(points[order[:half]], least=least)
    yield from _parts(points[order[half:]], least=least)


def _handful(points: Numbers, *, group: int) -> Handful:
    middle = points.mean(axis=0)
    return Handful(group=group, x=float(middle[0]), y=float(middle[1]), count=len(points))


def _leanings(given: Iterable[Leaning], *, least: int) -> Iterator[Mapping[str, Sealable]]:
    for each in given:
        if each.seen >= least:
            yield {
                "statement": each.column,
                "agrees": each.agrees,
                "count": each.count,
                "seen": each.seen,
                "share": in_thousandths(each.share),
                "others": in_thousandths(each.others),
                "significant": each.significant,
            }


def _held(
    given: Iterable[Held], found: OpinionGroups, *, least: int, above: float
) -> Iterator[Mapping[str, Sealable]]:
    """The statements that enough of each group answered and more than a share of each says."""
    for each in given:
        enough = found.counts.seen[:, each.column].min() >= least
        if enough and min(each.shares) > above:
            yield {
                "statement": each.column,
                "value": in_thousandths(each.value),
                "shares": [in_thousandths(share) for share in each.shares],
                "seen": each.seen,
            }


def _place(point: tuple[float, float]) -> list[Sealable]:
    return [_whole(each, THOUSAND) for each in point]


def in_thousandths(value: float) -> int:
    """A figure as it is stored."""
    return _whole(value, THOUSAND)


def _whole(value: float, parts: int) -> int:
    return round(float(value) * parts)
