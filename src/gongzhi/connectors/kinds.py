"""The kinds of facts by their names."""

from collections.abc import Mapping

from gongzhi.core.facts import (
    BudgetFact,
    ContractFact,
    Fact,
    PaymentFact,
    PlanFact,
    ProjectFact,
    ReadingFact,
    TargetFact,
)

KINDS: Mapping[str, type[Fact]] = {
    "payment": PaymentFact,
    "budget": BudgetFact,
    "project": ProjectFact,
    "contract": ContractFact,
    "target": TargetFact,
    "plan": PlanFact,
    "reading": ReadingFact,
}
NAMES: Mapping[type[Fact], str] = {made: name for name, made in KINDS.items()}
