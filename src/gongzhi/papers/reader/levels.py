"""Names of indicators: their levels, without points, numbers, stars and placeholders."""

import re
from collections.abc import Callable

from gongzhi.core.terms import Points
from gongzhi.papers.reader.amounts import PLAIN, points_in_brackets
from gongzhi.papers.reader.printed import (
    CLOSING,
    OPENING,
    bare,
    in_brackets,
    is_nothing,
    key,
    line,
)
from gongzhi.papers.reader.vocabulary import WORDS

STARS = "★☆▲※●*"
NUMBERED = re.compile(r"(?:绩效)?指标\s{0,3}[0-9一二三四五六七八九十]{1,3}\s{0,3}[:：、.．]")
ONLY_A_NUMBER = re.compile(r"指标[0-9一二三四五六七八九十]{1,3}")
OPENING_NUMBER = tuple(f"({number}" for number in "一二三四五六七八九十1234567890")
UPPER_NUMBER = re.compile(r"[一二三四五六七八九十]{1,2}、")
SEPARATORS = ("—", "-", "/", ">", "→", "\\", "、", "|", "_", "－", "\n")
POINTS_TAIL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?分")
POINTS_IN_BRACKETS = re.compile(r"[0-9.~—–-]{1,12}[%％]?(?:分)?")


def level_name(text: str) -> str | None:
    """The name of a level-1 or level-2 heading, without its points and its number."""
    name = _without(text, dropped=_are_points).strip(STARS + "：:")
    if key(text).endswith(")分"):
        name = name.removesuffix("分")
    tail = POINTS_TAIL.search(name)
    if tail and tail.end() == len(name) and tail.start():
        name = name[: tail.start()]
    return None if is_nothing(name) else line(_without_number(name))


def level_points(text: str) -> Points | None:
    """The points printed beside a heading; a range such as 0–20 is none."""
    inside = points_in_brackets(text)
    if inside is not None:
        return inside
    tail = POINTS_TAIL.search(key(text[:60]))
    printed = tail and PLAIN.match(tail.group())
    return Points(printed.group()) if printed else None


def indicator_name(text: str) -> str | None:
    """The name of an indicator without “指标N：”, stars and placeholders."""
    name = line(text).strip().lstrip(STARS).strip()
    numbered = NUMBERED.match(name)
    if numbered:
        name = name[numbered.end() :].strip().lstrip(STARS)
    name = _without(name, dropped=_is_placeholder).strip()
    return None if is_nothing(name) or ONLY_A_NUMBER.fullmatch(key(name)) else name


def is_remark(text: str) -> bool:
    """Whether a text stands wholly in brackets."""
    printed = key(text)
    inner = in_brackets(printed)
    return len(inner) == 1 and len(inner[0]) + 2 == len(printed)


def is_level1(text: str) -> bool:
    """Whether a text is a known name of level 1."""
    return _known(text, WORDS.level1)


def is_level2(text: str) -> bool:
    """Whether a text is a known name of level 2."""
    return _known(text, WORDS.level2)


def is_upper(text: str, *, siblings: bool) -> bool:
    """Whether a heading in a row of its own is of level 1; some names may be either.

    siblings: headings of level 2 stand above it. （一） is below 一、 in official numbering.
    """
    if not (is_level1(text) and is_level2(text)):
        return is_level1(text)
    printed = key(text)
    if printed.startswith(OPENING_NUMBER) or UPPER_NUMBER.match(printed):
        return not printed.startswith(OPENING_NUMBER)
    return not siblings or bare(level_name(text) or "") in WORDS.level1_first


def is_execution(text: str | None) -> bool:
    """Whether a level-1 name stands for the execution of the budget."""
    return bool(text) and bare(level_name(text or "") or "") in WORDS.execution


def split_levels(text: str) -> tuple[str | None, str | None, str]:
    """The levels written into one cell: 产出指标-数量指标-培训人数."""
    for separator in SEPARATORS:
        first, found, rest = text.partition(separator)
        if found and is_level1(first) and rest.strip(separator):
            second, more, last = rest.strip(separator).partition(separator)
            if more and last.strip():
                return first, second, last.strip(separator)
            return first, None, rest.strip(separator)
        if found and is_level2(first) and rest.strip(separator):
            return None, first, rest.strip(separator)
    return None, None, text


def _known(text: str, names: tuple[str, ...]) -> bool:
    name = bare(level_name(text) or "")
    return name in names or (name + "指标") in names


def _without_number(name: str) -> str:
    printed = key(name[:80])
    plain = bare(name)
    return plain if plain and printed != plain and printed.endswith(plain) else name


def _without(text: str, *, dropped: Callable[[str], bool]) -> str:
    """The text without those brackets whose inside is to be dropped."""
    kept, start, depth = [], 0, 0
    opened = 0
    for position, character in enumerate(text):
        if _half(character) in OPENING:
            if not depth:
                opened = position
            depth += 1
        elif _half(character) in CLOSING and depth:
            depth -= 1
            if not depth and dropped(text[opened + 1 : position]):
                kept.append(text[start:opened])
                start = position + 1
    return "".join([*kept, text[start:]])


def _half(character: str) -> str:
    return {"（": "(", "）": ")", "［": "[", "］": "]"}.get(character, character)


def _are_points(inner: str) -> bool:
    return POINTS_IN_BRACKETS.fullmatch(key(inner)) is not None


def _is_placeholder(inner: str) -> bool:
    printed = key(inner)
    return "**" in printed or "××" in printed or "XX" in printed.upper()[:6]
