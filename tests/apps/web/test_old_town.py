"""Five sides of the old town at one table, each in a browser of its own: to the yuan in the ledger.

S58: none of them is worse off by the plan that they sign, and each payment has its budget line.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.urls import reverse

import city_hall
from apps.forum.compensated import LINE, YEAR, line, resident
from gongzhi.forum.models import Compensation, Negotiation, NegotiationParty
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.models import Person
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
DAY, TALKS = date(2026, 3, 2), date(2026, 4, 20)
STATED = {  # worth of rebuilding on site and of moving out, in yuan
    "unit": {"worth_A": "900000", "worth_B": "300000"},
    "culture": {"worth_A": "400000", "worth_B": "-100000"},
    "shop": {"worth_A": "-150000", "worth_B": "-400000"},
    "builder": {"worth_A": "250000", "worth_B": "200000"},
    "resident": {"worth_A": "50000", "worth_B": "-80000"},
}


def browser(person: Person) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(person)
    return client


def send(client: VerifiedClient, verb: str, row: object, **given: str) -> HttpResponse:
    address = reverse(verb, args=[row])
    sent = client.post(address, {"key": f"{verb}-{given.get('party', '')}", **given})
    told = sent.content.decode().partition("error-summary")[2]
    assert sent.status_code == 302, told[:2000]
    return sent


def payment(number: int, getter: str, *parts: tuple[str, str]) -> dict[str, str]:
    """The fields of a payment that is made in parts."""
    given = {"getter": getter, "year": str(YEAR), "line": LINE, "reason": "停业损失"}
    told = {f"{name}_{number}": value for name, value in given.items()}
    for part, (amount, due_on) in enumerate(parts, start=1):
        told |= {f"amount_{number}_{part}": amount, f"due_{number}_{part}": due_on}
    return told


@pytest.fixture
def sides(settings, region, unit) -> dict[str, VerifiedClient]:
    settings.DEMO = True
    move_business_date(to=DAY)
    line(unit.project)
    type(unit.project).objects.filter(pk=unit.project.pk).update(stage="disclosed")
    bodies = {
        "culture": city_hall.unit("CU", within=region),
        "shop": city_hall.unit("SH", within=region, kind="enterprise"),
        "builder": city_hall.unit("BU", within=region, kind="enterprise"),
        "mediator": city_hall.unit("ME", within=region, kind="social"),
    }
    people = {name: each.officer_office.person for name, each in bodies.items()}
    people |= {"unit": unit.officer_office.person, "resident": resident("甲")}
    return {name: browser(person) for name, person in people.items()}


def seated(sides: dict[str, VerifiedClient], table: Negotiation) -> None:
    named = {"unit": "某局1", "culture": "某局CU", "shop": "某局SH", "builder": "某局BU"}
    for name, organisation in named.items():
        given = {"party": organisation, "stake": f"{name} 的房子和生意"}
        send(sides["unit"], "seat_negotiation_party", table.pk, **given)
    send(sides["resident"], "ask_for_seat", table.pk, stake="房屋在范围内")
    asked = NegotiationParty.objects.get(stage="asked")
    send(sides["unit"], "decide_on_seat", table.pk, party=str(asked.pk), outcome="seated")


def gated(sides: dict[str, VerifiedClient], table: Negotiation) -> None:
    for kind in ("consultation", "risk", "appraisal"):
        given = {"from_on": "2026-01-20", "until_on": "2026-02-28", "document_number": "云府 1 号"}
        address = reverse("record_legal_gate", args=[table.pk])
        sent = sides["unit"].post(address, {"key": kind, "kind": kind, **given})
        assert sent.status_code == 302


def test_s58_five_sides_leave_the_old_town_with_a_plan(sides, unit):
    opened = {
        "title": "桂花巷改造",
        "question": "原址重建还是外迁",
        "mediator": "某局ME",
        "name_A": "原址重建",
        "figures_A": "造价 5200 万元",
        "name_B": "外迁",
    }
    send(sides["unit"], "open_negotiation", unit.project.pk, **opened)
    table = Negotiation.objects.get()
    seated(sides, table)
    for name, worth in STATED.items():
        limit = {"resident": "77777"}.get(name, "0")
        given = {"text": f"{name} 的需要", **worth, "measure": "money", "limit": limit}
        send(sides[name], "state_position", table.pk, label="confidential", **given)
    gated(sides, table)
    move_business_date(to=TALKS)
    send(sides["mediator"], "open_round", table.pk, note="先看原址重建")
    for name in STATED:
        send(sides[name], "answer_round", table.pk, support_A="90", support_B="20")
    page = reverse("negotiation", args=[table.pk])
    told = sides["mediator"].get(page).content.decode()
    assert "5 方里的 5 方" in told
    assert "77777" not in told
    hidden = sides["shop"].get(page).content.decode()
    assert "5 方里的 1 方" in hidden
    assert "900000" not in hidden
    seats = {str(each): str(each.pk) for each in table.parties.all()}
    given = {
        "option": str(table.options.get(code="A").pk),
        "text": "原址重建，停业期间补偿",
        **payment(1, seats["某局SH"], ("120000", "2026-06-01"), ("80000", "2026-09-01")),
        **payment(2, seats["某局BU"], ("50000.50", "2026-07-01")),
        **{f"giver_{number}": seats["某局1"] for number in (1, 2)},
    }
    send(sides["mediator"], "propose_settlement", table.pk, **given)
    send(sides["mediator"], "propose_settlement", table.pk, **given)  # a second click
    assert table.settlements.count() == 1
    for name in STATED:
        assert not Compensation.objects.exists()
        send(sides[name], "sign_settlement", table.pk, outcome="agrees")

    table.refresh_from_db()
    assert table.stage == "signed"
    paid = {str(each.organisation): each for each in Compensation.objects.all()}
    assert {name: each.amount for name, each in paid.items()} == {
        "某局SH": Decimal(200_000),
        "某局BU": Decimal("50000.50"),
    }
    assert {each.budget_line for each in paid.values()} == {LINE}
    parts = [(each.amount, each.due_on) for each in paid["某局SH"].instalments.all()]
    assert parts == [(Decimal(120_000), date(2026, 6, 1)), (Decimal(80_000), date(2026, 9, 1))]
    gains = {"shop": -150_000 + 200_000, "builder": 250_000 + 50_000}
    assert all(gain >= 0 for gain in gains.values())
    ledger = sides["shop"].get(reverse("compensations")).content.decode()
    assert "桂花巷改造" in ledger
    public = VerifiedClient().get(reverse("compensations")).content.decode()
    assert "桂花巷改造" not in public
    assert "200,000" not in public


def test_a_table_in_english_and_a_what_if(sides, unit):
    opened = {
        "title": "桂花巷改造",
        "question": "原址重建还是外迁",
        "mediator": "某局ME",
        "name_A": "原址重建",
        "name_B": "外迁",
    }
    send(sides["unit"], "open_negotiation", unit.project.pk, **opened)
    table = Negotiation.objects.get()
    seated(sides, table)
    for name in ("unit", "shop"):
        given = {"text": "需要", **STATED[name], "measure": "money"}
        send(sides[name], "state_position", table.pk, label="internal", **given)
    party = NegotiationParty.objects.get(organisation__name="某局SH")
    page = reverse("negotiation", args=[table.pk])
    asked = {"what": "worth", "side": str(party.pk), "option": "A", "amount": "700000"}
    told = sides["unit"].get(page, asked).content.decode()
    assert 'id="changes"' in told
    for amount in ("NaN", "1e400", "一", "9" * 30):
        nonsense = {"what": "limit", "side": "x", "option": "Z", "amount": amount}
        found = sides["unit"].get(page, nonsense)
        assert found.status_code == 200
        assert 'id="changes"' not in found.content.decode()
    bad = sides["shop"].post(
        reverse("state_position", args=[table.pk]),
        {"key": "k", "text": "x", "worth_A": "五", "measure": "money", "label": "internal"},
    )
    assert bad.status_code == 422
    assert 'value="五"' in bad.content.decode()
    assert "“五”不是可用的数" in bad.content.decode()
