"""Four sides of an old town, each in a browser of their own: what one hides nobody else sees."""

from datetime import timedelta

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

SIDES = ("jingfa", "qiye", "jiaoyu")
MEDIATOR = "shezu"
HIDDEN = "-654321"
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


def test_s58_four_sides_sign_and_what_one_hides_nobody_sees(come: Come, table: Negotiation):
    page = reverse("negotiation", args=[table.pk])
    readers = {name: come(office=name) for name in (*SIDES, MEDIATOR)}
    readers["shimin"] = come(office="shimin", width=360)
    unit, mediator, home = readers["jingfa"], readers[MEDIATOR], readers["shimin"]
    unit.open(page)
    for name in SIDES:
        send(unit, "seat_negotiation_party", party=own(name).name, stake="房子和生意在范围内")
    for reader in (*(readers[name] for name in SIDES), home):
        reader.open(page)
        hides = reader is readers["qiye"]
        worth = (HIDDEN, "0") if hides else ("500", "100")
        whom = "confidential" if hides else "internal"
        stated = {"worth_A": worth[0], "worth_B": worth[1], "measure": "money", "label": whom}
        send(reader, "state_position", text="早日开工", **stated)
    for kind in ("consultation", "risk", "appraisal"):
        record(unit, page, kind)
    mediator.open(page)
    assert HIDDEN in main(mediator)
    send(mediator, "open_round", note="先看原址重建")
    for reader in (*(readers[name] for name in SIDES), home):
        reader.open(page)
        assert (HIDDEN in reader.page.content()) is (reader is readers["qiye"])
        send(reader, "answer_round", support_A="90", support_B="20")
    assert home.sideways() == 0
    propose(mediator, page)
    for reader in (*(readers[name] for name in SIDES), home):
        reader.open(page)
        send(reader, "sign_settlement", outcome="agrees")
    anybody = come()
    anybody.open(page)
    assert "已签署" in main(anybody)
    assert HIDDEN not in anybody.page.content()
    payee = own("qiye")
    row = Compensation.objects.get(organisation=payee, project__unit=own("jingfa"))
    readers["qiye"].open(reverse("compensation", args=[row.pk]))
    assert "停业损失" in main(readers["qiye"])


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


def propose(mediator: Reader, page: str) -> None:
    due = (business_date() + timedelta(days=30)).isoformat()
    cells = [own("jingfa").name, own("qiye").name, "200000", str(business_date().year), LINE]
    mediator.open(page)
    send(
        mediator,
        "propose_settlement",
        option="A 原址重建",
        text="原址重建，停业期间补偿",
        transfers=" | ".join([*cells, "停业损失", due]),
    )
