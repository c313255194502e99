"""The ballots of a pabulib file, merged; what can't be read is said once, with its count."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import gcd
from typing import NamedTuple

import numpy as np

from gongzhi.connectors.pabulib_rows import COUNT_BITS, POINTS, Sections
from gongzhi.connectors.pabulib_words import DECIMALS_MAX, amount, bad, cleaned
from gongzhi.core.balance.voting import BallotKind
from gongzhi.core.balance.voting.election import POINTS_MAX, VOTERS_MAX, Merged
from gongzhi.core.terms import Problem, Said

UNIT: int = 10**DECIMALS_MAX
NOTHING = frozenset(("", "none", "null"))
SHOWN_MAX = 20
WHOLE_MAX = 1 << 53
COUNTED = (1 << COUNT_BITS) - 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """Ballots that differ, each once, and how many voters there were."""

    merged: Merged
    voters: int


class Doubt(NamedTuple):
    """Something wrong on ballots: what, about which project or text."""

    kind: str
    about: str = ""


SAID = {
    "unknown": Said("选票上有不存在的项目 {about}：{count} 张，从第 {row} 行起；这个选择没有算"),
    "twice": Said("同一张选票上重复选了项目：{count} 张，从第 {row} 行起；只算一次"),
    "points": Said("点数与项目不符、不是数字或是负数：{count} 张，从第 {row} 行起；整张没有算"),
    "too_many": Said("选的项目多于允许的 {about} 个：{count} 张，从第 {row} 行起；照样算了"),
    "one_only": Said("单选却选了几个项目：{count} 张，从第 {row} 行起；照样算了"),
}
HINTS = {
    "unknown": Said("请核对 PROJECTS 一节的编号"),
    "twice": Said("请每个项目只写一次"),
    "points": Said("points 与 vote 一一对应，写成不小于 0 的数字"),
    "too_many": Said("请核对 META 的 max_length"),
    "one_only": Said("请核对 META 的 vote_type"),
}


@dataclass(slots=True)
class _Reader:
    places: Mapping[str, int]
    kind: BallotKind
    top: int
    limit: int | None
    doubts: dict[Doubt, list[int]] = field(default_factory=dict)

    def doubt(self, kind: str, about: str, *, line: int, count: int) -> None:
        """Note something, how often, and where first."""
        noted = self.doubts.setdefault(Doubt(kind, about), [0, line])
        noted[0] += count
        noted[1] = min(noted[1], line)

    def simple(self, text: str) -> list[int] | None:
        """The places of a ballot without points about which there is no doubt at all."""
        if self.kind.has_points:
            return None
        places = self.places
        named = text.partition(POINTS)[0].split(",")
        try:
            found = sorted(set(map(places.__getitem__, named)))
        except KeyError:
            return None
        most = 1 if self.kind is BallotKind.CHOOSE_1 else self.limit
        return found if len(found) == len(named) <= (most or len(named)) else None

    def entries(self, vote: str, points: str, *, line: int, count: int) -> list[int] | None:
        """Places in order, with points if there are some; None where it can't be counted."""
        named = [] if vote.lower() in NOTHING else [each.strip() for each in vote.split(",")]
        named = [each for each in named if each]
        given = self._points(points, named) if self.kind is BallotKind.CUMULATIVE else None
        if self.kind is BallotKind.CUMULATIVE and given is None:
            self.doubt("points", "", line=line, count=count)
            return None
        if self.limit is not None and len(named) > self.limit:
            self.doubt("too_many", str(self.limit), line=line, count=count)
        elif self.kind is BallotKind.CHOOSE_1 and len(named) > 1:
            self.doubt("one_only", "", line=line, count=count)
        found: dict[int, int] = {}
        for at, each in enumerate(named):
            place = self.places.get(each)
            if place is None:
                self.doubt("unknown", cleaned(each), line=line, count=count)
            elif place in found:
                self.doubt("twice", "", line=line, count=count)
            else:
                found[place] = self._weight(at, given)
        kept = sorted((place, weight) for place, weight in found.items() if weight)
        if not self.kind.has_points:
            return [place for place, _ in kept]
        return [number for entry in kept for number in entry]

    def _weight(self, at: int, given: Sequence[int] | None) -> int:
        if given is not None:
            return given[at]
        return UNIT * (max(1, self.top - at) if self.kind is BallotKind.ORDINAL else 1)

    def _points(self, text: str, named: Sequence[str]) -> list[int] | None:
        parts = [each.strip() for each in text.split(",")] if text else []
        if len(parts) != len(named):
            return None
        found = [amount(each) for each in parts]
        if any(each is None or each > POINTS_MAX for each in found):
            return None
        return [int(each * UNIT) for each in found if each is not None]


