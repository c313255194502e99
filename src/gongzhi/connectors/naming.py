"""How far the name of a column speaks for a field."""

import re
import unicodedata
from functools import cache, lru_cache

from gongzhi.connectors.headers import normal
from gongzhi.rules.columns import FieldRule, load_words

EXACT, PART = 1.0, 0.6
NAME_LETTERS_MAX = 120
PART_LETTERS_MIN, PART_CHARACTERS_MIN = 4, 2
WORD = re.compile(r"[^\W\d_]+|[0-9]+")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
NAME_UNIT = re.compile(
    r"[(（\[【:：]?\s*(?:单位[:：]\s*)?(千元|万元|百万元|亿元|元)\s*[)）\]】]?\s*$"
)


@lru_cache(maxsize=65_536)
def named(column: str, field: FieldRule) -> float:
    """How far a column's name speaks for the field; names early in the list speak louder.

    A name counts where it begins a word of the column's: ação is no part of dotação.
    """
    if len(column) > NAME_LETTERS_MAX:
        return 0.0  # a cell of text, no name
    words = _words(column)
    bare = "".join(words) or normal(column)
    if not bare:
        return 0.0
    starts, best = _starts(words), 0.0
    for place, name in enumerate(field.names):
        wanted = normal(name)
        rank = 1 - 0.3 * place / len(field.names)
        if bare == wanted:
            best = max(best, EXACT * rank)
        elif len(wanted) >= _least(wanted) and _begins_a_word(wanted, starts):
            best = max(best, PART * rank * (0.5 + 0.5 * len(wanted) / len(bare)))
    return 0.0 if best < 1 - 0.3 and _is_never(words, field) else best


def bare_name(column: str) -> str:
    """The name without the unit of money and the asides behind it: Amount (£000) exc VAT."""
    bare = NAME_UNIT.sub("", column)
    found = _unit_said().search(bare)
    if found:
        bare = bare[: found.start()] + bare[found.end() :]
    return _aside().sub("", bare)


def unit_in(column: str) -> str:
    """The unit of money that the name of a column says, by its own name; nothing where none."""
    if found := NAME_UNIT.search(column):
        return found[1]
    said = _unit_said().search(column)
    return unit_said(said[0]) if said else ""


def unit_said(text: str) -> str:
    """The unit of money that words such as “in thousands” stand for; nothing where none."""
    found = _unit_said().search(text)
    return _units()[found[0].casefold()] if found else ""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in small letters without accents: vlPago_jan → vl, pago, jan."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    humps = (hump for word in WORD.findall(bare) for hump in HUMP.split(word))
    return tuple(hump.casefold() for hump in humps)


@lru_cache(maxsize=4096)
def _words(column: str) -> tuple[str, ...]:
    return words_of(bare_name(column)) or words_of(column)


@lru_cache(maxsize=4096)
def _starts(words: tuple[str, ...]) -> tuple[str, ...]:
    """The name from each of its words on, as one word."""
    return tuple("".join(words[at:]) for at in range(len(words)))


def _begins_a_word(wanted: str, starts: tuple[str, ...]) -> bool:
    if not wanted.isascii():  # no spaces between the words of Chinese
        return bool(starts) and wanted in starts[0]
    return any(start.startswith(wanted) for start in starts)


def _is_never(words: tuple[str, ...], field: FieldRule) -> bool:
    """Whether a word is among those of the name that say that it is something else."""
    spans = {
        "".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)
    }
    bare = "".join(words)
    return any(
        wanted in spans or (not wanted.isascii() and wanted in bare)
        for wanted in map(normal, field.never)
    )


def _least(name: str) -> int:
    return PART_LETTERS_MIN if name.isascii() else PART_CHARACTERS_MIN


@cache
def _units() -> dict[str, str]:
    return {said.casefold(): name for said, name in load_words().units.items()}


@cache
def _unit_said() -> re.Pattern[str]:
    said = "|".join(map(re.escape, sorted(_units(), key=len, reverse=True)))
    return re.compile(rf"(?<![^\W_])(?:{said})(?![^\W_])", re.IGNORECASE)


@cache
def _aside() -> re.Pattern[str]:
    said = "|".join(map(re.escape, sorted(load_words().asides, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W_])[(（]?(?:{said})[)）]?(?![^\W_])", re.IGNORECASE)
