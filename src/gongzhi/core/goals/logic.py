"""The logic model of a goal: input → activity → output → outcome, its links and its gaps.

A value that a page can draw: nodes in columns by layer, links between them, gaps that name the
nodes they are about. Where nobody said what leads to what, links between activities, outputs and
outcomes are guessed by shared words and marked as guessed; a gap is never filled by a guess
between texts that share nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.goals.aspects import Stage
from gongzhi.core.goals.drafts import DraftGoal, DraftIndicator
from gongzhi.core.goals.likeness import shared_words
from gongzhi.core.indicators.canonical import says_nothing
from gongzhi.core.indicators.reach import plain, shortened
from gongzhi.core.terms import Said, SaidValues

MONEY, PEOPLE = "money", "people"


class Layer(StrEnum):
    """A column of the picture, from left to right."""

    INPUT = "input"
    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"


ORDER = tuple(Layer)
FOLLOWING = {Layer.ACTIVITY: Layer.OUTPUT, Layer.OUTPUT: Layer.OUTCOME}
LAYERS = {
    Stage.OUTPUT: Layer.OUTPUT,
    Stage.BENEFIT: Layer.OUTCOME,
    Stage.SATISFACTION: Layer.OUTCOME,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box of the picture: its key, its words, and its figure (an amount or a target)."""

    key: str
    layer: Layer
    said: Said
    figure: str = ""
    indicator: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An arrow between two boxes by key; guessed where only their words suggest it."""

    start: str
    end: str
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What the chain lacks, in words, and the boxes it is about (none: the whole)."""

    code: str
    said: Said
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogicModel:
    """The picture of a goal."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    gaps: tuple[Gap, ...]

    def layer(self, layer: Layer) -> tuple[Node, ...]:
        """The boxes of a column, from top to bottom."""
        return tuple(node for node in self.nodes if node.layer is layer)

    @property
    def said(self) -> Said:
        """The picture in one sentence, for who doesn't see it."""
        values: SaidValues = {layer.value: len(self.layer(layer)) for layer in Layer}
        text = "投入 {input} 项 → 活动 {activity} 项 → 产出 {output} 项 → 效果 {outcome} 项"
        if not self.gaps:
            return Said(text, values)
        values = {"chain": Said(text, values), "gaps": len(self.gaps)}
        return Said("{chain}；缺 {gaps} 处", values)


def logic_model(goal: DraftGoal) -> LogicModel:
    """The chain of a goal as far as it was written; costs stand with the inputs they limit."""
    nodes = (*_inputs(goal), *_activities(goal), *_measured(goal))
    links = tuple(_links(goal, nodes))
    return LogicModel(nodes=nodes, links=links, gaps=tuple(_gaps(goal, nodes, links)))


def key_of(indicator: DraftIndicator, position: int) -> str:
    """The key of an indicator's box: its own, else its place."""
    return indicator.key or f"indicator-{position}"


def _inputs(goal: DraftGoal) -> Iterator[Node]:
    if goal.budget is not None and goal.budget > 0:
        said = Said("资金 {amount}", {"amount": goal.budget})
        yield Node(key=MONEY, layer=Layer.INPUT, said=said, figure=plain(goal.budget))
    if goal.people is not None and goal.people > 0:
        said = Said("人员 {count} 人", {"count": goal.people})
        yield Node(key=PEOPLE, layer=Layer.INPUT, said=said, figure=plain(goal.people))


def _activities(goal: DraftGoal) -> Iterator[Node]:
    for activity in goal.activities:
        yield Node(
            key=activity.key,
            layer=Layer.ACTIVITY,
            said=_named(activity.name, Said("没有名称的活动")),
            figure="" if activity.money is None else plain(activity.money),
        )


def _measured(goal: DraftGoal) -> Iterator[Node]:
    """Indicators of output and of effect; those of cost measure inputs and have no box."""
    for position, indicator in enumerate(goal.indicators):
        aspect = indicator.aspect
        layer = None if aspect is None else LAYERS.get(aspect.stage)
        if layer is not None:
            unnamed = Said("第 {number} 项指标", {"number": position + 1})
            yield Node(
                key=key_of(indicator, position),
                layer=layer,
                said=_named(indicator.name, unnamed),
                figure=shortened(indicator.target_text),
                indicator=position,
            )


def _named(name: str, otherwise: Said) -> Said:
    return otherwise if says_nothing(name) else Said("{name}", {"name": shortened(name)})


