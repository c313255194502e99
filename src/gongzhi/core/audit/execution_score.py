"""X3 执行率得分算错: the score of execution does not follow from the rate."""

from collections.abc import Iterator
from fractions import Fraction

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import rounded
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """The rate, at most the whole, times the weight; odd weights and scores have other codes."""
    found = case.execution_rate
    weight, score = case.form.execution_weight, case.form.execution_score
    if found is None or weight is None or score is None:
        return
    if not 0 < weight <= case.limits.execution_weight_max or score > weight:
        return
    earned = min(found.exact, Fraction(1)) * Fraction(weight)
    if abs(earned - Fraction(score)) <= Fraction(case.limits.execution_score_tolerance):
        return
    said = Said(
        "执行率得分写作 {score} 分，按执行率计算为 {earned} 分",
        {"score": score, "earned": rounded(earned)},
    )
    share = plain(rounded(min(found.exact, Fraction(1)) * 100))
    figures = f"{share}% × {plain(weight)} = {plain(rounded(earned))} ≠ {plain(score)}"
    yield Fault(where=case.money_where, said=said, arithmetic=figures)


CHECK = Check(code="X3", certain=True, find=find)
