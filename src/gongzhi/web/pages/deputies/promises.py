"""The year's money and promises, added up by department and by the aims that they serve."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Sum
from django.urls import reverse

from gongzhi.core.charter import Member
from gongzhi.core.monitoring.figures import NOTHING
from gongzhi.cycle.models import Aim, BudgetAct, Profile
from gongzhi.web.pages.deputies.watched import Slim, by_department, counted, whole
from gongzhi.web.pages.monitoring.seen import percent_or_dash

DEPTH_MAX = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Some projects as one: their money, how far their goals are, how many stand badly."""

    name: str
    address: str
    projects: int
    initial: Decimal
    budget: Decimal
    paid: Decimal
    money: str
    goals: str
    red: int
    yellow: int
    depth: int = 0
    kind: str = ""
    document: str = ""


def moved_by_project(member: Member, *, year: int) -> Mapping[UUID, Decimal]:
    """By how much the acts of the year changed each project's budget."""
    acts = BudgetAct.objects.visible_to(member).filter(fiscal_year=year).order_by()
    sums = acts.values("project").annotate(total=Sum("amount"))
    return dict(sums.values_list("project", "total"))


def departments(rows: Sequence[Slim], *, moved: Mapping[UUID, Decimal]) -> tuple[Line, ...]:
    """A line for each department, the largest budget first."""
    found: dict[tuple[UUID, str], list[Slim]] = defaultdict(list)
    for each in rows:
        found[by_department(each)].append(each)
    lines = (
        _line(name, mine, moved=moved, address=_monitoring(year=mine[0].year, department=pk))
        for (pk, name), mine in found.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.budget, line.name)))


def aims(
    member: Member, rows: Sequence[Slim], *, moved: Mapping[UUID, Decimal]
) -> tuple[Line, ...]:
    """A line for each aim that projects serve, wider ones above, each with all below it."""
    served = _served(member, rows)
    parts: dict[UUID | None, list[Aim]] = defaultdict(list)
    for aim in Aim.objects.visible_to(member):
        parts[aim.within_id].append(aim)
    return tuple(_lines(parts, served=served, moved=moved))


def _served(member: Member, rows: Sequence[Slim]) -> Mapping[UUID, list[Slim]]:
    """The projects by the aim that their newest description names."""
    newest = Profile.objects.visible_to(member).order_by("project_id", "-id")
    named = newest.distinct("project_id").values_list("project_id", "aim_id")
    serves = {project: aim for project, aim in named if aim is not None}
    found: dict[UUID, list[Slim]] = defaultdict(list)
    for each in rows:
        if each.project in serves:
            found[serves[each.project]].append(each)
    return found


def _lines(
    parts: Mapping[UUID | None, list[Aim]],
    *,
    served: Mapping[UUID, list[Slim]],
    moved: Mapping[UUID, Decimal],
    within: UUID | None = None,
    depth: int = 0,
) -> Iterator[Line]:
    if depth == DEPTH_MAX:
        return
    for aim in parts.get(within, ()):
        mine = _below(aim, parts, served=served)
        if mine:
            yield _line(
                aim.name,
                mine,
                moved=moved,
                address=f"{reverse('aims')}#aim-{aim.pk}",
                depth=depth,
                kind=str(aim.get_kind_display()),
                document=aim.document,
            )
            yield from _lines(parts, served=served, moved=moved, within=aim.pk, depth=depth + 1)


def _below(
    aim: Aim,
    parts: Mapping[UUID | None, list[Aim]],
    *,
    served: Mapping[UUID, list[Slim]],
    depth: int = 0,
) -> list[Slim]:
    """The projects that serve an aim or one under it."""
    found = list(served.get(aim.pk, ()))
    if depth < DEPTH_MAX:
        for part in parts.get(aim.pk, ()):
            found += _below(part, parts, served=served, depth=depth + 1)
    return found


def _line(
    name: str,
    mine: Sequence[Slim],
    *,
    moved: Mapping[UUID, Decimal],
    address: str,
    depth: int = 0,
    kind: str = "",
    document: str = "",
) -> Line:
    seen = whole(mine)
    assert seen is not None, "a line has at least one project"
    levels, budget = counted(mine), _sum(each.budget for each in mine)
    return Line(
        name=name,
        address=address,
        projects=len(mine),
        initial=budget - _sum(moved.get(each.project) for each in mine),
        budget=budget,
        paid=_sum(each.paid for each in mine),
        money=percent_or_dash(seen.curves.money_now),
        goals=percent_or_dash(seen.curves.goals_now),
        red=levels["red"],
        yellow=levels["yellow"],
        depth=depth,
        kind=kind,
        document=document,
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), start=NOTHING)


def _monitoring(*, year: int, department: UUID) -> str:
    return f"{reverse('monitoring')}?{urlencode({'year': year, 'department': department})}"
