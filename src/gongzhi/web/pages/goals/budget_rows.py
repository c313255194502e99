"""What would become of drafts of a file, or for decisions, beside the goals that a unit has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from gongzhi.core.goals import DraftGoal
from gongzhi.core.official import GoalDeclaration
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.actions.goals import IN_FORCE, TWICE, UNDER_REVIEW
from gongzhi.cycle.goal_lines import unfit
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import UNFINISHED, GoalVersion, Project, ResultDecision
from gongzhi.cycle.next_goals import Begun
from gongzhi.papers.places import place_text
from gongzhi.papers.receiving import Read
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.goals.from_paper import goals_from
from gongzhi.web.pages.goals.seen import changes_between, plan_of
from gongzhi.web.papers_in import is_about
from gongzhi.web.shown import Change
from gongzhi.web.told import Told, told


class Fate(StrEnum):
    """What would become of a declaration."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT_OUT = "kept_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A declaration of the file: whose it is, what it would change, why it would be left out.

    decision is what it is drafted for where it comes of no file.
    """

    number: int
    place: str
    name: str
    project: Project | None = None
    fate: Fate = Fate.KEPT_OUT
    plan: GoalPlan | None = None
    said: Said | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Told, ...] = ()
    decision: ResultDecision | None = None

    @property
    def is_taken(self) -> bool:
        """Whether it can be kept as a draft."""
        return self.fate in (Fate.NEW, Fate.CHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a unit's projects and of their goals of a year."""

    projects: Sequence[Project]
    versions: Mapping[UUID, Sequence[GoalVersion]]
    year: FiscalYear

    @classmethod
    def of(cls, request: MemberRequest, unit: Organisation, year: FiscalYear) -> "Known":
        """As far as the reader may see them."""
        projects = Project.objects.visible_to(request.member).filter(unit=unit)
        visible = GoalVersion.objects.visible_to(request.member).filter(project__unit=unit)
        found: dict[UUID, list[GoalVersion]] = {}
        for version in visible.exclude(stage="withdrawn").order_by("-fiscal_year", "-id"):
            found.setdefault(version.project_id, []).append(version)
        return cls(projects=list(projects), versions=found, year=year)

    def project_of(self, declaration: GoalDeclaration) -> Project | None:
        """The project that a declaration is about."""
        return next((each for each in self.projects if is_about(declaration, each)), None)

    def draft(self, project: Project) -> GoalVersion | None:
        """The draft of the year, which a new one would replace."""
        versions = self._of_year(project)
        return next((each for each in versions if each.stage == "draft"), None)

    def hindrance(self, project: Project) -> Said | None:
        """Why no draft of the year can be kept."""
        stages = {each.stage for each in self._of_year(project)}
        if "approved" in stages:
            return IN_FORCE
        return UNDER_REVIEW if stages & {*UNFINISHED} - {"draft"} else None

    def base(self, project: Project) -> GoalPlan:
        """The goals to go on from: the draft's with its months, else the lines of the newest."""
        draft = self.draft(project)
        if draft is not None:
            return plan_of(draft)
        newest = next(iter(self.versions.get(project.pk, ())), None)
        goal = plan_of(newest).goal if newest else DraftGoal(project=project.name)
        return GoalPlan(goal=goal)

    def _of_year(self, project: Project) -> list[GoalVersion]:
        versions = self.versions.get(project.pk, ())
        return [each for each in versions if each.fiscal_year == self.year]


def rows_of(papers: Sequence[Read[GoalDeclaration]], *, known: Known) -> Iterator[Row]:
    """What would become of each declaration of a file, in its order."""
    seen: set[UUID] = set()
    for number, paper in enumerate(papers):
        project = known.project_of(paper.value)
        place, name = place_text(paper.where, reader_language()), paper.value.project
        if project is None:
            yield Row(
                number=number,
                place=place,
                name=name,
                said=Said("本单位没有登记这个项目"),
                problems=tuple(told(paper.problems)),
            )
            continue
        found = goals_from(paper, base=known.base(project), year=known.year)
        row = Row(
            number=number,
            place=place,
            name=name,
            project=project,
            plan=found.plan,
            problems=tuple(told(found.problems)),
        )
        yield _weighed(row, known=known, twice=project.pk in seen)
        seen.add(project.pk)


def rows_decided(begun: Iterable[Begun], *, known: Known) -> Iterator[Row]:
    """What would become of the goals that begin with decisions, in their order."""
    for number, each in enumerate(begun):
        row = Row(
            number=number,
            place="",
            name=each.project.name,
            project=each.project,
            plan=each.plan,
            decision=each.decision,
        )
        yield _weighed(row, known=known)


def _weighed(row: Row, *, known: Known, twice: bool = False) -> Row:
    """The row with what would become of its goals, beside the draft if there is one."""
    assert row.project is not None
    assert row.plan is not None
    has_draft = known.draft(row.project) is not None
    wrong = TWICE if twice else known.hindrance(row.project) or _fault(row.plan)
    changed = changes_between(known.base(row.project), row.plan) if has_draft else None
    if wrong is not None:
        fate = Fate.KEPT_OUT
    elif changed is None:
        fate = Fate.NEW
    else:
        fate = Fate.CHANGED if changed[1] else Fate.SAME
    return replace(
        row,
        fate=fate,
        said=wrong or (changed[0] if changed else None),
        changes=changed[1] if changed else (),
    )


def _fault(plan: GoalPlan) -> Said | None:
    return next(iter(unfit(plan).values()), None)
