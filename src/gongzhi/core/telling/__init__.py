"""What is known, told to a citizen: values in, plain sentences out, each number from the data."""

from gongzhi.core.telling.consequences import Consequences, NextMoney, told_of_consequences
from gongzhi.core.telling.figures import amount_said, day_said, in_a_row
from gongzhi.core.telling.judging import Judgement, told_of_judgements
from gongzhi.core.telling.project import Awaited, Story, YearMoney, told
from gongzhi.core.telling.promises import (
    STANDINGS,
    Promise,
    Standing,
    counted,
    counts_said,
    standing,
    standing_of,
)
from gongzhi.core.telling.region import (
    Spending,
    told_of_promises,
    told_of_spending,
)
from gongzhi.core.telling.weighing import Part, Parts, parts_of, weighed

__all__ = [
    "STANDINGS",
    "Awaited",
    "Consequences",
    "Judgement",
    "NextMoney",
    "Part",
    "Parts",
    "Promise",
    "Spending",
    "Standing",
    "Story",
    "YearMoney",
    "amount_said",
    "counted",
    "counts_said",
    "day_said",
    "in_a_row",
    "parts_of",
    "standing",
    "standing_of",
    "told",
    "told_of_consequences",
    "told_of_judgements",
    "told_of_promises",
    "told_of_spending",
    "weighed",
]
