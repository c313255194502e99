"""Figures of the cycle for plans: linked, taken off, and fixed when a settlement is put up."""

from datetime import date
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.actions.plans import NO_PLAN
from gongzhi.forum.models import FigureTaken, Negotiation, PlanFigure, Settlement
from gongzhi.forum.own import office_of
from gongzhi.forum.plan_figures import UNKNOWN, Found, found, found_in
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable

FIGURES_MOST = 6  # of a plan
LINKED = Said("这个方案已经取了这个数")
TOO_MANY = Said("一个方案最多取 {most} 个数")
NOT_LINKED = Said("没有取这个数")
APART = ":"  # project, kind, year and key of a figure in a form


def link_plan_figure(
    *, by: Member, negotiation: Negotiation, option: UUID, figure: str, key: str | None = None
) -> PlanFigure:
    """Have a plan told by a figure of a project in the cycle, which whoever links it may read."""
    with act(by, "link_plan_figure", on=negotiation, key=key) as record:
        plan = negotiation.options.standing().filter(pk=option).first()
        if plan is None:
            raise Unsuitable({"option": NO_PLAN})
        project, chosen = _chosen(figure, by=by)
        known = plan.linked.standing()
        if known.count() >= FIGURES_MOST:
            raise Unsuitable({"figure": Said(TOO_MANY.text, {"most": FIGURES_MOST})})
        where = {"project": project, "kind": chosen.kind, "fiscal_year": chosen.year}
        if known.filter(**where, key=chosen.key).exists():
            raise Unsuitable({"figure": LINKED})
        row: PlanFigure = PlanFigure.objects.create(
            option=plan, key=chosen.key, office_id=office_of(by), **where
        )
        _take(row, chosen, today=record.business_date)
        record["code"] = plan.code
        record["project"] = str(project.pk)
        record.private("text", chosen.told)
    return row


def unlink_plan_figure(
    *, by: Member, negotiation: Negotiation, figure: UUID, key: str | None = None
) -> PlanFigure:
    """Have a plan told by a figure no longer."""
    with act(by, "unlink_plan_figure", on=negotiation, key=key) as record:
        linked = PlanFigure.objects.standing().filter(option__negotiation=negotiation)
        row: PlanFigure | None = linked.select_related("option").filter(pk=figure).first()
        if row is None:
            raise Unsuitable({"figure": NOT_LINKED})
        row.withdrawn_on = record.business_date
        row.save(update_fields=["withdrawn_on"])
        record["code"] = row.option.code
        record["project"] = str(row.project_id)
    return row


def fix_figures(
    negotiation: Negotiation, settlement: Settlement, *, by: Member, today: date
) -> None:
    """Keep what the figures of plans are on the day when a settlement is put up for signature."""
    rows = PlanFigure.objects.standing().filter(
        option__negotiation=negotiation, option__withdrawn_on=None
    )
    for row in rows.select_related("project__unit__region"):
        now = found(row, reader=by)
        if now is not None:
            _take(row, now, today=today, settlement=settlement)


def coded(project: Project, each: Found) -> str:
    """A figure as a form carries it."""
    return APART.join((str(project.pk), each.kind.value, str(each.year or ""), each.key))


def _chosen(figure: str, *, by: Member) -> tuple[Project, Found]:
    """The figure that a form names, among those that its sender may read."""
    try:
        named = UUID(figure.partition(APART)[0])
    except ValueError as error:
        raise Unsuitable({"figure": UNKNOWN}) from error
    rows = Project.objects.visible_to(by).select_related("unit__region")
    project: Project | None = rows.filter(pk=named).first()
    if project is not None:
        for each in found_in(project, reader=by):
            if coded(project, each) == figure:
                return project, each
    raise Unsuitable({"figure": UNKNOWN})


def _take(
    row: PlanFigure, now: Found, *, today: date, settlement: Settlement | None = None
) -> None:
    FigureTaken.objects.create(
        figure=row,
        told=now.told,
        source=now.source,
        source_on=now.source_on,
        taken_on=today,
        settlement=settlement,
    )
