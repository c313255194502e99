"""Printed text as its reader understands it: keys for comparing, tidy text for showing."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from gongzhi.papers.reader.vocabulary import WORDS

OPENING, CLOSING = "([{【〔", ")]}】〕"
MARKS = "*★☆※▲●■□◆:;,.、。·_-—"
ENUMERATOR = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[、.．]")
TICKS, BOXES = "√✓✔☑☒■●", "□○☐"
MARKED = {ord(mark): " " for mark in TICKS + BOXES + OPENING + CLOSING + "、,;:/1234567890."}
LONGEST_CHOICE = 80
THOUSANDS = re.compile(r"(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))")
LONGEST_LABEL = 40  # a longer text is a sentence, whatever words it holds
KEY_LIMIT = 200
WIDE_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
HALF_WIDTH = {code: half for code, half in WIDE_ASCII.items() if chr(code) not in "，；：（）！？"}


@lru_cache(maxsize=16_384)
def key(text: str) -> str:
    """The text without spaces, half-width, operators unified: what two prints have in common."""
    joined = "".join(unicodedata.normalize("NFKC", text).split())
    for printed, meant in WORDS.operators.items():
        joined = joined.replace(printed, meant)
    return joined


@lru_cache(maxsize=16_384)
def bare(text: str) -> str:
    """What a label or the head of a column is called: its key without brackets and marks.

    A text too long to be a label has no name.
    """
    if len(text) > KEY_LIMIT:
        return ""
    name = without_brackets(key(text)).strip(MARKS)
    numbered = ENUMERATOR.match(name)
    if numbered and numbered.end() < len(name):
        name = name[numbered.end() :]
    return name.strip(MARKS) if len(name) <= LONGEST_LABEL else ""


def without_brackets(text: str) -> str:
    """The text without what stands in brackets; an unclosed bracket runs to the end."""
    kept, depth = [], 0
    for character in text:
        if character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(character)
    return "".join(kept)


def in_brackets(text: str) -> tuple[str, ...]:
    """What stands in the outermost brackets of a text, one after the other."""
    found: list[str] = []
    inner: list[str] = []
    depth = 0
    for character in key(text):
        if character in CLOSING and depth:
            depth -= 1
            if not depth:
                found.append("".join(inner))
                inner = []
        if depth:
            inner.append(character)
        if character in OPENING:
            depth += 1
    return tuple(found)


def line(text: str) -> str:
    """The text on one line, as a reader would copy it: broken words joined, digits half-width."""
    return _joined([part for part in text.translate(HALF_WIDTH).split() if part])


def passage(text: str) -> str:
    """The text with its lines kept; each line tidy."""
    lines = (line(part) for part in text.splitlines())
    return "\n".join(part for part in lines if part)


def measure(text: str) -> str:
    """A target or a result: one line, operators unified, no commas between thousands."""
    tidy = THOUSANDS.sub("", line(text))
    for printed, meant in WORDS.operators.items():
        tidy = tidy.replace(printed, meant)
    return tidy


def is_nothing(text: str) -> bool:
    """Whether the text only says that there is nothing: empty, a dash, a slash."""
    mark = key(text)
    return mark in WORDS.nothing or not mark.strip(WORDS.nothing_marks)


def chosen(text: str, options: Sequence[str]) -> str | None:
    """The option that a text names, alone or ticked among others: 优□ 良☑ 中□, √优 良 中."""
    printed = key(text[:LONGEST_CHOICE])
    if bare(text) in options:
        return bare(text)
    ticks = [place for place, character in enumerate(printed) if character in TICKS]
    if len(ticks) != 1:
        return None
    before = ticks[0] == 0 or printed[0] in TICKS + BOXES
    part = printed[ticks[0] + 1 :] if before else printed[: ticks[0]]
    words = part.translate(MARKED).split()
    return next((word for word in (words if before else words[::-1]) if word in options), None)


def _joined(parts: list[str]) -> str:
    text = ""
    for part in parts:
        latin = text and text[-1].isascii() and part[0].isascii()
        text += f" {part}" if latin and text[-1].isalnum() and part[0].isalnum() else part
    return text
