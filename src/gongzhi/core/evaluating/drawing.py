"""Draws that anybody can do again: lots from a published seed, uniform over whoever is eligible.

The core asks no chance: the seed is handed in, drawn or announced above and published. A lot is
the SHA-256 of seed, thing and candidate; the lowest lots win. So the order of a list changes
nothing, one who isn't eligible changes nothing for the others, and `sha256sum` shows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from gongzhi.core.terms import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Somebody's lot in a draw, and whether it was drawn."""

    code: str
    lot: str
    drawn: bool


def lot_of(code: str, *, seed: str, thing: str) -> str:
    """The lot of one candidate: SHA-256 over the three lines, in hexadecimal."""
    return sha256(f"{seed}\n{thing}\n{code}\n".encode()).hexdigest()


def lots_of(codes: Iterable[str], *, seed: str, thing: str, count: int) -> tuple[Lot, ...]:
    """The lots of all, the lowest first; so many of them are drawn."""
    ordered = sorted((lot_of(code, seed=seed, thing=thing), code) for code in set(codes))
    return tuple(
        Lot(code=code, lot=lot, drawn=at < count) for at, (lot, code) in enumerate(ordered)
    )


def in_words(eligible: int, *, out: int, count: int) -> Said:
    """Among how many so many are drawn, and how many are kept out of it."""
    values = {"eligible": eligible, "out": out, "count": count}
    if eligible <= count:
        return Said("需要 {count} 个，符合条件的有 {eligible} 个，全部选定", values)
    if out:
        return Said("在符合条件的 {eligible} 个中抽取 {count} 个，另有 {out} 个不能参加", values)
    return Said("在符合条件的 {eligible} 个中抽取 {count} 个", values)
