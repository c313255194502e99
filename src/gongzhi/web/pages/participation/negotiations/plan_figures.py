"""Plans as the table's page shows them: with figures of the cycle, and which others there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.forum.actions.plan_figures import coded
from gongzhi.forum.models import Negotiation, PlanOption
from gongzhi.forum.plan_figures import YUAN, Found, Shown, figures_of, found_in
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.here import Here
from gongzhi.web.pages.participation.deed_forms import Choices
from gongzhi.web.places import place_of

LINKING = "link_plan_figure"
CODE_MAX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFigure:
    """A figure with the page that it comes from."""

    figure: Shown
    address: str

    @property
    def name(self) -> str:
        """What it is called, where its kind doesn't say it already."""
        figure = self.figure
        return "" if figure.name == figure.row.get_kind_display() else figure.name

    @property
    def held(self) -> str:
        """As it holds."""
        return in_words(self.figure.held or "")

    @property
    def earlier(self) -> str:
        """As it was when it was linked."""
        return in_words(self.figure.earlier)

    @property
    def now(self) -> str:
        """As its source has it since it was fixed."""
        return in_words(self.figure.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlan:
    """A plan and its figures."""

    row: PlanOption
    figures: Sequence[ShownFigure]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChoices:
    """Figures that could be linked, of which project; those that are."""

    offered: Choices = ()
    linked: Choices = ()
    project: Project | None = None
    asked: str = ""


def shown_plans(row: Negotiation, *, reader: Member) -> list[ShownPlan]:
    """All plans, withdrawn ones too."""
    figures = figures_of(row, reader=reader)
    return [_plan(each, figures) for each in row.options.all()]


def _plan(row: PlanOption, figures: Mapping[UUID, Sequence[Shown]]) -> ShownPlan:
    linked = figures.get(row.pk, ())
    return ShownPlan(
        row=row,
        figures=[
            ShownFigure(figure=each, address=place_of(each.thing).address if each.thing else "")
            for each in linked
        ],
    )


def figure_choices(
    request: MemberRequest, row: Negotiation, plans: Sequence[ShownPlan], *, here: Here
) -> FigureChoices:
    """What can be linked by whoever may; of another project where the address names its code."""
    if here[LINKING] is None:
        return FigureChoices()
    asked = _asked(request)
    known = Project.objects.visible_to(request.member).select_related("unit__region")
    project: Project | None = known.filter(code=asked).first() if asked else row.project
    offered = () if project is None else found_in(project, reader=request.member)
    return FigureChoices(
        offered=[(coded(project, each), _worded(each)) for each in offered if project],
        linked=list(_linked(plans)),
        project=project,
        asked=asked,
    )


def in_words(told: str) -> str:
    """A figure as it is kept, its yuan in the reader's language."""
    amount, _blank, unit = told.rpartition(" ")
    return f"{amount} {_(unit)}" if unit == YUAN.text else told


def _asked(request: HttpRequest) -> str:
    return request.GET.get("figures_of", "").strip()[:CODE_MAX]


def _worded(each: Found) -> str:
    day = f" · {each.source_on.isoformat()}" if each.source_on else ""
    names = dict.fromkeys((str(each.kind.label), each.name))
    return f"{' · '.join(names)} · {in_words(each.told)}{day}"


def _linked(plans: Sequence[ShownPlan]) -> Iterator[tuple[UUID, str]]:
    for plan in plans:
        for each in plan.figures:
            name = each.figure.name or _("来处不给您看的一个数")
            kind = each.figure.row.get_kind_display()
            yield each.figure.row.pk, f"{plan.row.code} · {kind} · {name}"
