"""How putting right goes: opened with a letter, planned, reported with evidence, checked.

What happened to it is a row of steps; where each leads stands in TRANSITIONS, which also draws the
diagram in docs/reference/evaluation.md. A new deadline leads nowhere else: it needs its reason.
"""

from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.terms import Said


class RectificationStage(StrEnum):
    """How far putting right got."""

    OPEN = "open"  # waits for the unit's plan
    PLANNED = "planned"  # waits for the unit's report
    REPORTED = "reported"  # waits for the check
    PASSED = "passed"


class RectificationSide(StrEnum):
    """Who takes a step; who exactly may is the charter's answer."""

    UNIT = "unit"
    FINANCE = "finance"


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationTransition:
    """A step that may be taken in a stage: by whom, where it leads, whether it needs a reason."""

    stage: RectificationStage
    verb: str
    to: RectificationStage
    side: RectificationSide
    name: Said
    needs_reason: bool = True


def _by_unit(
    stage: RectificationStage,
    verb: str,
    to: RectificationStage,
    *,
    name: str,
    needs_reason: bool = True,
) -> RectificationTransition:
    return RectificationTransition(
        stage=stage,
        verb=verb,
        to=to,
        side=RectificationSide.UNIT,
        name=Said(name),
        needs_reason=needs_reason,
    )


def _extended(stage: RectificationStage) -> RectificationTransition:
    return _by_unit(stage, "extend_rectification", stage, name="写明原因和新的期限")


def _by_finance(
    stage: RectificationStage, verb: str, to: RectificationStage, *, name: str
) -> RectificationTransition:
    return RectificationTransition(
        stage=stage, verb=verb, to=to, side=RectificationSide.FINANCE, name=Said(name)
    )


TRANSITIONS: tuple[RectificationTransition, ...] = (
    _by_unit(
        RectificationStage.OPEN,
        "plan_rectification",
        RectificationStage.PLANNED,
        name="提出整改方案",
        needs_reason=False,
    ),
    _extended(RectificationStage.OPEN),
    _extended(RectificationStage.PLANNED),
    _by_unit(
        RectificationStage.PLANNED,
        "report_rectification",
        RectificationStage.REPORTED,
        name="报告整改结果",
    ),
    _by_finance(
        RectificationStage.PLANNED,
        "return_rectification",
        RectificationStage.OPEN,
        name="退回整改方案",
    ),
    _by_finance(
        RectificationStage.REPORTED,
        "return_rectification",
        RectificationStage.PLANNED,
        name="退回整改报告",
    ),
    _by_finance(
        RectificationStage.REPORTED,
        "pass_rectification",
        RectificationStage.PASSED,
        name="核查通过",
    ),
)
# The way of what goes well, for whoever looks how far it got.
WAY = tuple(RectificationStage)
UNFINISHED = tuple(stage for stage in RectificationStage if stage is not RectificationStage.PASSED)


def steps_open_to(stage: RectificationStage) -> tuple[RectificationTransition, ...]:
    """What may be done in a stage."""
    return tuple(each for each in TRANSITIONS if each.stage is stage)


def step_to_take(
    stage: RectificationStage, verb: str, *, reason: str = ""
) -> RectificationTransition | Said:
    """The step that a verb takes from a stage, or why it can't be taken, in words."""
    step = next((each for each in steps_open_to(stage) if each.verb == verb), None)
    if step is None:
        return Said("整改现在的状态不能这样办理")
    if step.needs_reason and not reason.strip():
        return Said("请写明理由")
    return step