def _links(goal: DraftGoal, nodes: tuple[Node, ...]) -> Iterator[Link]:
    """Money flows to every activity that has some; the rest as told, else as words suggest."""
    inputs = {node.key for node in nodes if node.layer is Layer.INPUT}
    for activity in goal.activities:
        if MONEY in inputs and activity.money is not None and activity.money > 0:
            yield Link(start=MONEY, end=activity.key)
        if PEOPLE in inputs:
            yield Link(start=PEOPLE, end=activity.key)
    told = {each.key: each.leads_to for each in goal.activities}
    told |= {key_of(each, at): each.leads_to for at, each in enumerate(goal.indicators)}
    names = _names(goal)
    layers = {node.key: ORDER.index(node.layer) for node in nodes}
    for start in (node for node in nodes if node.layer is not Layer.INPUT):
        onward = [end for end in told[start.key] if layers.get(end, 0) > layers[start.key]]
        if onward:
            yield from (Link(start=start.key, end=end) for end in dict.fromkeys(onward))
        else:
            yield from _guessed(start, nodes, names=names)


def _guessed(start: Node, nodes: tuple[Node, ...], *, names: dict[str, str]) -> Iterator[Link]:
    following = FOLLOWING.get(start.layer)
    for end in nodes:
        if end.layer is following and shared_words(names[start.key], names[end.key]):
            yield Link(start=start.key, end=end.key, guessed=True)


def _names(goal: DraftGoal) -> dict[str, str]:
    names = {activity.key: activity.name for activity in goal.activities}
    return names | {key_of(each, at): each.name for at, each in enumerate(goal.indicators)}


def _gaps(goal: DraftGoal, nodes: tuple[Node, ...], links: tuple[Link, ...]) -> Iterator[Gap]:
    """What is missing as a whole, then box by box."""
    layers = {node.layer for node in nodes}
    has_money = any(node.layer is Layer.INPUT and node.key == MONEY for node in nodes)
    if not has_money:
        yield Gap(code="no_money", said=Said("没有写预算"))
    if has_money and Layer.ACTIVITY not in layers:
        yield Gap(code="no_activity", said=Said("有钱，没有写拿钱做什么"), nodes=(MONEY,))
    if Layer.OUTPUT in layers and Layer.OUTCOME not in layers:
        yield Gap(code="no_outcome", said=Said("有产出，没有写会带来什么变化"))
    if Layer.OUTCOME in layers and Layer.OUTPUT not in layers:
        yield Gap(code="no_output", said=Said("有效果，没有写靠什么产出"))
    if Layer.OUTCOME in layers and not goal.beneficiaries:
        yield Gap(code="nobody_benefits", said=Said("有效果，没有写谁受益"))
    yield from _loose_ends(goal, nodes, links)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tie:
    """What a box of a layer needs: an arrow to the layer after it, or from the one before."""

    code: str
    layer: Layer
    beside: Layer
    text: str


TIES = (
    _Tie(
        code="activity_without_output",
        layer=Layer.ACTIVITY,
        beside=Layer.OUTPUT,
        text="“{name}”没有通向一项产出",
    ),
    _Tie(
        code="output_without_activity",
        layer=Layer.OUTPUT,
        beside=Layer.ACTIVITY,
        text="“{name}”不知由哪项活动做出来",
    ),
    _Tie(
        code="output_without_outcome",
        layer=Layer.OUTPUT,
        beside=Layer.OUTCOME,
        text="“{name}”没有通向一项效果",
    ),
    _Tie(
        code="outcome_without_output",
        layer=Layer.OUTCOME,
        beside=Layer.OUTPUT,
        text="“{name}”不知靠哪项产出实现",
    ),
)


def _loose_ends(goal: DraftGoal, nodes: tuple[Node, ...], links: tuple[Link, ...]) -> Iterator[Gap]:
    """Boxes that nothing leads to or that lead nowhere, where the column beside them is filled."""
    unpaid = {each.key for each in goal.activities if not each.money or each.money <= 0}
    layers = {node.key: node.layer for node in nodes}
    tied = {(link.start, layers[link.end]) for link in links}
    tied |= {(link.end, layers[link.start]) for link in links}
    for node in nodes:
        if node.layer is Layer.ACTIVITY and node.key in unpaid:
            said = Said("“{name}”没有分到钱", {"name": node.said})
            yield Gap(code="activity_without_money", said=said, nodes=(node.key,))
        for tie in TIES:
            needs = node.layer is tie.layer and tie.beside in layers.values()
            if needs and (node.key, tie.beside) not in tied:
                said = Said(tie.text, {"name": node.said})
                yield Gap(code=tie.code, said=said, nodes=(node.key,))
