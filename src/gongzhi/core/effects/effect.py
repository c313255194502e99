"""What a design says of an effect: an estimate, an interval, the two courses, and its limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from math import isfinite

from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said, SaidValues

LEVEL = 0.95
PERCENT = 100
DIGITS = 4


class Design(StrEnum):
    """How an effect is looked for, from the weakest on."""

    BEFORE_AFTER = "before_after"
    DIFFERENCES = "differences"
    SYNTHETIC_CONTROL = "synthetic_control"
    SYNTHETIC_DIFFERENCES = "synthetic_differences"


NAMES = {
    Design.BEFORE_AFTER: Said("前后比较"),
    Design.DIFFERENCES: Said("双重差分"),
    Design.SYNTHETIC_CONTROL: Said("合成控制"),
    Design.SYNTHETIC_DIFFERENCES: Said("合成双重差分"),
}
HEADS = {
    Design.BEFORE_AFTER: "与原来的走势相比，之后平均{change}",
    Design.DIFFERENCES: "与对照组的变化相比，之后平均{change}",
    Design.SYNTHETIC_CONTROL: "与对照的组合相比，之后平均{change}",
    Design.SYNTHETIC_DIFFERENCES: "与对照的组合的变化相比，之后平均{change}",
}
LIMITS = {
    Design.BEFORE_AFTER: Said("只比较了前后：同一时间的其他变化也会成为差别，不能说是项目的作用"),
    Design.DIFFERENCES: Said("前提是没有项目时两组会有同样的变化，这一点无法由数据证明"),
    Design.SYNTHETIC_CONTROL: Said(
        "前提是没有项目时对照的组合能代表它，只能从事前是否吻合间接判断"
    ),
    Design.SYNTHETIC_DIFFERENCES: Said(
        "前提是没有项目时它与对照的组合会有同样的变化，只能从事前是否平行间接判断"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A period with what was seen and what the design holds against it."""

    period: int
    seen: float
    without: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect in the outcome's own measure, the mean over the periods after.

    low and high bound it at the level, p is the chance of a difference as large where there is
    none; all three are None where the design can't tell. fit is the root of the mean squared
    difference before, weights are the shares of those compared with.
    """

    design: Design
    estimate: float
    low: float | None = None
    high: float | None = None
    level: float = LEVEL
    p: float | None = None
    course: tuple[Point, ...] = ()
    fit: float | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    cautions: tuple[Said, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves nothing out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def said(self) -> Said:
        """The result in a sentence that claims no cause."""
        head = Said(HEADS[self.design], {"change": _change(self.estimate)})
        if self.low is None or self.high is None:
            return Said("{head}；不能给出区间", {"head": head})
        values: SaidValues = {
            "head": head,
            "level": round(self.level * PERCENT),
            "low": shown(self.low),
            "high": shown(self.high),
        }
        if self.is_clear:
            return Said("{head}（{level}% 区间 {low} 至 {high}）", values)
        return Said("{head}（{level}% 区间 {low} 至 {high}，包含零：看不出有没有变化）", values)

    @property
    def limits(self) -> tuple[Said, ...]:
        """What the design can't show, and what to mind in this case; never empty."""
        return (LIMITS[self.design], *self.cautions)


def shown(value: float) -> str:
    """A figure with four digits, without exponent."""
    assert isfinite(value), "a figure is finite"
    return plain(Decimal(f"{value:.{DIGITS}g}"))


def _change(estimate: float) -> Said:
    if estimate == 0:
        return Said("没有差别")
    return Said("高 {size}" if estimate > 0 else "低 {size}", {"size": shown(abs(estimate))})
