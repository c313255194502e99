"""A report as its page shows it: chapters with sentences, tables, drawn charts, people's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongzhi.core.reporting import TITLES, Bars, Block, Chapter, Drafted, Paragraph, Table, filled
from gongzhi.core.terms import Said
from gongzhi.cycle.reporting import Subject
from gongzhi.papers.bars import bars_svg, said_of
from gongzhi.papers.report import drawn_bars
from gongzhi.web.figures import figure_address
from gongzhi.web.frame import reader_language
from gongzhi.web.places import Place
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
    sources: tuple[Place, ...]


def shown_chapters(
    drafted: Drafted,
    own: Mapping[Chapter, str],
    *,
    subject: Subject,
    given: Mapping[str, str],
    faults: Mapping[str, Said],
) -> Iterator[ShownChapter]:
    """Every chapter of the outline; what was typed and not kept stays in its field."""
    sources = sources_of(subject)
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
            sources=sources.get(chapter, ()),
        )


def sources_of(subject: Subject) -> Mapping[Chapter, tuple[Place, ...]]:
    """Where the numbers of each chapter answer for themselves."""
    project, year = subject.project.pk, subject.year

    def money(what: str, said: str) -> Place:
        return Place(name=said, address=figure_address("project-figure", project, what, year=year))

    panel = f"{reverse('project-evaluation', args=[project])}?year={year}"
    own = reverse("evaluation", args=[subject.evaluation.pk]) if subject.evaluation else ""
    sheet = Place(
        name=_("评分表，每一行的依据"), address=f"{own}#sheet" if own else f"{panel}#sides"
    )
    score = Place(name=_("综合得分怎样得出"), address=f"{panel}#score")
    goals = Place(name=_("批复的绩效目标"), address=reverse("project-goals", args=[project]))
    paid = (money("budget", _("预算")), money("paid", _("已支付")), money("money", _("执行率")))
    heard = Place(name=_("异议和答复"), address=f"{own}#objections" if own else f"{panel}#parties")
    return {
        Chapter.BASICS: (*paid, goals),
        Chapter.WORK: (Place(name=_("谁在评价"), address=f"{panel}#parties"),),
        Chapter.CONCLUSION: (sheet,) if own else (score, sheet),
        Chapter.ANALYSIS: (sheet, *paid),
        Chapter.PROBLEMS: (sheet,),
        Chapter.ANNEX: (heard,),
    }


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
