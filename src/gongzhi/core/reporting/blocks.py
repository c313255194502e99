"""What a report consists of: chapters of paragraphs, tables and charts, and its figures by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from gongzhi.core.terms import Ratio, Said, Text

Words: TypeAlias = str | Said | Text  # str is as people wrote it, or a figure


class Chapter(StrEnum):
    """The chapters of the usual outline (DOMAIN.md § 6), and the annex of clause 4.15."""

    BASICS = "basics"
    WORK = "work"
    CONCLUSION = "conclusion"
    ANALYSIS = "analysis"
    PROBLEMS = "problems"
    ADVICE = "advice"
    OTHER = "other"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences made from data."""

    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; widths are shares of the line, figures the columns with numbers."""

    caption: Said
    heads: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...]
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a chart: how much of the whole, and the figure in words."""

    label: Words
    share: Ratio
    figure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A chart of bars, each as long as its share of what could be had."""

    caption: Said
    bars: tuple[Bar, ...]


Block: TypeAlias = Paragraph | Table | Bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A chapter as the data have it."""

    chapter: Chapter
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A report as the data have it; figures are what people's own words may name in braces."""

    sections: tuple[Section, ...]
    figures: Mapping[str, str] = field(default_factory=dict)

    def section(self, chapter: Chapter) -> Section:
        """A chapter; an empty one where the data have nothing for it."""
        found = (each for each in self.sections if each.chapter is chapter)
        return next(found, Section(chapter=chapter, blocks=()))
