"""The articles that a clause cites, in the reader's language."""

import re

ARTICLE = re.compile(r"第([零一二三四五六七八九十百]+)条")
DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
UNITS = {"十": 10, "百": 100}


def articles_text(articles: str, *, language: str) -> str:
    """第五十七条 as it stands, or art. 57; what isn't a list of articles stays as it is."""
    numerals = ARTICLE.findall(articles)
    if language == "zh" or ARTICLE.sub("", articles).strip("、"):
        return articles
    numbers = ", ".join(str(number(numeral)) for numeral in numerals)
    return f"arts. {numbers}" if len(numerals) > 1 else f"art. {numbers}"


def number(numeral: str) -> int:
    """A Chinese numeral below a thousand: 一百零一 is 101."""
    total, digit = 0, 0
    for character in numeral:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit
