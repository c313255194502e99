"""Z1 权重重复相乘: the weight is applied twice."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongzhi.core.audit.case import Case, Check, Fault, Row
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Points, Said

PER_CENT = 100


@dataclass(frozen=True, slots=True)
class _Scores:
    """The three figures of a row."""

    row: Row
    score: Points
    weight: Points
    converted: Points

    @property
    def product(self) -> Points:
        """What the weight, applied once more, makes of the score."""
        return self.score * self.weight / PER_CENT


def find(case: Case) -> Iterator[Fault]:
    """All rows: converted = score × weight ÷ 100, although the score is already out of weight."""
    rows = [scores for row in case.rows if (scores := _scores(row)) is not None]
    slack = case.limits.converted_tolerance
    telling = next((each for each in rows if each.score > 0), None)
    if telling is None or len(rows) < len(case.rows):
        return
    if any(each.score > each.weight for each in rows):
        return
    if any(abs(each.product - each.converted) > slack for each in rows):
        return
    name = telling.row.name
    said = Said("单项得分已按分值给出，折算得分又乘了一次分值（如“{name}”）", {"name": name})
    product = f"{plain(telling.score)} × {plain(telling.weight)} ÷ 100"
    figures = f"{product} = {plain(telling.product)}"
    yield Fault(where=telling.row.where, said=said, arithmetic=figures)


def _scores(row: Row) -> _Scores | None:
    converted = row.indicator.converted_score
    if row.score is None or row.weight is None or converted is None:
        return None
    return _Scores(row, row.score, row.weight, converted)


CHECK = Check(code="Z1", certain=True, find=find)
