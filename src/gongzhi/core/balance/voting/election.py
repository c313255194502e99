"""A vote on projects as values: projects with exact costs, identical ballots merged, a budget."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[np.int64]

# Beyond these a count refuses: sums of points and of money have to stay whole in float64.
VOTERS_MAX, PROJECTS_MAX, ENTRIES_MAX, POINTS_MAX = 10_000_000, 10_000, 200_000_000, 1_000_000
AMOUNT_MAX = 10**15


class BallotKind(StrEnum):
    """What a ballot says, in the words of pabulib."""

    APPROVAL = "approval"
    CUMULATIVE = "cumulative"
    CHOOSE_1 = "choose-1"
    ORDINAL = "ordinal"

    @property
    def has_points(self) -> bool:
        """Whether projects on one ballot can weigh differently."""
        return self in (BallotKind.CUMULATIVE, BallotKind.ORDINAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A project that is voted on; its identifier is text."""

    id: str
    cost: Fraction
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What a voter chose, or several alike; with points in cumulative votes, or best first."""

    choices: tuple[str, ...]
    points: tuple[Fraction, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Merged:
    """Ballots that differ, each once: its entries, starts[i] to starts[i + 1], and who cast it.

    Points are whole numbers, multiplied by `scale`; where there are none, every entry counts one.
    """

    starts: Whole
    places: Whole
    counts: Whole
    points: Whole | None = None
    scale: int = 1

    @property
    def size(self) -> int:
        """How many different ballots there are."""
        return len(self.counts)

    def owners(self) -> Whole:
        """For each entry, which ballot it stands on."""
        return np.repeat(np.arange(self.size, dtype=np.int64), np.diff(self.starts))


@dataclass(frozen=True, kw_only=True, eq=False)
class Election:
    """Projects, ballots and the money there is; voters counts blank ballots too."""

    candidates: tuple[Candidate, ...]
    ballots: Merged
    budget: Fraction
    kind: BallotKind
    voters: int

    @cached_property
    def scale(self) -> int:
        """The factor that makes all amounts whole: 1, or 100 where there are cents."""
        amounts = (self.budget, *(each.cost for each in self.candidates))
        return lcm(*(amount.denominator for amount in amounts))

    def votes(self) -> Whole:
        """How many voters have each project on their ballot."""
        return self._sums(np.ones_like(self.ballots.places))

    def scores(self) -> Whole:
        """Votes, or points (times the ballots' scale) where ballots have some."""
        points = self.ballots.points
        return self.votes() if points is None else self._sums(points)

    def _sums(self, each: Whole) -> Whole:
        """By project; such sums stay whole in float64."""
        weights = np.repeat(self.ballots.counts, np.diff(self.ballots.starts)) * each
        size = len(self.candidates)
        return np.bincount(self.ballots.places, weights=weights, minlength=size).astype(np.int64)


def election_of(
    candidates: Sequence[Candidate],
    ballots: Iterable[Ballot],
    *,
    budget: Fraction,
    kind: BallotKind,
    longest: int | None = None,
) -> Election:
    """An election from single ballots.

    In ordinal votes the first place gets as many points as the longest allowed ballot has places
    (without a limit, as there are projects), the next one less.
    """
    assert len({each.id for each in candidates}) == len(candidates), "each project once"
    assert all(each.cost >= 0 for each in candidates), "nothing costs less than nothing"
    place_of = {each.id: place for place, each in enumerate(candidates)}
    top = min(longest or len(candidates), len(candidates))
    merged: dict[tuple[tuple[int, Fraction], ...], int] = {}
    voters = 0
    for ballot in ballots:
        voters += ballot.count
        key = tuple(sorted(_entries(ballot, place_of, kind=kind, top=top)))
        merged[key] = merged.get(key, 0) + ballot.count
    return Election(
        candidates=tuple(candidates),
        ballots=merged_of(merged, with_points=kind.has_points),
        budget=budget,
        kind=kind,
        voters=voters,
    )


def _entries(
    ballot: Ballot, place_of: Mapping[str, int], *, kind: BallotKind, top: int
) -> Iterator[tuple[int, Fraction]]:
    for at, choice in enumerate(ballot.choices):
        points = Fraction(1)
        if kind is BallotKind.ORDINAL:
            points = Fraction(max(1, top - at))
        elif kind is BallotKind.CUMULATIVE:
            points = ballot.points[at]
        if points > 0:
            yield place_of[choice], points


def merged_of(
    merged: Mapping[tuple[tuple[int, Fraction], ...], int], *, with_points: bool
) -> Merged:
    """Ballots by what stands on them: who left it blank is only counted among the voters."""
    rows = [(key, count) for key, count in merged.items() if key and count]
    scale = lcm(*(points.denominator for key, _ in rows for _, points in key)) if rows else 1
    lengths = np.array([len(key) for key, _ in rows], dtype=np.int64)
    entries = [entry for key, _ in rows for entry in key]
    points = np.array([int(points * scale) for _, points in entries], dtype=np.int64)
    return Merged(
        starts=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        places=np.array([place for place, _ in entries], dtype=np.int64),
        counts=np.array([count for _, count in rows], dtype=np.int64),
        points=points if with_points else None,
        scale=scale,
    )
