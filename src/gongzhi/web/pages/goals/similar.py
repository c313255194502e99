"""Closed projects that a reader may know of, for suggestions and for what was learnt from them."""

from collections.abc import Iterator

from gongzhi.core.charter import Member
from gongzhi.core.goals import ClosedProject, DraftIndicator, Past, draft_of
from gongzhi.core.indicators.numbers import number
from gongzhi.core.terms import Indicator
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.papers.record import form_from_record

LOOKED_AT, LESSONS, LETTERS = 120, 3, 120


def closed_projects(member: Member, *, besides: Project) -> tuple[ClosedProject, ...]:
    """The newest published self-evaluations of other projects, as what was promised and reached."""
    readable = FormVersion.objects.visible_to(member).current().self_evaluations()
    others = readable.exclude(project=besides).select_related("project")
    newest = others.order_by("-fiscal_year", "-id")[:LOOKED_AT]
    return tuple(_closed(version) for version in newest)


def _closed(version: FormVersion) -> ClosedProject:
    form = form_from_record(version.record)
    drafted = draft_of(form)
    return ClosedProject(
        code=version.project.code,
        name=version.project.name,
        year=version.fiscal_year,
        text=drafted.text,
        budget=drafted.budget,
        grade=form.stated_grade or "",
        lessons=tuple(_lessons(form.indicators))[:LESSONS],
        indicators=tuple(
            _with_past(line, printed, year=version.fiscal_year)
            for line, printed in zip(drafted.indicators, form.indicators, strict=True)
        ),
    )


def _lessons(indicators: tuple[Indicator, ...]) -> Iterator[str]:
    """What a unit wrote about why something was missed, and what it does about it."""
    for indicator in indicators:
        if indicator.reason and len(indicator.reason) > len(indicator.level3 or ""):
            yield f"{indicator.level3}：{indicator.reason[:LETTERS]}"


def _with_past(line: DraftIndicator, printed: Indicator, *, year: int) -> DraftIndicator:
    target, result = number(printed.target_text), number(printed.actual_text)
    past = Past(
        year=year,
        target=target.value if target else None,
        result=result.value if result else None,
    )
    return DraftIndicator(
        name=line.name,
        level1=line.level1,
        level2=line.level2,
        target=line.target,
        weight=line.weight,
        history=(past,),
    )
