"""What everybody is told of the compensation of a project: sums over whole groups of payees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet, Sum

from gongzhi.core.participating.compensating import Told, in_groups
from gongzhi.core.terms import Money
from gongzhi.forum.models import Compensation, CompensationObjection
from gongzhi.rules.participation.compensation import compensation_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSums:
    """How much is promised and how much is settled; none where too few payees make up a group."""

    promised: Told | None
    settled: Told | None
    payees_least: int


def compensated_projects() -> "QuerySet[Any, Any]":
    """The projects that have any compensation."""
    return Compensation.objects.order_by().values("project")


def public_sums(projects: Iterable[UUID], *, today: date) -> dict[UUID, PublicSums]:
    """The sums of projects, as of today; what single payees get can't be told from them."""
    rows: dict[UUID, list[Any]] = {project: [] for project in projects}
    known = Compensation.objects.filter(project__in=rows).select_related("organisation")
    known = known.annotate(settled_on=Max("instalments__payment__recorded_on"))
    for each in known.order_by("pk"):
        rows[each.project_id].append(each)
    objections = CompensationObjection.objects.filter(compensation__project__in=rows)
    added = dict(objections.values_list("compensation").annotate(Sum("added")))
    least = compensation_rules(today).payees_least
    return {project: _sums(own, added, least=least) for project, own in rows.items()}


def _sums(known: list[Any], added: dict[UUID, Money], *, least: int) -> PublicSums:
    settled = sorted(
        (each for each in known if each.stage == Compensation.Stage.PAID),
        key=lambda each: (each.settled_on, each.pk),
    )
    return PublicSums(
        promised=in_groups(_shares(known, added), least=least),
        settled=in_groups(_shares(settled, added), least=least),
        payees_least=least,
    )


def _shares(rows: Iterable[Compensation], added: dict[UUID, Money]) -> Iterator[tuple[str, Money]]:
    """Each as it was promised first: what one objection added would stand out."""
    for each in rows:
        payee = each.person_id or each.organisation_id or each.subject
        yield str(payee), each.whole - added.get(each.pk, 0)
