"""A panel held against a participation standard: each line met, not met, or not yet to be told."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.terms import Said, SaidValues, Text

DRAWN = Said("已抽签，公开文件可以重算；办法：LEXIMIN，已证明在名额之内各人机会不能更均等")
DRAWN_BY_TIME = Said(
    "已抽签，公开文件可以重算；办法：LEXIMIN，到时限为止，没有证明各人机会不能更均等"
)


class Met(StrEnum):
    """Whether a panel meets a line."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What somebody published on panels: how many take part, what share by lot, from when."""

    code: str
    name: Text
    since: date
    participants: tuple[int, int]
    by_lot: tuple[Decimal, Decimal]
    source: Text
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelCounts:
    """A panel in numbers: seats by lot and by invitation, seats taken, opinions and answers.

    Proven: the chances are as equal as the quotas allow; time didn't run out over them.
    """

    by_lot: int
    invited: int
    is_drawn: bool
    seated: int
    opinions: int
    answered: int
    is_proven: bool = True

    @property
    def participants(self) -> int:
        """All who are to take part; once it was drawn, those who took a seat and the invited."""
        return (self.seated if self.is_drawn else self.by_lot) + self.invited


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a standard: what it asks, the panel's figure, whether it is met."""

    asks: Said
    figure: Said
    met: Met


def lines_of(counts: PanelCounts, *, standard: Standard) -> tuple[Line, ...]:
    """The lines of a standard."""
    return (
        _participants(counts, standard),
        _by_lot(counts, standard),
        _open_draw(counts),
        _followed(counts),
    )


def _participants(counts: PanelCounts, standard: Standard) -> Line:
    least, most = standard.participants
    asks = Said("{least} 至 {most} 人参加", {"least": least, "most": most})
    figure = Said("{count} 人", {"count": counts.participants})
    return Line(asks=asks, figure=figure, met=_within(counts, counts.participants, least, most))


def _by_lot(counts: PanelCounts, standard: Standard) -> Line:
    least, most = standard.by_lot
    asks = Said("{least}%–{most}% 随机抽选", {"least": _percent(least), "most": _percent(most)})
    whole = counts.participants
    drawn = whole - counts.invited
    share = Decimal(drawn) / whole if whole else Decimal(0)
    values: SaidValues = {"count": drawn, "whole": whole, "share": _percent(share)}
    figure = Said("{whole} 人中 {count} 人，占 {share}%", values)
    return Line(asks=asks, figure=figure, met=_within(counts, share, least, most))


def _open_draw(counts: PanelCounts) -> Line:
    figure = DRAWN if counts.is_proven else DRAWN_BY_TIME
    return Line(
        asks=Said("抽选公开，可以复算"),
        figure=figure if counts.is_drawn else Said("还没有抽签"),
        met=Met.MET if counts.is_drawn else Met.NOT_YET,
    )


def _followed(counts: PanelCounts) -> Line:
    values: SaidValues = {"count": counts.opinions, "answered": counts.answered}
    if not counts.opinions:
        met = Met.NOT_YET
    else:
        met = Met.MET if counts.answered == counts.opinions else Met.NOT_YET
    return Line(
        asks=Said("每条意见跟踪到办结"),
        figure=Said("{count} 条意见，已答复 {answered} 条", values),
        met=met,
    )


def _within(
    counts: PanelCounts, figure: int | Decimal, least: int | Decimal, most: int | Decimal
) -> Met:
    if not counts.is_drawn:
        return Met.NOT_YET if least <= figure <= most else Met.NOT_MET
    return Met.MET if least <= figure <= most else Met.NOT_MET


def _percent(share: Decimal) -> Decimal:
    return (share * 100).quantize(Decimal(1))
