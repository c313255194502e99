"""What several parties thought of a project, told in sentences: who gave how many points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongzhi.core.telling.figures import in_a_row
from gongzhi.core.terms import FiscalYear, Points, Said

NAMED = 4  # parties that are named with their points; the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a party came to for a year; without points it isn't open yet."""

    who: str
    year: FiscalYear
    points: Points | None = None


def told_of_judgements(judged: Sequence[Judgement]) -> Iterator[Said]:
    """Who gave how many points for the newest year, and how many are still at it."""
    if not judged:
        return
    year = max(each.year for each in judged)
    mine = [each for each in judged if each.year == year]
    known = [each for each in mine if each.points is not None]
    if known:
        told = in_a_row([_points(each) for each in known[:NAMED]])
        yield Said("{year} 年的工作，{told}。", {"year": year, "told": told})
    if len(known) > NAMED:
        yield Said("另有 {count} 方也评价过。", {"count": len(known) - NAMED})
    if len(mine) > len(known):
        yield Said("还有 {count} 方的评价没有公开。", {"count": len(mine) - len(known)})


def _points(each: Judgement) -> Said:
    assert each.points is not None, "asked for those that are known"
    shown = round(each.points, 2).normalize()
    return Said("{who}评了 {points} 分", {"who": each.who, "points": f"{shown:f}"})
