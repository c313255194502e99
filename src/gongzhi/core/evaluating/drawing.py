"""Draws that anybody can do again: lots from a published seed, uniform over whoever is eligible.

The core asks no chance: the seed is handed in, drawn or announced above and published. A lot is
the SHA-256 of seed, thing and candidate; the lowest lots win. So the order of a list changes
nothing, one who isn't eligible changes nothing for the others, and `sha256sum` shows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from gongzhi.core.evaluating.independence import (
    Candidate,
    EvaluatedThing,
    Obstacle,
    obstacles,
)
from gongzhi.core.evaluating.rules import EvaluationKind, EvaluationRules
from gongzhi.core.terms import Said

SHORT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Somebody's lot in a draw, and whether it was drawn."""

    code: str
    lot: str
    drawn: bool

    @property
    def short(self) -> str:
        """The first digits, enough to be told apart by eye."""
        return self.lot[:SHORT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A draw with everything needed to do it again: seed, lots, and who was out, with why."""

    seed: str
    lots: tuple[Lot, ...]
    out: tuple[tuple[str, tuple[Obstacle, ...]], ...]
    said: Said

    @property
    def drawn(self) -> tuple[str, ...]:
        """Who was drawn, the lowest lot first."""
        return tuple(each.code for each in self.lots if each.drawn)


def lot_of(code: str, *, seed: str, thing: str) -> str:
    """The lot of one candidate: SHA-256 over the three lines, in hexadecimal."""
    return sha256(f"{seed}\n{thing}\n{code}\n".encode()).hexdigest()


def lots_of(codes: Iterable[str], *, seed: str, thing: str, count: int) -> tuple[Lot, ...]:
    """The lots of all, the lowest first; so many of them are drawn."""
    ordered = sorted((lot_of(code, seed=seed, thing=thing), code) for code in set(codes))
    return tuple(
        Lot(code=code, lot=lot, drawn=at < count) for at, (lot, code) in enumerate(ordered)
    )


def draw_evaluators(
    candidates: Iterable[Candidate],
    *,
    thing: EvaluatedThing,
    kind: EvaluationKind,
    rules: EvaluationRules,
    seed: str,
    count: int = 1,
) -> Draw:
    """Evaluators drawn for a thing among those whom nothing stands in the way of."""
    every = sorted(candidates, key=lambda each: each.code)
    judged = [(each.code, obstacles(each, thing=thing, kind=kind, rules=rules)) for each in every]
    out = tuple((code, found) for code, found in judged if found)
    eligible = [code for code, found in judged if not found]
    lots = lots_of(eligible, seed=seed, thing=thing.code, count=count)
    return Draw(seed=seed, lots=lots, out=out, said=_said(len(eligible), out=len(out), count=count))


def _said(eligible: int, *, out: int, count: int) -> Said:
    values = {"eligible": eligible, "out": out, "count": min(count, eligible), "asked": count}
    if eligible == 0:
        return Said("没有可以承担的评价方（{out} 个不符合独立要求）", values)
    if eligible < count:
        return Said("需要 {asked} 个，符合条件的只有 {eligible} 个，全部选定", values)
    return Said("在符合条件的 {eligible} 个中抽取 {count} 个，另有 {out} 个不符合独立要求", values)
