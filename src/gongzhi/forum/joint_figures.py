"""What the parties of a joint project say of each gift, side by side, until a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongzhi.core.participating.joint import Both, Side, Stated, side_by_side
from gongzhi.core.sealed import Sealable
from gongzhi.forum.models.joint import (
    JointContribution,
    JointOffer,
    JointProject,
    VolunteerLog,
)
from gongzhi.parties.models import Organisation

MONEY = ""  # the unit of what is money


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """Money or supplies from one party to another, with what both say of it.

    promised is what was pledged or accepted; unit is empty where it is money.
    """

    row: JointOffer | JointContribution
    name: str
    unit: str
    giver: str
    receiver: str
    promised: Decimal
    both: Both
    sides: frozenset[str]

    def as_record(self) -> Mapping[str, Sealable]:
        """As a reconciliation keeps it."""
        return {
            "what": self.name,
            "unit": self.unit,
            "giver": self.giver,
            "receiver": self.receiver,
            "gave": None if self.both.gave is None else str(self.both.gave),
            "got": None if self.both.got is None else str(self.both.got),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySum:
    """What one of the parties gave and received in money, and put in otherwise."""

    name: str
    kind: str
    pledged: Decimal
    paid: Decimal
    received: Decimal
    worth: Decimal
    people: int
    hours: Decimal


def both_sides_of(
    joint: JointProject, *, until: date | None = None, organisation: str | None = None
) -> list[Gift]:
    """The gifts of a joint project, or those from and to one of its parties."""
    gifts = [*_supplies(joint, until), *_money(joint, until)]
    if organisation is None:
        return gifts
    return [gift for gift in gifts if organisation in gift.sides]


def _supplies(joint: JointProject, until: date | None) -> list[Gift]:
    rows = joint.offers.filter(accepted_on__isnull=False).select_related(
        "organisation", "need__organisation"
    )
    if until is not None:
        rows = rows.filter(accepted_on__lte=until)
    return [
        Gift(
            row=row,
            name=row.need.item,
            unit=row.need.unit,
            giver=row.organisation.name,
            receiver=row.need.organisation.name,
            promised=row.accepted,
            both=_both(row, until),
            sides=frozenset({str(row.organisation_id), str(row.need.organisation_id)}),
        )
        for row in rows.prefetch_related("statements").order_by("pk")
    ]


def _money(joint: JointProject, until: date | None) -> list[Gift]:
    rows = joint.contributions.select_related("giver", "receiver")
    if until is not None:
        rows = rows.filter(pledged_on__lte=until)
    return [
        Gift(
            row=row,
            name=row.purpose,
            unit=MONEY,
            giver=row.giver.name,
            receiver=row.receiver.name,
            promised=row.amount,
            both=_both(row, until),
            sides=frozenset({str(row.giver_id), str(row.receiver_id)}),
        )
        for row in rows.prefetch_related("statements").order_by("pk")
    ]


def _both(row: JointOffer | JointContribution, until: date | None) -> Both:
    thing = str(row.pk)
    stated = [
        Stated(thing=thing, side=Side(each.side), quantity=each.quantity, on=each.stated_on)
        for each in row.statements.all()
    ]
    return next(iter(side_by_side(stated, until=until)), Both(thing=thing, gave=None, got=None))


def sums_by_party(joint: JointProject) -> list[PartySum]:
    """What each of the parties puts in, side by side, by what it says itself."""
    parties = {
        role.organisation_id: role.organisation
        for role in joint.roles.select_related("organisation").order_by("since_on", "pk")
    }
    gifts = both_sides_of(joint)
    logs = list(joint.volunteer_logs.all())
    return [_sum_of(party, gifts=gifts, logs=logs) for party in parties.values()]


def _sum_of(
    party: Organisation, *, gifts: Sequence[Gift], logs: Sequence[VolunteerLog]
) -> PartySum:
    money = [(each, each.row) for each in gifts if isinstance(each.row, JointContribution)]
    given = [each for each, row in money if row.giver_id == party.pk]
    came = [each for each, row in money if row.receiver_id == party.pk]
    supplied = [each.row for each in gifts if isinstance(each.row, JointOffer)]
    own = [each for each in logs if each.organisation_id == party.pk]
    return PartySum(
        name=party.name,
        kind=party.kind,
        pledged=_whole(each.promised for each in given),
        paid=_whole(each.both.gave for each in given),
        received=_whole(each.both.got for each in came),
        worth=_whole(
            each.worth * each.accepted / each.quantity
            for each in supplied
            if each.organisation_id == party.pk and each.worth is not None
        ),
        people=sum(each.people for each in own),
        hours=_whole(each.hours for each in own),
    )


def _whole(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((each for each in amounts if each is not None), start=Decimal(0))
