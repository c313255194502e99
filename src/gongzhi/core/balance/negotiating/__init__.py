"""Choosing among plans when interests conflict: the values of a case, and its steps in order."""

from gongzhi.core.balance.negotiating.case import (
    Case,
    Criterion,
    Judgement,
    Measure,
    Objecting,
    Option,
    Round,
    Side,
    Standing,
)

__all__ = [
    "Case",
    "Criterion",
    "Judgement",
    "Measure",
    "Objecting",
    "Option",
    "Round",
    "Side",
    "Standing",
]
