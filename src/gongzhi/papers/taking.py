"""Values taken out of a paper's boxes; what can't be one is a problem at its place."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import FiscalYear, Money, Points, Problem, Said, SaidValues, several
from gongzhi.papers.figures import WAN
from gongzhi.papers.finding_boxes import Entry
from gongzhi.papers.reader.amounts import amount, points
from gongzhi.papers.reader.printed import key

Chosen = TypeVar("Chosen", bound=StrEnum)
CUT = "……（文字过长，全文见 Word 版）"
SHOWN_MAX = 40
YEAR_MIN, YEAR_MAX = 1949, 9999


class Taking:
    """The boxes of a paper, or of one of its lines, taken one by one."""

    def __init__(self, entries: Mapping[str, Entry], *, problems: list[Problem]) -> None:
        self._entries = entries
        self._problems = problems

    def text(self, name: str) -> str:
        """The text, "" where the box is empty."""
        entry = self._entries[name]
        if entry.text.endswith(CUT):
            what = Said("这一格的文字写出时已截短，没有读全")
            self._tell(entry, what, Said("请上传 Word 版，或在系统里填写这一项"))
        return entry.text

    def money(self, name: str) -> Money | None:
        """Yuan out of 万元."""
        entry = self._entries[name]
        found = amount(entry.text, unit=WAN) if entry.text else None
        if entry.text and found is None:
            hint = Said("请填以万元为单位的数字，例如 12.5")
            self._not_a_number(entry, Said("以万元计的金额"), hint)
        return found

    def points(self, name: str) -> Points | None:
        """Points of a weight."""
        entry = self._entries[name]
        found = points(entry.text) if entry.text else None
        if entry.text and found is None:
            self._not_a_number(entry, Said("分数"), Said("请填一个数字，例如 10"))
        return found

    def year(self, name: str) -> FiscalYear | None:
        """A fiscal year."""
        return self._whole(name, least=YEAR_MIN, most=YEAR_MAX)

    def month(self, name: str) -> int | None:
        """A month of a year."""
        return self._whole(name, least=1, most=MONTHS)

    def _whole(self, name: str, *, least: int, most: int) -> int | None:
        entry = self._entries[name]
        printed = key(entry.text).removesuffix("年度").removesuffix("年").removesuffix("月")
        if not printed:
            return None
        if printed.isdecimal() and len(printed) <= len(str(most)) and least <= int(printed) <= most:
            return int(printed)
        hint = Said("请填 {least} 至 {most} 之间的整数", {"least": least, "most": most})
        self._not_a_number(entry, Said("整数"), hint)
        return None

    def one_of(self, name: str, known: type[Chosen]) -> Chosen | None:
        """One of what may be filled in."""
        entry = self._entries[name]
        return next(iter(self._chosen(entry, [entry.text] if entry.text else [], known)), None)

    def some_of(self, name: str, known: type[Chosen]) -> tuple[Chosen, ...]:
        """Several of what may be filled in, with 、 between them."""
        entry = self._entries[name]
        said = entry.text.replace(",", "、").replace("，", "、").replace("\n", "、")
        named = [part.strip() for part in said.split("、") if part.strip()]
        return tuple(self._chosen(entry, named, known))

    def _chosen(self, entry: Entry, named: Iterable[str], known: type[Chosen]) -> list[Chosen]:
        by_text = {key(each.value): each for each in known}
        found = []
        for text in named:
            if key(text) in by_text:
                found.append(by_text[key(text)])
            else:
                what = Said("“{text}”不是可选的内容", {"text": text[:SHOWN_MAX]})
                choices = several(each.value for each in known)
                self._tell(entry, what, Said("请在这些当中选填：{choices}", {"choices": choices}))
        return found

    def _not_a_number(self, entry: Entry, wanted: Said, hint: Said) -> None:
        values: SaidValues = {"wanted": wanted, "text": entry.text[:SHOWN_MAX]}
        self._tell(entry, Said("这里应当是{wanted}，“{text}”不是", values), hint)

    def _tell(self, entry: Entry, what: Said, hint: Said) -> None:
        self._problems.append(Problem(where=entry.where, what=what, hint=hint))
