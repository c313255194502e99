"""Rows that aren't what a table's name says: other stages than payment, classes above classes."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

from gongzhi.connectors.headers import Header, normal
from gongzhi.connectors.mapping import Choice
from gongzhi.connectors.texts import class_code
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Money, Said, SaidValues, Where, several
from gongzhi.rules.columns import load_words

SHOWN = 5
NAME_LETTERS_MAX = 40
ZERO = Decimal(0)
ROUNDED = Decimal("0.001")  # what is left of a sum after rounding each part


def stages(header: Header, samples: Sequence[list[str]]) -> tuple[Choice, Doubt] | None:
    """The rows at the stage of payment, where a column says at which stage each row is.

    Commitments and payments of the same money in one list would be counted twice and more.
    """
    words = load_words()
    paid, others = frozenset(map(normal, words.paid)), frozenset(map(normal, words.not_paid))
    for at, cells in enumerate(samples):
        values = dict.fromkeys(cell.strip() for cell in cells)
        kept = tuple(value for value in values if normal(value) in paid)
        left = [value for value in values if normal(value) in others]
        if kept and left and len(kept) + len(left) == len(values):
            return Choice(column=header.names[at], values=kept), _told(header, at, kept, left)
    return None


def _told(header: Header, at: int, kept: Sequence[str], left: Sequence[str]) -> Doubt:
    told: SaidValues = {
        "column": header.names[at],
        "kept": several(kept[:SHOWN]),
        "left": several(left[:SHOWN]),
    }
    return Doubt(
        where=Where(row=header.row, column=at + 1),
        what=Said("“{column}”是{kept}的行当作支付；{left}不是支付，没有读取", told),
        hint=Said("请核对；要另选时请在列对应里改 only"),
    )


def is_revenue(header: Header) -> bool:
    """Whether the columns speak of revenue and none of spending."""
    words = load_words()
    names = [normal(name) for name in header.names if len(name) <= NAME_LETTERS_MAX]
    return _speak(names, words.revenue) and not _speak(names, words.spending)


def _speak(names: Sequence[str], words: Sequence[str]) -> bool:
    return any(normal(word) in name for word in words for name in names)


def has_sums_above(lines: Sequence[tuple[str, Money | None]]) -> bool:
    """Whether rows of classes stand above those that they are the sums of: 205, 20502, 2050201."""
    above = [at for at in range(len(lines) - 1) if is_above(lines[at][0], lines[at + 1][0])]
    return bool(above) and all(_is_sum(lines[at:]) for at in above)


def class_of(cell: str) -> str:
    """The code of a class, nothing where the cell has none that can be read."""
    try:
        return class_code(cell)
    except Unreadable:
        return ""


def is_above(code: str, below: str) -> bool:
    """Whether a class contains the one in the next row."""
    return bool(code) and len(code) < len(below) and below.startswith(code)


def _is_sum(lines: Sequence[tuple[str, Money | None]]) -> bool:
    """Whether the first line is the sum of the smallest classes below it, as far as it reaches."""
    code, stated = lines[0]
    parts = list(takewhile(lambda line: is_above(code, line[0]), lines[1:]))
    following = [*(each for each, _ in parts[1:]), ""]
    leaves = [
        amount or ZERO
        for (each, amount), after in zip(parts, following, strict=True)
        if not is_above(each, after)
    ]
    return stated is not None and abs(sum(leaves, ZERO) - stated) <= abs(stated) * ROUNDED
