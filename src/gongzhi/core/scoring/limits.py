"""The numbers and words by which a form is judged; they come from rules/checks as data."""

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Every threshold of the checks; what each is for stands in rules/checks/limits.toml."""

    full_marks: Decimal
    weight_tolerance: Decimal
    heavy_weight: Decimal
    total_tolerance: Decimal
    rate_tolerance: Decimal
    overspent_tolerance: Decimal
    execution_weight_max: Decimal
    execution_score_tolerance: Decimal
    money_tolerance: Decimal
    list_tolerance: Decimal
    list_tolerance_share: Decimal
    converted_tolerance: Decimal
    proportion_tolerance: Decimal
    slow_spending: Decimal
    unit_cost_tolerance: Decimal
    vague_target: re.Pattern[str]
    budget_indicator: re.Pattern[str]
    guidance: re.Pattern[str]
    survey: re.Pattern[str]
    unit_cost_name: re.Pattern[str]
