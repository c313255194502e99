"""What citizens say of a service, taken together: how many, the mean, the spread.

One citizen's word is never told apart from the others': below the pack's least number there is no
figure at all; from `enough` on the mean enters the panel as the kind `citizen`, below it is a lead.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from gongzhi.core.scoring.frame import Frame
from gongzhi.core.scoring.pack import Citation
from gongzhi.core.scoring.points import hundredths
from gongzhi.core.terms import Points, Said, SaidValues

LEVELS = 4  # from 0, not at all satisfied, to this
ONE_PLACE = Decimal("0.1")
SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizensRules:
    """From how many on citizens' words are a figure, a part of the score, a reason to look into.

    shown_least: below it no figure is told; enough: from it on the mean enters the panel;
    same_matter: so many about one matter make the finance bureau look into it.
    """

    shown_least: int
    enough: int
    same_matter: int
    answer_days: int
    supplement_days: int
    check_days: int
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Citizens' evaluations of a project's year together; no figure where they are too few."""

    count: int
    mean: Points | None
    spread: Decimal | None
    counts: bool
    said: Said


def points_of(levels: Mapping[str, int], *, frame: Frame) -> Points | None:
    """What a citizen's levels come to, of a hundred; None unless every line has its level."""
    if levels.keys() != {line.code for line in frame.lines}:
        return None
    if any(not 0 <= level <= LEVELS for level in levels.values()):
        return None
    parts = (Fraction(line.weight) * levels[line.code] / LEVELS for line in frame.lines)
    return hundredths(sum(parts, start=Fraction(0)))


def heard(totals: Collection[Points], *, rules: CitizensRules) -> Heard:
    """What citizens gave, together."""
    count = len(totals)
    if count < rules.shown_least:
        said = Said("公民评价不足 {least} 份，不公布分数", {"least": rules.shown_least})
        return Heard(count=count, mean=None, spread=None, counts=False, said=said)
    exact = sum(map(Fraction, totals), start=Fraction(0)) / count
    mean, spread = hundredths(exact), _spread(totals, mean=exact)
    values: SaidValues = {
        "count": count,
        "mean": mean,
        "spread": spread,
        "enough": rules.enough,
    }
    if count < rules.enough:
        said = Said(
            "{count} 份公民评价，平均 {mean} 分，标准差 {spread}；不足 {enough} 份，只作线索",
            values,
        )
        return Heard(count=count, mean=mean, spread=spread, counts=False, said=said)
    said = Said("{count} 份公民评价，平均 {mean} 分，标准差 {spread}，计入综合得分", values)
    return Heard(count=count, mean=mean, spread=spread, counts=True, said=said)


def _spread(totals: Collection[Points], *, mean: Fraction) -> Decimal:
    """The standard deviation of a sample; nothing for one."""
    if len(totals) < SEVERAL:
        return Decimal(0)
    squares = sum(((Fraction(each) - mean) ** 2 for each in totals), start=Fraction(0))
    return Decimal(sqrt(squares / (len(totals) - 1))).quantize(ONE_PLACE)
