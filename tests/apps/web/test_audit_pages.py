"""Looking through payments and contracts: what fits, for whom, as a file, and who learns of it."""

import csv
import io
from datetime import date
from itertools import count
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import Contract
from gongzhi.desk.models import Notice, Opening
from gongzhi.intake.lists import open_list
from gongzhi.parties.models import Deed
from gongzhi.web.pages.audit import payees, payments, searching
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
PAGES = ("audit", "audit-payees", "audit-contracts", "audit-signals", "audit-findings")
numbers = count(1)


@pytest.fixture
def unit():
    unit = city_hall.unit("1", within=city_hall.region())
    monitored.fund(unit)
    monitored.pay(unit, date(2026, 3, 2), 1200, payee="甲公司", contract="HT1", purpose="砂石")
    monitored.pay(unit, date(2026, 4, 2), 300_000, payee="乙公司", purpose="=1+1")
    return unit


def contract(unit: city_hall.Unit, number: str, amount: int) -> Contract:
    mark = f"c{next(numbers)}"
    return Contract.objects.create(
        delivery_id=uuid4(),
        row=1,
        identity=mark,
        fingerprint=mark,
        project=unit.project,
        unit=unit.organisation,
        number=number,
        title=f"合同{number}",
        supplier="甲公司",
        amount=amount,
        signed_on=date(2026, 1, 5),
    )


def body_of(unit: city_hall.Unit, code: str, kind: str) -> VerifiedClient:
    there = city_hall.unit(code, within=unit.organisation.region, kind=kind)
    return signed_in(there.officer_office)


@pytest.fixture
def auditor(unit) -> VerifiedClient:
    return body_of(unit, "9", "audit")


def page(client, route: str = "audit", **asked) -> str:
    answer = client.get(reverse(route), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_auditors_and_deputies_find_every_payment_of_the_region(unit, auditor):
    for reader in (auditor, body_of(unit, "8", "congress"), signed_in(unit.officer_office)):
        text = page(reader)
        assert "甲公司" in text
        assert "乙公司" in text
        assert "301,200.00" in text


def test_s01_others_find_nothing_of_it_and_are_told_who_may(unit):
    for kind in ("social", "enterprise", "evaluator", "government"):
        other = body_of(unit, f"7{kind}", kind)
        for route in PAGES:
            text = page(other, route)
            assert "甲公司" not in text
            assert "乙公司" not in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"contract": "without"}, "乙"),
        ({"contract": "with"}, "甲"),
        ({"contract": "HT1"}, "甲"),
        ({"payee": "乙公司"}, "乙"),
        ({"q": "砂石"}, "甲"),
        ({"least": "1,000", "most": "2000"}, "甲"),
        ({"least": "２０００"}, "乙"),
        ({"since": "2026-04-01"}, "乙"),
        ({"until": "2026-03-31"}, "甲"),
        ({"unit": "某局1"}, "甲乙"),
        ({"unit": "某局2"}, ""),
        ({"project": "P1", "order": "amount"}, "甲乙"),
    ],
)
def test_each_word_of_the_search_narrows_it(unit, auditor, asked, found):
    text = page(auditor, **asked).partition("<tbody")[2]
    assert [name in text for name in ("甲公司", "乙公司")] == ["甲" in found, "乙" in found]


def test_p05_very_many_payments_are_counted_for_whoever_asks(unit, auditor, monkeypatch):
    monkeypatch.setattr(payments, "COUNTED_MAX", 1)
    monkeypatch.setattr(searching, "COUNTED_MAX", 1)

    short = page(auditor)
    assert "超过 1 条" in short
    assert "301,200.00" not in short
    assert "甲公司" not in short.partition("<tbody")[2], "the newest alone"

    whole = page(auditor, whole="1")
    assert "共 2 笔" in whole
    assert "301,200.00" in whole


def test_p05_payees_of_very_many_payments_are_added_up_for_whoever_asks(unit, auditor, monkeypatch):
    monkeypatch.setattr(payees, "PAYMENTS_MAX", 1)

    assert "要相加的支付太多" in page(auditor, "audit-payees")
    assert "乙公司" in page(auditor, "audit-payees", contract="without"), "one is not too many"
    assert "甲公司" in page(auditor, "audit-payees", whole="1")


@pytest.mark.parametrize(
    "asked", [{"since": "昨天"}, {"least": "很多"}, {"order": "payee__password"}, {"least": "NaN"}]
)
def test_what_cant_be_read_is_said_at_its_field(unit, auditor, asked):
    answer = auditor.get(reverse("audit"), asked)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode() or "order" in asked
    assert 'class="wrong"' in answer.content.decode() or "order" in asked


