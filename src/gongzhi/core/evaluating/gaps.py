"""Gaps of a panel and what was said about them: a score counts once each is answered.

A party explains the points that it gave. Whoever commissioned an evaluation from somebody else
may explain any gap of the panel; without it, both sides have to. What was explained no longer
stands once the two lie farther apart than then.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gongzhi.core.scoring.panel import Gap
from gongzhi.core.terms import Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """That somebody explained a gap: in which line, for which evaluator's points, how far apart.

    closes: said by whoever commissioned the evaluation from another, so that nobody else has to.
    """

    line: str
    kind: str
    evaluator: str
    apart: Points
    closes: bool

    @property
    def side(self) -> tuple[str, str]:
        """Whose points they are: kind of evaluation and evaluator."""
        return (self.kind, self.evaluator)


def answered(
    gaps: Iterable[Gap], said: Collection[Explained], *, able: Collection[tuple[str, str]]
) -> frozenset[str]:
    """The lines whose gaps are answered; able are those of the panel who can be asked at all.

    A self-evaluation explains its points in its own form and citizens aren't asked: a gap between
    two such is answered by anybody of the panel.
    """
    return frozenset(gap.line for gap in gaps if _is_answered(gap, said, able=able))


def asked_of(gap: Gap, *, able: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Who has to explain a gap: its two sides, where they can; else anybody of the panel."""
    sides = {(each.kind, each.evaluator) for each in (gap.low, gap.high)}
    return frozenset(sides & set(able) or able)


def _is_answered(
    gap: Gap, said: Collection[Explained], *, able: Collection[tuple[str, str]]
) -> bool:
    mine = [each for each in said if each.line == gap.line and each.apart >= gap.apart]
    if any(each.closes for each in mine):
        return True
    sides = {(each.kind, each.evaluator) for each in (gap.low, gap.high)} & set(able)
    explained = {each.side for each in mine}
    return sides <= explained if sides else bool(explained)
