"""指标类别不全: kinds of indicators that the place's frame has and the goal has not."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.audit.figures import listed
from gongzhi.core.goals.aspects import LEVEL1, Aspect, Stage, headings_in
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.terms import Said


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """Every level-2 kind that the rule asks for, and one of each other level-1 kind."""
    if not case.lines:
        yield Fault(where=case.where, said=Said("还没有一个指标"))
        return
    missing = list(_missing(case, asked=rule.words))
    if missing:
        said = Said("还没有这些类别的指标：{kinds}", {"kinds": listed(missing)})
        yield Fault(where=case.where, said=said)


def _missing(case: GoalCase, *, asked: tuple[str, ...]) -> Iterator[Said]:
    aspects = {line.aspect for line in case.lines}
    stages = {line.stage for line in case.lines}
    in_frame = [aspect for aspect in Aspect if headings_in(case.pack, aspect) is not None]
    for aspect in in_frame:
        if aspect.level2 in asked and aspect not in aspects:
            yield Said(aspect.level2)
    named = {aspect.stage for aspect in in_frame if aspect.level2 in asked}
    for stage in Stage:
        if stage in {aspect.stage for aspect in in_frame} - stages - named:
            yield Said(LEVEL1[stage])


CHECK = GoalCheck(code="kinds_missing", field="indicators", find=find, by_pack=True, words=True)
