"""Figures that firms quoted, opened: for a range that is worked out, or for their own firm."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from gongzhi.core.participating.market import Quoted
from gongzhi.core.sealed import Sealable
from gongzhi.forum.models.market import BiddingDeclaration, CostQuote, MarketQuestion
from gongzhi.parties.models import SealedValue
from gongzhi.parties.subject_keys import keys_of

OFFER = "offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a firm quotes: the price, what it rests on, and who owns the firm as far as it says."""

    price: Decimal
    basis: str
    tied: str = ""

    def as_record(self) -> Mapping[str, Sealable]:
        """As the deed keeps it."""
        return {"price": str(self.price), "basis": self.basis, "tied": self.tied}


def offers_of(quotes: Iterable[CostQuote]) -> Mapping[UUID, Offered]:
    """What stands in the quotes, by quote; one whose firm was erased is left out."""
    by_deed = {quote.deed: quote.pk for quote in quotes}
    sealed = list(SealedValue.objects.filter(deed__in=by_deed, field=OFFER))
    keys = keys_of(each.subject for each in sealed)
    found = {}
    for each in sealed:
        opened = each.opened(keys)
        if opened is not None and isinstance(opened[1], Mapping):
            found[by_deed[each.deed_id]] = _offered(opened[1])
    return found


def _offered(record: Mapping[str, Sealable]) -> Offered:
    return Offered(
        price=Decimal(str(record["price"])), basis=str(record["basis"]), tied=str(record["tied"])
    )


def quoted_for(question: MarketQuestion, quotes: Iterable[CostQuote]) -> list[Quoted]:
    """The quotes of a question as a range is made of them."""
    rows = list(quotes)
    offers = offers_of(rows)
    declared = BiddingDeclaration.objects.filter(project=question.project_id)
    bidders = set(declared.values_list("organisation", flat=True))
    return [
        Quoted(
            firm=str(row.organisation_id),
            price=offers[row.pk].price,
            names=(row.organisation.name,),
            tied=_tied(row, offers[row.pk]),
            bids=row.organisation_id in bidders,
        )
        for row in rows
        if row.pk in offers
    ]


def _tied(row: CostQuote, offer: Offered) -> tuple[str, ...]:
    parent = row.organisation.parent
    return (offer.tied, *([parent.name] if parent else []))


def told_before(question: MarketQuestion) -> list[frozenset[str]]:
    """Whose figures went into each range of a question that was told, the first one first."""
    ranges = question.ranges.order_by("number").prefetch_related("openings__quote")
    return [
        frozenset(str(each.quote.organisation_id) for each in row.openings.all()) for row in ranges
    ]
