"""What an indicator looks at: the level-2 kinds, and where a place's frame puts them.

Frames differ (cost under 产出 in the older ones, at level 1 in the newer), the kinds don't.
"""

from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.scoring.pack import Pack


class Stage(StrEnum):
    """Where in the chain from money to effect an indicator stands."""

    COST = "cost"
    OUTPUT = "output"
    BENEFIT = "benefit"
    SATISFACTION = "satisfaction"


class Aspect(StrEnum):
    """The level-2 kind of an indicator."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    TIMELINESS = "timeliness"
    COST = "cost"
    SOCIAL_COST = "social_cost"
    ECOLOGICAL_COST = "ecological_cost"
    ECONOMIC = "economic"
    SOCIAL = "social"
    ECOLOGICAL = "ecological"
    LASTING = "lasting"
    SATISFACTION = "satisfaction"

    @property
    def stage(self) -> Stage:
        """Where in the chain it stands."""
        return KNOWN[self].stage

    @property
    def level1(self) -> str:
        """The level-1 heading in a frame that has cost at level 1."""
        return LEVEL1[self.stage]

    @property
    def level2(self) -> str:
        """The level-2 heading as most forms print it."""
        return KNOWN[self].level2


LEVEL1 = {
    Stage.COST: "成本指标",
    Stage.OUTPUT: "产出指标",
    Stage.BENEFIT: "效益指标",
    Stage.SATISFACTION: "满意度指标",
}


@dataclass(frozen=True, slots=True)
class _Known:
    """How an aspect is printed, and by which words in a heading it is known."""

    stage: Stage
    level2: str
    words: tuple[str, ...]


# In the order in which headings are recognised: 生态环境成本 before 生态, 成本 before 经济.
KNOWN = {
    Aspect.SATISFACTION: _Known(Stage.SATISFACTION, "服务对象满意度指标", ("满意",)),
    Aspect.SOCIAL_COST: _Known(Stage.COST, "社会成本指标", ("社会成本",)),
    Aspect.ECOLOGICAL_COST: _Known(Stage.COST, "生态环境成本指标", ("环境成本", "生态成本")),
    Aspect.COST: _Known(Stage.COST, "经济成本指标", ("成本",)),
    Aspect.QUANTITY: _Known(Stage.OUTPUT, "数量指标", ("数量",)),
    Aspect.QUALITY: _Known(Stage.OUTPUT, "质量指标", ("质量",)),
    Aspect.TIMELINESS: _Known(Stage.OUTPUT, "时效指标", ("时效", "进度")),
    Aspect.LASTING: _Known(Stage.BENEFIT, "可持续影响指标", ("可持续",)),
    Aspect.ECONOMIC: _Known(Stage.BENEFIT, "经济效益指标", ("经济",)),
    Aspect.SOCIAL: _Known(Stage.BENEFIT, "社会效益指标", ("社会",)),
    Aspect.ECOLOGICAL: _Known(Stage.BENEFIT, "生态效益指标", ("生态", "环境")),
}


def aspect_of(*, level1: str | None, level2: str | None) -> Aspect | None:
    """What the printed headings say that an indicator looks at; None where they say nothing.

    Level 2 decides; a level 1 decides alone where it has only one kind (满意度, 成本).
    """
    return _named(canonical(level2)) or _alone(canonical(level1))


def _named(heading: str) -> Aspect | None:
    named = (a for a, known in KNOWN.items() if any(word in heading for word in known.words))
    return next(named, None)


def _alone(heading: str) -> Aspect | None:
    found = _named(heading)
    return found if found in (Aspect.SATISFACTION, Aspect.COST) else None


def headings_in(pack: Pack, aspect: Aspect) -> tuple[str, str] | None:
    """Level 1 and level 2 under which a pack's frame prints an aspect; None if nowhere.

    Where it has cost at level 1 and below 产出, level 1 is taken.
    """
    places = [
        (heading.name, part.name)
        for heading in pack.tree
        for part in heading.parts
        if aspect_of(level1=heading.name, level2=part.name) is aspect
    ]
    own = (place for place in places if place[0] == aspect.level1)
    return next(own, places[0] if places else None)
