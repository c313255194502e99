"""A negotiation for tests: its table, who sits there, what they state and what is put up."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from apps.forum.compensated import LINE, YEAR, line
from apps.forum.firms import firm
from gongzhi.core.charter import Member
from gongzhi.forum.actions import negotiations as actions
from gongzhi.forum.actions import positions, settlements
from gongzhi.forum.actions.compensations import Share
from gongzhi.forum.models import Negotiation, NegotiationPosition, Settlement
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.models import Organisation

DAY, TALKS = date(2026, 3, 2), date(2026, 4, 20)
GATES = (
    ("consultation", date(2026, 2, 1), date(2026, 3, 2)),
    ("risk", date(2026, 2, 1), date(2026, 2, 20)),
    ("appraisal", date(2026, 2, 1), date(2026, 2, 20)),
)


def opened(unit, other) -> Negotiation:
    """A negotiation about the unit's project, led by the other, between two plans."""
    move_business_date(to=DAY)
    line(unit.project)
    type(unit.project).objects.filter(pk=unit.project.pk).update(stage="disclosed")
    unit.project.refresh_from_db()
    return actions.open_negotiation(
        by=unit.officer,
        project=unit.project,
        opened=actions.Opened(
            title="旧城改造",
            question="原址重建还是外迁",
            mediator=other.organisation,
            options=[("A", "原址重建", "造价 5200 万元"), ("B", "外迁", "造价 4100 万元")],
        ),
    )


def seat(by: Member, table: Negotiation, member: Member, **given) -> None:
    organisation = Organisation.objects.get(pk=member.organisation)
    actions.seat_negotiation_party(
        by=by, negotiation=table, organisation=organisation, stake="停业", **given
    )
    table.refresh_from_db()


def shop_at(table: Negotiation, unit) -> Member:
    """A firm; it and the unit sit at the table."""
    member = firm(7, within=unit.project.unit.region)
    seat(unit.officer, table, unit.officer)
    seat(unit.officer, table, member)
    return member


def state(by: Member, table: Negotiation, a: str, b: str, **given) -> NegotiationPosition:
    stated = positions.Stated(
        text="希望早日开工",
        worth={"A": Decimal(a), "B": Decimal(b)},
        **given,
    )
    return positions.state_position(by=by, negotiation=table, stated=stated)


def pass_gates(unit, table: Negotiation) -> None:
    for kind, first, last in GATES:
        actions.record_legal_gate(
            by=unit.officer,
            negotiation=table,
            kind=kind,
            document_number="云府〔2026〕1 号",
            from_on=first,
            until_on=last,
        )


def in_talks(table: Negotiation) -> None:
    Negotiation.objects.filter(pk=table.pk).update(stage="talks")
    table.refresh_from_db()


def propose(
    by: Member,
    table: Negotiation,
    giver: Member,
    getter: Member,
    *,
    parts: Sequence[Share] = (Share(amount=Decimal(200_000), due_on=date(2026, 6, 1)),),
) -> Settlement:
    seats = {str(each.organisation_id): each.pk for each in table.parties.all()}
    given = settlements.Given(
        giver=seats[str(giver.organisation)],
        getter=seats[str(getter.organisation)],
        parts=parts,
        fiscal_year=YEAR,
        budget_line=LINE,
        reason="停业损失",
    )
    return settlements.propose_settlement(
        by=by,
        negotiation=table,
        option=table.options.get(code="A").pk,
        text="原址重建，停业期间补偿",
        transfers=[given],
    )
