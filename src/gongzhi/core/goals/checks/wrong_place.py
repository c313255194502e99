"""指标放错类别: an indicator under a heading that its kind doesn't belong to."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.aspects import Aspect, aspect_of
from gongzhi.core.goals.case import GoalCase, GoalCheck, Line
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.terms import Said


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """Level 2 below another level 1 than the pack's, or satisfaction anywhere else."""
    for line in case.lines:
        if line.asks_people and line.aspect not in (None, Aspect.SATISFACTION):
            text = "“{name}”衡量满意度，应放在满意度指标下"
            yield Fault(where=line.where, said=Said(text, {"name": line.name}))
            continue
        right = _right_place(line, case.pack)
        if right is not None:
            values = {"level2": line.draft.level2, "right": right, "level1": line.draft.level1}
            said = Said("“{level2}”属于“{right}”，这里写在“{level1}”下", {**values})
            yield Fault(where=line.where, said=said)


def _right_place(line: Line, pack: Pack) -> str | None:
    """The level-1 heading where its kind belongs, if it stands under another one."""
    here = pack.heading(line.draft.level1)
    if here is None or line.aspect is None or not line.draft.level2:
        return None
    right = [
        heading.name
        for heading in pack.tree
        if any(aspect_of(level1=None, level2=part.name) is line.aspect for part in heading.parts)
    ]
    return right[0] if right and here.name not in right else None


CHECK = GoalCheck(code="wrong_place", field="level2", find=find, by_pack=True)