def ballots_of(
    sections: Sections, ids: Sequence[str], *, kind: BallotKind, problems: list[Problem]
) -> Counted | None:
    """All ballots; None where they can't be counted exactly."""
    problems.extend(_not_as_announced(sections))
    limit = _longest(sections, problems)
    reader = _Reader(
        places={each: place for place, each in enumerate(ids)},
        kind=kind,
        top=min(limit or len(ids), len(ids)),
        limit=limit,
    )
    merged, voters = _merged(reader, sections.ballots)
    problems.extend(_said(reader.doubts))
    if voters > VOTERS_MAX:
        told = Said("选票多于 {most} 张", {"most": VOTERS_MAX})
        problems.append(bad(told, Said("请分开计票")))
        return None
    if not voters:
        problems.append(bad(Said("没有选票，什么项目也选不出"), Said("请核对 VOTES 一节")))
    counted = Counted(merged=_arrays(merged, with_points=kind.has_points), voters=voters)
    points = counted.merged.points
    if points is not None and int(points.max(initial=0)) * max(1, voters) * len(ids) >= WHOLE_MAX:
        problems.append(
            bad(Said("点数太大或小数太多，不能精确计票"), Said("请把点数写成较小的整数"))
        )
        return None
    return counted


def _not_as_announced(sections: Sections) -> list[Problem]:
    """Voters' numbers that come twice, and fewer or more rows than the file announces."""
    found = []
    repeated = len(sections.voters) - len(np.unique(np.asarray(sections.voters)))
    if repeated:
        told = Said("投票人编号重复：{count} 张；每一张都算了", {"count": repeated})
        found.append(bad(told, Said("一人一票，请核对 VOTES 一节的 voter_id")))
    for name, rows in (("num_votes", sections.rows), ("num_projects", len(sections.projects))):
        text = sections.meta.get(name, "")
        if text and amount(text) != rows:
            told = Said(
                "META 写着 {name};{text}，文件里有 {rows} 行",
                {"name": name, "text": cleaned(text), "rows": rows},
            )
            found.append(bad(told, Said("请核对文件是不是完整，再取一次")))
    return found


def _longest(sections: Sections, problems: list[Problem]) -> int | None:
    text = sections.meta.get("max_length", "")
    if not text:
        return None
    number = amount(text)
    if number is None or number.denominator != 1 or not number:
        told = Said("max_length“{text}”不是正整数，没有用", {"text": cleaned(text)})
        problems.append(bad(told, Said("请写成 max_length;3 那样")))
        return None
    return int(number)


def _merged(reader: _Reader, ballots: dict[str, int]) -> tuple[dict[bytes, int], int]:
    """Ballots by what stands on them, and how many voters there are; the texts are used up."""
    merged: dict[bytes, int] = {}
    voters = 0
    while ballots:
        text, packed = ballots.popitem()
        count = packed & COUNTED
        entries = reader.simple(text)
        if entries is None:
            vote, _, points = text.partition(POINTS)
            entries = reader.entries(vote, points, line=packed >> COUNT_BITS, count=count)
        if entries is None:
            continue
        voters += count
        if entries:
            key = array("q", entries).tobytes()
            merged[key] = merged.get(key, 0) + count
    return merged, voters


def _arrays(merged: dict[bytes, int], *, with_points: bool) -> Merged:
    width = 2 if with_points else 1
    entries = np.frombuffer(b"".join(merged), dtype=np.int64).reshape(-1, width)
    lengths = np.fromiter((len(key) for key in merged), dtype=np.int64, count=len(merged))
    found = Merged(
        starts=np.concatenate(([0], np.cumsum(lengths // (8 * width)))).astype(np.int64),
        places=entries[:, 0].copy(),
        counts=np.fromiter(merged.values(), dtype=np.int64, count=len(merged)),
    )
    if not with_points:
        return found
    shared = gcd(int(np.gcd.reduce(entries[:, 1])) if len(entries) else UNIT, UNIT)
    return replace(found, points=entries[:, 1] // shared, scale=UNIT // shared)


def _said(doubts: Mapping[Doubt, Sequence[int]]) -> list[Problem]:
    """What was wrong, the earliest first; of many unknown projects only the first ones."""
    noted = sorted(doubts.items(), key=lambda each: each[1][1])
    found = [
        bad(
            Said(SAID[doubt.kind].text, {"about": doubt.about, "count": count, "row": row}),
            HINTS[doubt.kind],
            row=row,
        )
        for doubt, (count, row) in noted[:SHOWN_MAX]
    ]
    if len(noted) > SHOWN_MAX:
        told = Said("还有 {count} 种这样的问题", {"count": len(noted) - SHOWN_MAX})
        found.append(bad(told, HINTS["unknown"]))
    return found
