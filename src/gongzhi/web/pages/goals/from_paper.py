"""A goal declaration taken out of a file, as goals: into the editor, or as a unit's drafts.

Nothing is kept here. What the file can't be read for, and what goals have no field for, is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.official import GoalDeclaration, taken_from, unplaced
from gongzhi.core.terms import FiscalYear, Problem, Said, Where
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import Project
from gongzhi.papers.forms import GOAL_DECLARATION
from gongzhi.papers.receiving import Read
from gongzhi.web.pages.goals.editing import LINES_MAX
from gongzhi.web.papers_in import CHECK_IT, if_guessed, is_about, received

WRITE_IT = Said("需要的，请写进总体目标或者指标")
CHOOSE_IT = Said("请在“类别”里选一个")


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPaper:
    """What a declaration makes of a project's goals, and all that is to be told of it."""

    plan: GoalPlan
    problems: tuple[Problem, ...]


def into_editor(
    file: "UploadedFile[Any] | None",
    *,
    project: Project,
    base: GoalPlan,
    year: FiscalYear | None,
) -> tuple[GoalPlan | None, Sequence[Problem]]:
    """A project's goals as a file states them, None where it doesn't; and what is to be told."""
    sent = received(GOAL_DECLARATION, file)
    paper = _about(sent.papers, project) if sent.papers else None
    if paper is None or isinstance(paper, Problem):
        return None, [*sent.problems, *([paper] if paper else [])]
    found = goals_from(paper, base=base, year=year)
    return found.plan, [*sent.problems, *found.problems, *_too_many(found.plan)]


def _about(
    papers: Sequence[Read[GoalDeclaration]], project: Project
) -> Read[GoalDeclaration] | Problem:
    """The declaration of a project among those of a file: by code or name, or the only one."""
    for paper in papers:
        if is_about(paper.value, project):
            return paper
    if len(papers) == 1:
        return papers[0]
    what = Said(
        "文件里有 {count} 份申报表，没有一份是“{project}”的",
        {"count": len(papers), "project": project.name},
    )
    hint = Said("请核对项目名称和项目代码；一个单位的许多项目，请在目标列表里成批读入")
    return Problem(where=Where(), what=what, hint=hint)


def goals_from(
    paper: Read[GoalDeclaration], *, base: GoalPlan, year: FiscalYear | None = None
) -> FromPaper:
    """The goals that a declaration states, going on from those known; a year that is set stays."""
    known = base.goal
    taken = taken_from(paper.value, known=known)
    goal = replace(
        taken,
        project=known.project,
        functional=known.functional,
        year=year or taken.year or known.year,
        indicators=tuple(_keyed(taken.indicators, known=known)),
    )
    kept = {line.key for line in goal.indicators}
    by_month = {key: months for key, months in base.by_month.items() if key in kept}
    return FromPaper(
        plan=replace(base, goal=goal, by_month=by_month),
        problems=(*paper.problems, *_notes(paper, known=known, year=year)),
    )


def _too_many(plan: GoalPlan) -> Iterator[Problem]:
    """Whether there are more indicators than the editor has lines."""
    if len(plan.goal.indicators) > LINES_MAX:
        what = Said("指标多于 {most} 项，后面的没有读入", {"most": LINES_MAX})
        yield Problem(where=Where(), what=what, hint=CHECK_IT)


def _keyed(lines: Iterable[DraftIndicator], *, known: DraftGoal) -> Iterator[DraftIndicator]:
    """New lines with keys that no line had before, so that none is taken for another."""
    used = {line.key for line in known.indicators}
    fresh = (key for key in (f"i{number}" for number in count(1)) if key not in used)
    for line in lines:
        yield line if line.key else replace(line, key=next(fresh))


def _notes(
    paper: Read[GoalDeclaration], *, known: DraftGoal, year: FiscalYear | None
) -> Iterator[Problem]:
    """What is to be known of a declaration that was read."""
    value, where = paper.value, paper.where
    yield from if_guessed(paper)
    if value.project and canonical(value.project) != canonical(known.project):
        what = Said("表里的项目名称是“{name}”", {"name": value.project})
        yield Problem(where=where, what=what, hint=CHECK_IT)
    wanted = year or known.year
    if wanted and value.year and value.year != wanted:
        what = Said("表里的年度是 {year} 年", {"year": value.year})
        yield Problem(where=where, what=what, hint=CHECK_IT)
    for number, line in enumerate(value.indicators):
        if line.level2 and DraftIndicator(level1=line.level1, level2=line.level2).aspect is None:
            what = Said("认不出类别“{heading}”", {"heading": line.level2})
            yield Problem(where=replace(where, indicator=number), what=what, hint=CHOOSE_IT)
    for label in unplaced(value, known=known):
        what = Said("“{label}”在目标里没有对应的栏，没有读入", {"label": label})
        yield Problem(where=where, what=what, hint=WRITE_IT)
