"""What stands above a table or in its file's name: the unit of its amounts, its year."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from gongzhi.connectors.naming import unit_said
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Said, Where

NAMES = "千元|万元|萬元|百万元|百萬元|亿元|億元|元"
SIMPLE = str.maketrans("萬億", "万亿")
UNIT = re.compile(
    rf"(?:单位|單位)\s*[:：]?\s*(?:人民币|新臺幣|新台币|港币|港幣)?\s*({NAMES})|[（(]({NAMES})[）)]"
)
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2}|19[5-9][0-9])(?=[^0-9]|$|[01][0-9])")
LINE_LETTERS_MAX = 200  # longer ones are explanations


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The unit and the year, each with the words that say it; empty where nothing does."""

    unit: str = ""
    unit_text: str = ""
    year: str = ""
    year_text: str = ""

    def doubts(self, place: Where, *, takes_year: bool) -> Iterable[Doubt]:
        """That they were taken from there."""
        if self.unit:
            yield Doubt(
                where=place,
                what=Said("表头上方写着“{text}”，按金额单位是{unit}读取", {
                    "text": self.unit_text, "unit": Said(self.unit),
                }),
                hint=Said("如果不是，请改金额的单位（列对应里的 unit）"),
            )  # fmt: skip
        if takes_year and self.year:
            yield Doubt(
                where=place,
                what=Said("没有年度这一列；年度取自“{text}”：{year}", {
                    "text": self.year_text, "year": self.year,
                }),
                hint=Said("如果不是，请给出年度（命令行 --given year=2026）"),
            )  # fmt: skip


def surroundings_of(lines: Iterable[Sequence[str]], *, file_name: str) -> Surroundings:
    """What the lines above a table say; the name of the file tells a year that no line does."""
    texts = [
        text
        for cells in lines
        for cell in cells
        if (text := unicodedata.normalize("NFKC", cell).strip())
        if len(text) <= LINE_LETTERS_MAX
    ]
    unit, unit_text = next(filter(None, map(_unit, texts)), ("", ""))
    year, year_text = _year(texts) or _year([PurePath(file_name).name]) or ("", "")
    return Surroundings(unit=unit, unit_text=unit_text, year=year, year_text=year_text)


def _unit(text: str) -> tuple[str, str] | None:
    found = UNIT.search(text)
    unit = (found[1] or found[2]).translate(SIMPLE) if found else unit_said(text)
    return (unit, text[:40]) if unit and unit != "元" else None


def _year(texts: Iterable[str]) -> tuple[str, str] | None:
    """The one year that these texts name, and the first text that does."""
    found: dict[str, str] = {}
    for text in texts:
        for year in YEAR.findall(text):
            found.setdefault(year, text[:40])
    return next(iter(found.items())) if len(found) == 1 else None
