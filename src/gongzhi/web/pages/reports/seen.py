"""A report as its page shows it: chapters with sentences, tables, drawn charts, people's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from gongzhi.core.reporting import TITLES, Bars, Block, Chapter, Drafted, Paragraph, Table, filled
from gongzhi.core.terms import Said
from gongzhi.papers.bars import bars_svg, said_of
from gongzhi.papers.report import drawn_bars
from gongzhi.web.frame import reader_language
from gongzhi.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBars:
    """A chart that is drawn, and the same in words."""

    caption: Said
    drawing: SafeString
    in_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChapter:
    """A chapter: what the data say, what people wrote, and what stands in its field."""

    chapter: Chapter
    title: Said
    blocks: tuple[str | Table | ShownBars, ...]
    own: tuple[str, ...]
    given: str
    wrong: Said | None


def shown_chapters(
    drafted: Drafted,
    own: Mapping[Chapter, str],
    *,
    given: Mapping[str, str],
    faults: Mapping[str, Said],
) -> Iterator[ShownChapter]:
    """Every chapter of the outline; what was typed and not kept stays in its field."""
    for chapter in Chapter:
        text = own.get(chapter, "")
        field = f"text-{chapter}"
        yield ShownChapter(
            chapter=chapter,
            title=TITLES[chapter],
            blocks=tuple(_shown(block) for block in drafted.section(chapter).blocks),
            own=tuple(filled(text, figures=drafted.figures).splitlines()),
            given=given.get(field, text),
            wrong=faults.get(field),
        )


def _shown(block: Block) -> str | Table | ShownBars:
    language = reader_language()
    match block:
        case Paragraph():
            between = " " if language == "en" else ""
            return between.join(say(each, language) for each in block.said)
        case Bars():
            bars = drawn_bars(block, language)
            # Its words are escaped where it is drawn.
            drawing = mark_safe(bars_svg(bars))  # noqa: S308
            return ShownBars(caption=block.caption, drawing=drawing, in_words=said_of(bars))
        case _:
            return block
