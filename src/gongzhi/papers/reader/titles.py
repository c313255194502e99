"""Lines around a form: its title, its year, what fixes points."""

import re
from collections.abc import Sequence

from gongzhi.core.terms import FiscalYear
from gongzhi.papers.reader.meaning import field_of
from gongzhi.papers.reader.printed import bare, key, without_brackets
from gongzhi.papers.reader.vocabulary import WORDS

LONGEST_TITLE = 60
SHORTEST_TITLE = 5
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年(?![0-9]{1,2}月)")
YEAR_ALONE = re.compile(r"\(?(20[0-9]{2})年?度?\)?")
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
CHINESE_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}年")


def is_form_title(text: str) -> bool:
    """Whether a line is the title of one of the forms."""
    name = _title_key(text)
    if not name or bare(text) in WORDS.goal_sections or field_of(text):
        return False
    return name.endswith(WORDS.form_titles) and any(topic in name for topic in WORDS.topics)


def is_report_title(text: str) -> bool:
    """Whether a line is the title of a report on performance."""
    return _title_key(text).endswith(WORDS.report_titles)


def is_continued(text: str) -> bool:
    """Whether a line says that a table goes on."""
    printed = key(text[:LONGEST_TITLE])
    return any(word in printed for word in WORDS.continued) and len(printed) < LONGEST_TITLE


def year_in(lines: Sequence[str]) -> FiscalYear | None:
    """The year that the lines above a form name; the nearest line first."""
    for text in reversed(lines):
        year = _year_of(text)
        if year:
            return year
    return None


def year_of_value(text: str) -> FiscalYear | None:
    """The year that a value names: 2023, 2023年, （2023年度）."""
    found = YEAR_ALONE.fullmatch(_digits(key(text[:LONGEST_TITLE])))
    return int(found.group(1)) if found else None


def _title_key(text: str) -> str:
    if len(text) > LONGEST_TITLE * 2:
        return ""
    name = without_brackets(key(text)).strip('《》“”"-_:;。,')
    return name if SHORTEST_TITLE <= len(name) <= LONGEST_TITLE else ""


def _year_of(text: str) -> FiscalYear | None:
    printed = _digits(key(text[: LONGEST_TITLE * 2]))
    alone = YEAR_ALONE.fullmatch(printed)
    if alone:
        return int(alone.group(1))
    if len(printed) > LONGEST_TITLE or not _may_name_year(printed):
        return None
    found = YEAR.search(printed)
    return int(found.group(1)) if found else None


def _may_name_year(printed: str) -> bool:
    """Whether a line is a title or says “the year”; dates of filling in don't count."""
    titled = any(topic in printed for topic in WORDS.topics) and len(printed) <= LONGEST_TITLE
    return titled or "年度" in printed


def _digits(printed: str) -> str:
    """The text with the first year in Chinese digits in plain ones: 二〇二三年."""
    found = CHINESE_YEAR.search(printed)
    if not found:
        return printed
    return printed.replace(found.group(), found.group().translate(CHINESE_DIGITS))
