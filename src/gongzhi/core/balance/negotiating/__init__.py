"""Choosing among plans when interests conflict: the values of a case, and its steps in order."""

from gongzhi.core.balance.negotiating.beside import Compared, compared
from gongzhi.core.balance.negotiating.case import (
    Case,
    Criterion,
    Judgement,
    Measure,
    Objecting,
    Option,
    Round,
    SharedCost,
    Side,
    Standing,
)
from gongzhi.core.balance.negotiating.differing import (
    Changeable,
    changed,
    differences,
    number_of,
)
from gongzhi.core.balance.negotiating.faults import faults
from gongzhi.core.balance.negotiating.negotiated import Firmness, Negotiated, negotiate
from gongzhi.core.balance.negotiating.proposals import Proposal, Rule
from gongzhi.core.balance.negotiating.shortlist import (
    Concession,
    Exclusion,
    Scarcity,
    Shortlist,
)
from gongzhi.core.balance.negotiating.showing import Grid, Shown, Span, grid, shown, spans
from gongzhi.core.balance.negotiating.table import Table
from gongzhi.core.balance.negotiating.talks import Closeness, State, Talks
from gongzhi.core.balance.negotiating.telling import Step, steps

__all__ = [
    "Case",
    "Changeable",
    "Closeness",
    "Compared",
    "Concession",
    "Criterion",
    "Exclusion",
    "Firmness",
    "Grid",
    "Judgement",
    "Measure",
    "Negotiated",
    "Objecting",
    "Option",
    "Proposal",
    "Round",
    "Rule",
    "Scarcity",
    "SharedCost",
    "Shortlist",
    "Shown",
    "Side",
    "Span",
    "Standing",
    "State",
    "Step",
    "Table",
    "Talks",
    "changed",
    "compared",
    "differences",
    "faults",
    "grid",
    "negotiate",
    "number_of",
    "shown",
    "spans",
    "steps",
]
