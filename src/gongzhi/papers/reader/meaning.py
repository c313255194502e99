"""What a cell means: the role of a column's head, the field of a label."""

from functools import lru_cache

from gongzhi.papers.reader.amounts import number
from gongzhi.papers.reader.printed import bare, is_nothing, key
from gongzhi.papers.reader.vocabulary import (
    INDICATOR_COLUMNS,
    LABELS,
    MONEY_COLUMNS,
    WORDS,
    Rule,
    Rules,
)

LONGEST_HEAD = 18  # a longer text is a sentence, whatever words it holds
SENTENCE = "。;,!?“”"


@lru_cache(maxsize=16_384)
def indicator_role(text: str) -> str | None:
    """The role of a column of indicators with this head."""
    return _role(INDICATOR_COLUMNS, bare(text))


@lru_cache(maxsize=16_384)
def money_role(text: str) -> str | None:
    """The role of a column of money with this head."""
    return _role(MONEY_COLUMNS, bare(text))


@lru_cache(maxsize=16_384)
def label_of(text: str) -> Rule | None:
    """The label that this text is, as the rule that knows it."""
    name = bare(text)
    if not name or ":" in name:
        return None
    return LABELS.first(name)


def field_of(text: str) -> str | None:
    """The field that a label names."""
    rule = label_of(text)
    return rule.role if rule else None


def is_labelled(text: str) -> bool:
    """Whether a text is a label, alone or with its value after a colon."""
    before, colon, _ = text[: LONGEST_HEAD * 3].replace("：", ":").partition(":")
    return field_of(text) is not None or (bool(colon) and field_of(before) is not None)


def is_number(text: str) -> bool:
    """Whether the text is a figure: a number, a percentage."""
    return number(key(text).removesuffix("%")) is not None if len(text) < 64 else False


def is_value(text: str) -> bool:
    """Whether the text is a figure or says that there is none."""
    return is_number(text) or is_nothing(text)


def is_total(text: str) -> bool:
    """Whether the text heads the row of totals."""
    printed = key(text[:40])
    return bare(text) in WORDS.totals or printed.startswith(WORDS.total_starts)


def is_fund(text: str) -> bool:
    """Whether the text names a row of the money block."""
    name = bare(text).removeprefix("其中:").removeprefix("其中")
    return (
        name in WORDS.fund_totals
        or name.endswith(WORDS.fund_subtotal_ends)
        or (len(name) <= 20 and any(part in name for part in WORDS.fund_parts))
    )


def _role(rules: Rules, name: str) -> str | None:
    if not name or len(name) > LONGEST_HEAD or any(mark in name for mark in SENTENCE):
        return None
    rule = rules.first(name)
    return rule.role if rule else None