def test_payees_are_added_up_and_contracts_stand_beside_what_was_paid(unit, auditor):
    contract(unit, "HT1", 1000)
    contract(unit, "HT2", 5000)

    payees = page(auditor, "audit-payees").partition("<tbody")[2]
    order = [payees.index(each) for each in ("乙公司", "99.6%", "甲公司", "0.4%")]
    assert order == sorted(order)

    assert "HT1" in page(auditor, "audit-contracts", contract="over")
    unpaid = page(auditor, "audit-contracts", contract="without").partition("<tbody")[2]
    assert "HT2" in unpaid
    assert "HT1" not in unpaid


def test_a_question_of_monitoring_leads_to_the_rows_behind(unit, auditor):
    contract(unit, "HT2", 5000)
    watch_projects(year=monitored.YEAR)

    text = page(auditor, "audit-signals", question="contract_unpaid")

    assert f"{reverse('audit-contracts')}?project=P1&amp;contract=HT2" in text
    assert auditor.get(reverse("audit-signals"), {"question": "x"}).status_code == 400


def test_s44_what_was_found_is_kept_as_a_file_in_which_text_stays_text(unit, auditor):
    for route in PAGES[:3]:
        for kind in ("csv", "xlsx"):
            answer = auditor.get(reverse(route), {"as": kind})
            assert answer["Content-Disposition"].endswith(f'{route}.{kind}"')

    rows = list(
        csv.reader(
            io.StringIO(auditor.get(reverse("audit"), {"as": "csv"}).getvalue().decode("utf-8-sig"))
        )
    )
    assert [row[6] for row in rows[1:]] == ["乙公司", "甲公司"]
    assert rows[1][8] == "'=1+1"

    book = open_list("a.xlsx", auditor.get(reverse("audit"), {"as": "xlsx"}).content)
    cells = [cells for sheet in book.sheets for _, cells in sheet.rows()]
    assert "=1+1" in cells[1]


def test_s15_nothing_tells_the_audited_that_auditors_looked(unit, auditor):
    officer = signed_in(unit.officer_office)
    places = [reverse("openings"), reverse("notices"), reverse("activity"), reverse("ledger-mine")]

    def seen() -> list[str]:
        return [_without_keys(officer.get(place).content.decode()) for place in places]

    before, deeds = seen(), Deed.objects.count()
    for route in PAGES:
        page(auditor, route)
        auditor.get(reverse(route), {"as": "csv", "question": "contract_unpaid"})
    page(auditor, "desk")
    auditor.get(reverse("project-payments", args=[unit.project.pk]))

    assert Opening.objects.filter(stage="audited").exists()
    assert Deed.objects.count() == deeds
    assert not Notice.objects.exists()
    assert seen() == before
    assert "支付和合同明细" in auditor.get(reverse("openings")).content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, True),
        ({"q": "w4"}, True),
        ({"q": "不存在的发现"}, False),
        ({"unit": "某局1"}, True),
        ({"unit": "某局2"}, False),
        ({"project": "P1"}, True),
        ({"since": "2099-01-01"}, False),
    ],
)
def test_what_checks_found_is_looked_for_and_kept_as_a_file(unit, auditor, asked, found):
    city_hall.published(unit)
    text = page(auditor, "audit-findings", **asked)
    assert (f"{unit.project.name}</a>" in text) is found
    answer = auditor.get(reverse("audit-findings"), {**asked, "as": "csv"})
    assert ("W4" in answer.getvalue().decode()) is found if found else answer.status_code == 200


def test_a_bureau_that_looks_is_named_to_the_unit(unit):
    finance = city_hall.unit("5", within=unit.organisation.region).organisation
    bureau = signed_in(city_hall.office(finance, "预算", "budget"))

    page(bureau)

    text = signed_in(unit.officer_office).get(reverse("openings")).content.decode()
    assert "支付和合同明细" in text
    assert finance.name in text


def test_p05_many_projects_cost_no_more_questions(unit, auditor):
    def asked() -> list[int]:
        counts = []
        for route in PAGES:
            with CaptureQueriesContext(connection) as queries:
                page(auditor, route)
            counts.append(len(queries))
        return counts

    contract(unit, "HT1", 10)
    asked()
    few = asked()
    for number in range(5):
        other = city_hall.unit(f"3{number}", within=unit.organisation.region)
        monitored.pay(other, date(2026, 5, 2), 10, payee=f"丙{number}")
        contract(other, f"HT3{number}", 10)
    asked()  # the first look leaves a line for each unit
    assert asked() == few


def _without_keys(text: str) -> str:
    kept = [line for line in text.splitlines() if 'name="key"' not in line]
    return "\n".join(line for line in kept if "csrfmiddlewaretoken" not in line)


def test_what_audits_found_put_right_is_one_step_away_whatever_is_asked(unit, auditor):
    """Clause 9.8 owes the auditors the report on what their published findings led to."""
    address = f"{reverse('rectifications')}?source=audit&amp;state=all"
    for route in PAGES:
        assert address in page(auditor, route)
    assert auditor.get(address.replace("&amp;", "&")).status_code == 200
