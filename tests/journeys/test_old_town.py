"""Five sides of an old town, each in a browser of their own: what one hides nobody else sees."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from gongzhi.cycle.models import BudgetLine, Project
from gongzhi.forum.models import Compensation, Negotiation, NegotiationParty, PlanOption
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation, Person
from gongzhi.trust.identifiers import new_id
from journeys.beside import apart, main, send
from journeys.conftest import Come
from journeys.reader import Reader

SIDES = ("jingfa", "qiye", "wenlv", "qingping")
WORTH = {"jingfa": 900_000, "qiye": -654_321, "wenlv": 120_000, "qingping": -50_000, "shimin": 500}
PARTS = {"qiye": ("400000", "300000.50"), "qingping": ("60000",)}
MEDIATOR = "shezu"
HIDDEN = "654321"
LINE = "桂花巷补偿"


def own(username: str) -> Organisation:
    found: Organisation = Organisation.objects.get(offices__person__username=username)
    return found


@pytest.fixture
def table(come: Come) -> Negotiation:
    """A negotiation whose list is closed, a resident on it; its project has a budget line."""
    return apart(lambda: _opened(Project.objects.filter(unit=own("jingfa")).order_by("pk")[0]))


def _opened(project: Project) -> Negotiation:
    today = business_date()
    BudgetLine.objects.create(
        delivery_id=new_id(),
        row=1,
        identity=LINE,
        fingerprint=LINE,
        project=project,
        unit=project.unit,
        number=LINE,
        fiscal_year=today.year,
    )
    row: Negotiation = Negotiation.objects.create(
        project=project,
        mediator=own(MEDIATOR),
        title="桂花巷改造",
        question="原址重建还是外迁",
        opened_on=today - timedelta(days=40),
        additions_until=today - timedelta(days=10),
    )
    for code, name in (("A", "原址重建"), ("B", "外迁")):
        PlanOption.objects.create(negotiation=row, code=code, name=name)
    resident = Person.objects.get(username="shimin")
    NegotiationParty.objects.create(
        negotiation=row, person=resident, is_resident=True, stake="房屋在范围内", since_on=today
    )
    return row


def test_s58_five_sides_leave_with_a_plan_that_nobody_is_worse_off_by(
    come: Come, table: Negotiation
):
    page = reverse("negotiation", args=[table.pk])
    readers = {name: come(office=name) for name in SIDES}
    readers["shimin"] = come(office="shimin", width=360)
    unit, mediator = readers["jingfa"], come(office=MEDIATOR)
    unit.open(page)
    for name in SIDES:
        send(unit, "seat_negotiation_party", party=own(name).name, stake="房子和生意在范围内")
    for name, reader in readers.items():
        reader.open(page)
        send(reader, "state_position", **stated(name))
    for kind in ("consultation", "risk", "appraisal"):
        record(unit, page, kind)
    mediator.open(page)
    payer, payee = own("jingfa").name, own("qiye").name
    assert f"“{payer}”付给“{payee}”" in main(mediator)
    send(mediator, "open_round", note="先看原址重建")
    for name, reader in readers.items():
        reader.open(page)
        seen = reader.page.content().replace(",", "")
        assert (HIDDEN in seen) is (name == "qiye")
        send(reader, "answer_round", support_A="90", support_B="20")
    assert readers["shimin"].sideways() == 0
    mediator.open(page)
    send(mediator, "propose_settlement", **proposed())
    for reader in readers.values():
        reader.open(page)
        send(reader, "sign_settlement", outcome="agrees")
    anybody = come()
    anybody.open(page)
    assert "已签署" in main(anybody)
    assert HIDDEN not in anybody.page.content().replace(",", "")
    for name, parts in PARTS.items():
        row = Compensation.objects.get(organisation=own(name), project__unit=own("jingfa"))
        assert [each.amount for each in row.instalments.all()] == [Decimal(each) for each in parts]
        assert WORTH[name] + row.amount >= 0
        readers[name].open(reverse("compensation", args=[row.pk]))
        assert f"{row.amount:,.2f}" in main(readers[name])
        assert LINE in main(readers[name])


def stated(name: str) -> dict[str, str]:
    """What a side writes into its fields; the shop's worth is for the mediator alone."""
    given = {"text": "早日开工", "measure": "money", "worth_A": str(WORTH[name]), "worth_B": "0"}
    given["label"] = "confidential" if name == "qiye" else "internal"
    if name != "shimin":
        given |= {"worth_B": "-900000", "limit": "0", "tells_mediator": "yes"}
    return given


def proposed() -> dict[str, str]:
    """The plan with who pays whom from which line, in parts."""
    given = {"option": "A 原址重建", "text": "原址重建，停业期间补偿"}
    due = business_date() + timedelta(days=30)
    for number, (name, parts) in enumerate(PARTS.items(), start=1):
        given |= {f"giver_{number}": own("jingfa").name, f"getter_{number}": own(name).name}
        given |= {f"line_{number}": LINE, f"reason_{number}": "停业损失"}
        for part, amount in enumerate(parts, start=1):
            given[f"amount_{number}_{part}"] = amount
            given[f"due_{number}_{part}"] = (due + timedelta(days=part)).isoformat()
    return given


def record(unit: Reader, page: str, kind: str) -> None:
    today = business_date()
    first, last = (today - timedelta(days=days) for days in (60, 20))
    unit.open(page)
    send(
        unit,
        "record_legal_gate",
        kind=kind,
        document_number="1 号",
        from_on=first.isoformat(),
        until_on=last.isoformat(),
    )
