"""What came after a judged year, as everybody may know it: next year's money, what is put right."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from gongzhi.core.charter import VISITOR
from gongzhi.core.telling import Consequences, Standing
from gongzhi.core.terms import FiscalYear, Money, Said
from gongzhi.cycle.models import Rectification, ResultDecision, Watched
from gongzhi.web.pages.projects.bars import Stands, stands

NOTHING = Money(0)
LESS, MORE = Q(amount__lt=F("proposal__base")), Q(amount__gt=F("proposal__base"))


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What was decided on a project's next money, and the judgement that the decision rests on."""

    proposal: UUID
    grade: str
    score: Decimal | None
    base: Money
    amount: Money

    @property
    def less(self) -> Money:
        """By how much it is less than what it was reckoned from; nothing where it isn't."""
        return max(self.base - self.amount, NOTHING)

    @property
    def more(self) -> Money:
        """By how much it is more; nothing where it isn't."""
        return max(self.amount - self.base, NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A project that lost money by its results, with how it came out."""

    project: Any
    stands: Stands | None
    after: After


def after_of(projects: Collection[UUID], *, year: FiscalYear) -> Mapping[UUID, After]:
    """What was decided on each of these projects because of a year."""
    rows = _decided(year).filter(proposal__project__in=projects)
    return {row.proposal.project_id: _after(row) for row in rows.select_related("proposal")}


def put_right_in(projects: Collection[UUID], *, year: FiscalYear) -> Mapping[UUID, int]:
    """How many findings of a year are still being put right, where there are some."""
    mine: Mapping[UUID, int] = _unfinished(year).open_for(projects)
    return mine


def consequences(
    standings: Mapping[Standing, int], *, year: FiscalYear, currency: Said
) -> Consequences:
    """All of a year together."""
    sums = _decided(year).aggregate(
        decided=Count("pk"),
        less=Count("pk", filter=LESS),
        taken=Sum(F("proposal__base") - F("amount"), filter=LESS),
        more=Count("pk", filter=MORE),
        added=Sum(F("amount") - F("proposal__base"), filter=MORE),
    )
    return Consequences(
        year=year,
        standings=standings,
        decided=sums["decided"],
        less=sums["less"],
        taken=sums["taken"] or NOTHING,
        more=sums["more"],
        added=sums["added"] or NOTHING,
        unfinished=_unfinished(year).count(),
        currency=currency,
    )


def largest_cuts(year: FiscalYear, *, at_most: int) -> Sequence[Cut]:
    """The projects that lost most."""
    rows = _decided(year).filter(LESS).select_related("proposal__project__unit")
    found = list(rows.order_by(F("amount") - F("proposal__base"), "pk")[:at_most])
    projects = [row.proposal.project_id for row in found]
    watched = Watched.objects.visible_to(VISITOR).filter(fiscal_year=year, project__in=projects)
    standing = dict(watched.values_list("project", "standing"))
    return [
        Cut(
            project=row.proposal.project,
            stands=_stands(standing.get(row.proposal.project_id)),
            after=_after(row),
        )
        for row in found
    ]


def _stands(standing: str | None) -> Stands | None:
    return stands(Standing(standing)) if standing else None


def _decided(year: FiscalYear) -> Any:
    """The decisions that stand on the money of the year after."""
    rows = ResultDecision.objects.visible_to(VISITOR).standing().order_by()
    return rows.filter(proposal__fiscal_year=year + 1).exclude(proposal__stage="replaced")


def _unfinished(year: FiscalYear) -> Any:
    rows = Rectification.objects.visible_to(VISITOR).unfinished()
    return rows.filter(feedback__fiscal_year=year)


def _after(row: ResultDecision) -> After:
    facts = row.proposal.record["facts"]
    return After(
        proposal=row.proposal_id,
        grade=facts["grade"] or "",
        score=None if facts["score"] is None else Decimal(facts["score"]),
        base=row.proposal.base,
        amount=row.amount,
    )
