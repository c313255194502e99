"""Files that bring facts, on the site: handed in, read as somebody says, kept, shown."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import city_hall
from gongzhi.cycle.models import Delivery, Payment, SavedMapping
from gongzhi.desk.models import Attachment, Opening
from gongzhi.parties.models import Deed
from verified import signed_in

pytestmark = pytest.mark.django_db
PLAIN = (
    "支付凭证号,项目代码,单位代码,支付日期,金额,收款人\n"
    "Z1,P1,1,2026-03-02,1200.50,甲公司\nZ2,P1,1,2026-04-03,300,乙公司\n"
)


@pytest.fixture
def unit():
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def client(unit):
    return signed_in(unit.officer_office)


def hand_in(client, text: str, *, key: str = "one", name: str = "支付.csv"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("hand_in_file"), {"file": file, "key": key})


def the_page(client, text: str = PLAIN) -> str:
    answer = hand_in(client, text)
    assert answer.status_code == 302
    return answer["Location"]


def test_a_file_is_tried_then_kept_and_its_rows_shown(client, unit):
    page = client.get(the_page(client)).content.decode()
    assert "1,500.50" in page
    assert not Payment.objects.exists(), "nothing is kept by looking"
    delivery = Delivery.objects.get()

    answer = client.post(reverse("deliver_facts", args=[delivery.pk]), {"key": "keep"})

    assert answer["Location"] == reverse("delivery", args=[delivery.pk])
    shown = client.get(answer["Location"]).content.decode()
    assert "甲公司" in shown
    assert reverse("attachment", args=[Attachment.objects.get().pk]) in shown
    listed = client.get(
        reverse("audit"), {"since": "2026-03-01", "until": "2026-03-31"}
    ).content.decode()
    assert "甲公司" in listed
    assert "乙公司" not in listed
    assert client.get(reverse("arriving", args=[delivery.pk])).status_code == 302


def test_columns_are_chosen_and_remembered(client, unit):
    address = the_page(client, PLAIN.replace("收款人", "给谁"))
    chosen = {
        "kind": "payment",
        "column-number": "支付凭证号",
        "column-project": "项目代码",
        "column-unit": "单位代码",
        "column-paid_on": "支付日期",
        "column-amount": "金额",
        "column-payee": "给谁",
        "unit": "万元",
    }
    page = client.post(address, chosen).content.decode()
    assert "15,005,000.00" in page
    delivery = Delivery.objects.get()

    saved = client.post(
        reverse("save_mapping", args=[delivery.pk]), {**chosen, "name": "支付系统导出", "key": "m"}
    )

    assert saved.status_code == 200
    assert SavedMapping.objects.get().name == "支付系统导出"
    unnamed = client.post(reverse("save_mapping", args=[delivery.pk]), chosen)
    assert unnamed.status_code == 422
    client.post(reverse("deliver_facts", args=[delivery.pk]), {**chosen, "key": "k"})
    assert set(Payment.objects.values_list("payee", flat=True)) == {"甲公司", "乙公司"}


def test_a_wrong_row_is_told_with_its_place_and_nothing_is_kept(client, unit):
    address = the_page(client, PLAIN + "Z3,P1,1,2026-04-31,1,丙公司\n")
    assert "第 4 行" in client.get(address).content.decode()
    delivery = Delivery.objects.get()

    answer = client.post(reverse("deliver_facts", args=[delivery.pk]), {"key": "k"})

    assert answer.status_code == 422
    assert "有 1 处问题，什么也没有导入" in answer.content.decode()
    assert not Delivery.objects.filter(stage="kept").exists()
    good = {"key": "k", "mode": "keep_good"}
    assert client.post(reverse("deliver_facts", args=[delivery.pk]), good).status_code == 302
    assert Payment.objects.count() == 2
    kept = client.get(reverse("delivery", args=[delivery.pk])).content.decode()
    assert "第 4 行" in kept
    assert "2026-04-31" in kept


def test_a_total_that_does_not_agree_or_is_none_keeps_all_out(client, unit):
    the_page(client)
    address = reverse("deliver_facts", args=[Delivery.objects.get().pk])

    astray = client.post(address, {"key": "k", "total": "1500"})
    assert astray.status_code == 422
    assert "相差" in astray.content.decode()
    assert client.post(address, {"key": "k", "total": "很多"}).status_code == 422
    assert not Payment.objects.exists()
    assert client.post(address, {"key": "k", "total": "1500.50"}).status_code == 302


@pytest.mark.parametrize("text", ["", "随便一行字\n", "\x00\x01\x02", "机密★10年\n1,2\n"])
def test_what_cannot_be_read_is_said(client, unit, text):
    answer = hand_in(client, text)

    if answer.status_code == 302:
        page = client.get(answer["Location"])
        assert page.status_code == 200
        assert "认不出表头" in page.content.decode()
    else:
        assert answer.status_code == 422
    assert not Delivery.objects.filter(stage="kept").exists()


def test_who_reads_anothers_delivery_leaves_a_line_for_its_owner(client, unit):
    the_page(client)
    delivery = Delivery.objects.get()
    client.get(reverse("arriving", args=[delivery.pk]))
    assert not Opening.objects.exists(), "its own organisation opens nothing of another's"
    auditor = city_hall.unit("9", within=unit.organisation.region, kind="audit").officer_office

    assert signed_in(auditor).get(reverse("delivery", args=[delivery.pk])).status_code == 200

    opened = Opening.objects.get()
    assert opened.about == f"delivery:{delivery.pk}"
    assert opened.organisation_id == unit.organisation.pk


def test_the_form_is_there_for_who_may_hand_in(client, unit):
    address = reverse("hand_in_file")
    assert f'action="{address}"' in client.get(reverse("deliveries")).content.decode()
    reviewer = signed_in(unit.reviewer_office)
    assert f'action="{address}"' not in reviewer.get(reverse("deliveries")).content.decode()


def test_nothing_chosen_is_said(client):
    assert client.post(reverse("hand_in_file"), {"key": "k"}).status_code == 422


def test_another_unit_sees_neither_file_nor_delivery(client, unit):
    the_page(client)
    delivery = Delivery.objects.get()
    client.post(reverse("deliver_facts", args=[delivery.pk]), {"key": "k"})
    other = signed_in(city_hall.unit("2", within=unit.organisation.region).officer_office)

    assert other.get(reverse("arriving", args=[delivery.pk])).status_code == 404
    assert other.get(reverse("delivery", args=[delivery.pk])).status_code == 404
    assert "甲公司" not in other.get(reverse("audit")).content.decode()


def test_the_budget_office_brings_in_everybodys(unit):
    bureau = city_hall.unit("2", within=unit.organisation.region)
    client = signed_in(city_hall.office(bureau.organisation, "budget", "budget"))
    the_page(client)
    delivery = Delivery.objects.get()

    client.post(reverse("collect_facts", args=[delivery.pk]), {"key": "k"})

    assert Payment.objects.filter(unit=unit.organisation).count() == 2
    assert Deed.objects.filter(verb="collect_facts").exists()


BUDGETS = (
    "2024年部门项目支出表,,,\n,,,单位：万元\n"
    "序号,预算单位,项目名称,年初预算数\n1,1,校舍维修,12.5\n2,1,操场,80\n"
)


def test_what_a_guess_took_for_granted_is_shown_beside_the_columns(client):
    page = client.get(the_page(client, BUDGETS)).content.decode()

    assert "表头上方写着“单位:万元”，按金额单位是万元读取" in page
    assert "没有年度这一列；年度取自“2024年部门项目支出表”：2024" in page


def test_the_year_is_kept_where_columns_are_chosen_and_may_be_given(client):
    address = the_page(client, BUDGETS)
    chosen = {
        "kind": "budget",
        "column-unit": "预算单位",
        "column-name": "项目名称",
        "column-initial": "年初预算数",
    }

    as_titled = client.post(address, chosen)
    given = client.post(address, {**chosen, "year": "2025", "unit": "元"})

    assert as_titled.context["seen"].tried.examples[0].year == 2024
    assert as_titled.context["seen"].tried.examples[0].initial == 125000
    assert given.context["seen"].tried.examples[0].year == 2025
    assert given.context["seen"].tried.examples[0].initial == Decimal("12.5")


def test_who_hands_in_days_of_any_order_is_asked_which_comes_first(client):
    text = PLAIN.replace("2026-03-02", "03/04/2026").replace("2026-04-03", "05/06/2026")
    address = the_page(client, text)
    chosen = {
        "kind": "payment",
        "column-unit": "单位代码",
        "column-paid_on": "支付日期",
        "column-amount": "金额",
    }

    page = client.get(address).content.decode()
    turned = client.post(address, {**chosen, "order": "mdy"})

    assert 'name="order"' in page
    assert turned.context["seen"].tried.examples[0].paid_on == date(2026, 3, 4)
