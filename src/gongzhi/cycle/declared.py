"""What evaluators declare of themselves and of their work, in the order in which it is shown."""

from collections.abc import Mapping

from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Evaluation

INDEPENDENCE = "independence"
DECLARED: Mapping[str, Said] = {
    INDEPENDENCE: Said("独立性声明"),
    "method": Said("评价方法"),
    "sample": Said("样本"),
    "sources": Said("资料来源"),
    "period": Said("评价时间"),
    "responsible": Said("负责人"),
    "funding": Said("经费来源"),
    "ties": Said("与被评价单位的关系"),
}
# What a social organisation states of its evaluation (clause 5.5), and everybody else may.
STATED = tuple(name for name in DECLARED if name != INDEPENDENCE)


def stated_in(given: Mapping[str, str]) -> dict[str, str]:
    """What was declared of the known things, without what was left empty."""
    return {name: text for name in STATED if (text := given.get(name, "").strip())}


def missing_of(evaluation: Evaluation) -> tuple[str, ...]:
    """What a social organisation's evaluation doesn't state though clause 5.5 asks for it."""
    if evaluation.evaluator.kind != PartyKind.SOCIAL:
        return ()
    return tuple(name for name in STATED if not evaluation.declared.get(name))
