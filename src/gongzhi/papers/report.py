"""绩效评价报告 as it is printed: chapters with sentences, tables, charts, people's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongzhi.core.reporting import TITLES, Bars, Chapter, Drafted, Words, filled
from gongzhi.core.terms import Said, Text
from gongzhi.papers.bars import DrawnBar
from gongzhi.words import say

TITLE = Said("绩效评价报告")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper:
    """A report to print: its subject, what stands under its title, own words by chapter."""

    about: str
    notes: tuple[str, ...]
    drafted: Drafted
    own: Mapping[Chapter, str]
    language: str = "zh"

    @property
    def title(self) -> str:
        """What the paper is called."""
        return say(TITLE, self.language)

    def heading(self, chapter: Chapter) -> str:
        """The heading of a chapter."""
        return say(TITLES[chapter], self.language)

    def words(self, value: Words) -> str:
        """Words in the paper's language."""
        return in_words(value, self.language)

    def paragraphs(self, chapter: Chapter) -> tuple[str, ...]:
        """People's own paragraphs of a chapter, their figures filled in."""
        text = filled(self.own.get(chapter, ""), figures=self.drafted.figures)
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    def sentences(self, said: Sequence[Said]) -> str:
        """Sentences as one paragraph."""
        between = " " if self.language == "en" else ""
        return between.join(say(each, self.language) for each in said)

    def bars(self, block: Bars) -> tuple[DrawnBar, ...]:
        """The bars of a chart with their words."""
        return drawn_bars(block, self.language)


def about(project: str, *, year: int, evaluator: str) -> str:
    """What a report is about, as its title's second line; evaluator "" for all of them."""
    return f"{project} {year} 年" + (f"（{evaluator}）" if evaluator else "")


def in_words(value: Words, language: str) -> str:
    """Words in a language."""
    match value:
        case Said():
            return say(value, language)
        case Text():
            return value.in_language(language)
        case _:
            return value


def drawn_bars(block: Bars, language: str) -> tuple[DrawnBar, ...]:
    """The bars of a chart with their words in a language."""
    return tuple(
        DrawnBar(label=in_words(bar.label, language), share=bar.share, figure=bar.figure)
        for bar in block.bars
    )
