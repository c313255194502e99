"""The pages of readings: calls, a unit's answer, all parties' readings side by side."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from openpyxl import load_workbook

import city_hall
from apps.cycle import monitored
from apps.trust.installation import number_all
from gongzhi.cycle.actions import readings
from gongzhi.cycle.models import Collection, Reading, Settlement, Submission
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.web.figures import figure_address
from verified import VerifiedClient, signed_in, verified

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)
LINE = "P1/km", "P1/sat"


@pytest.fixture
def unit(settings):
    settings.DEMO = True
    unit = city_hall.unit("1", within=city_hall.region())
    monitored.promise(unit)
    monitored.disclose(unit)
    move_business_date(to=TODAY)
    return unit


@pytest.fixture
def bureau(unit):
    return city_hall.unit("3", within=unit.organisation.region)


@pytest.fixture
def budget(bureau):
    return city_hall.office(bureau.organisation, "budget", "budget")


@pytest.fixture
def call(bureau, budget) -> Collection:
    return readings.open_collection(
        by=verified(budget),
        organisation=bureau.organisation,
        fiscal_year=2026,
        month=8,
        title="8 月填报",
        working_days=5,
    )


@pytest.fixture
def officer(unit) -> VerifiedClient:
    return signed_in(unit.officer_office)


def page(client, route: str, *args) -> str:
    answer = client.get(reverse(route, args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def typed(**more: str) -> dict[str, str]:
    return {"key": "k", f"value:{LINE[0]}": "40", **more}


def test_the_budget_office_calls_and_a_month_is_called_once(budget, bureau):
    client, address = signed_in(budget), reverse("open_collection")
    sent = {"title": "8 月", "fiscal_year": "2026", "month": "8", "working_days": "5"}

    assert client.post(address, {**sent, "key": "a"}).status_code == 302
    again = client.post(address, {**sent, "key": "b"})

    assert again.status_code == 422
    assert readings.ALREADY_CALLED.text in again.content.decode()
    assert Collection.objects.get().due_on == date(2026, 9, 8)


def test_a_call_waits_on_the_desk_until_it_is_answered(call, unit, officer):
    assert reverse("collection", args=[call.pk]) in page(officer, "desk")

    officer.post(
        reverse("submit_readings", args=[call.pk]), typed(**{f"why_none:{LINE[1]}": "年底"})
    )

    assert "8 月填报" not in page(officer, "desk")
    assert Submission.objects.get().counts == {"readings": 2, "without_value": 1}


def test_each_of_what_was_handed_in_together_leads_to_its_own_row_in_the_log(call, officer):
    officer.post(reverse("submit_readings", args=[call.pk]), typed(**{f"value:{LINE[1]}": "90"}))
    number_all()

    proofs = set()
    for row in Reading.objects.all():
        text = officer.get(figure_address("reading", row.pk)).content.decode()
        assert "所承诺的相同" in text
        (address,) = set(re.findall(r'href="(/ledger/\d+/rows/\d+/)"', text))
        assert str(row.pk) in page(officer, *_at(address))
        proofs.add(address)
    assert len(proofs) == 2


def _at(address: str) -> tuple[object, ...]:
    found = resolve(address)
    return found.url_name, *found.kwargs.values()


def test_what_was_typed_stays_and_each_line_is_told_what_is_wrong(call, officer):
    answer = officer.post(
        reverse("submit_readings", args=[call.pk]), typed(**{f"value:{LINE[1]}": "九成"})
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="40"' in text
    assert 'value="九成"' in text
    assert text.count('aria-invalid="true"') == 1
    assert not Reading.objects.exists()


def test_no_value_needs_a_reason(call, officer):
    answer = officer.post(reverse("submit_readings", args=[call.pk]), typed())

    assert answer.status_code == 422
    assert readings.EMPTY.text in answer.content.decode()


def test_the_table_goes_out_and_comes_back(call, officer):
    book = load_workbook(BytesIO(officer.get(reverse("collection-table", args=[call.pk])).content))
    sheet = book.active
    assert [sheet.cell(2, 3).value, sheet.cell(3, 3).value] == ["km", "sat"]
    sheet.cell(2, 7, "41.5")
    sheet.cell(3, 9, "年底才调查")
    kept = BytesIO()
    book.save(kept)

    answer = officer.post(
        reverse("filled-table", args=[call.pk]),
        {"file": SimpleUploadedFile("填报.xlsx", kept.getvalue())},
    )

    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="41.5"' in text
    assert 'value="年底才调查"' in text
    assert not Reading.objects.exists()


def test_another_table_is_told_from_this_one(call, officer):
    file = SimpleUploadedFile("别的.csv", "甲,乙\n1,2\n".encode())

    answer = officer.post(reverse("filled-table", args=[call.pk]), {"file": file})

    assert answer.status_code == 422
    assert "这不是填报表" in answer.content.decode()


def test_who_is_late_stands_on_the_call(call, budget, unit, officer):
    move_business_date(to=date(2026, 9, 9))

    assert "逾期未填报" in page(signed_in(budget), "collection", call.pk)
    officer.post(reverse("submit_readings", args=[call.pk]), typed(**{f"value:{LINE[1]}": "90"}))
    assert "逾期填报" in page(signed_in(budget), "collection", call.pk)


def test_a_call_that_was_closed_takes_no_answers(call, budget, officer):
    signed_in(budget).post(reverse("close_collection", args=[call.pk]), {"key": "c"})

    assert "不再收填报" in page(officer, "answering", call.pk)


def test_readings_of_all_parties_stand_side_by_side_until_one_is_settled_on(unit, budget, officer):
    social = city_hall.unit("2", within=unit.organisation.region, kind="social")
    sent = {"project": str(unit.project.pk), "indicator": "km", "value": "40"}
    sent |= {"starts_on": "2026-08-01", "ends_on": "2026-08-31"}
    add = reverse("add_reading")
    officer.post(add, {**sent, "source": "unit", "key": "1"})
    signed_in(social.officer_office).post(
        add, {**sent, "source": "social", "value": "25", "key": "2"}
    )
    assert Reading.objects.count() == 2
    assert "不一致，待认定" in page(officer, "project-readings", unit.project.pk)

    theirs = Reading.objects.get(source="social")
    settled = signed_in(budget).post(
        reverse("settle_readings", args=[theirs.pk]), {"key": "3", "reason": "现场核实"}
    )

    assert settled.status_code == 302
    assert Settlement.objects.get().reading == theirs
    text = page(officer, "project-readings", unit.project.pk)
    assert "认定采用" in text
    assert "不一致，待认定" not in text


def test_a_reading_shows_what_it_rests_on(unit, officer, client):
    row = monitored.read(unit, "km", date(2026, 8, 31), 40)
    add = reverse("add_evidence", args=[row.pk])
    given = {"kind": "survey", "shows": "回访记录", "made_on": "2026-08-31", "label": "internal"}

    wrong = officer.post(add, {**given, "key": "1"})
    survey = {**given, "asked": "300", "answered": "240", "method": "电话回访", "key": "2"}
    assert officer.post(add, survey).status_code == 302
    paper = {"file": SimpleUploadedFile("验收单.csv", "项目,结果\n甲,合格\n".encode())}
    assert officer.post(add, {**given, **paper, "kind": "file", "key": "3"}).status_code == 302

    assert wrong.status_code == 422
    assert f'href="#evidence-{row.pk}-method"' in wrong.content.decode()
    own = page(officer, "project-readings", unit.project.pk)
    assert "问了 300 人，240 人回答（80%），电话回访" in own
    assert "验收单.csv" in own
    others = page(client, "project-readings", unit.project.pk)
    assert "文件不公开" in others
    assert "验收单.csv" not in others


def test_a_call_can_be_handed_on_inside_the_unit(call, officer):
    assert f"?about=collection:{call.pk}#give" in page(officer, "answering", call.pk)
    given = officer.get(reverse("tasks"), {"about": f"collection:{call.pk}"}).content.decode()
    assert call.title in given


@pytest.mark.parametrize("kind", ["government", "social", "enterprise"])
def test_every_party_finds_the_form_to_read(unit, kind, client):
    other = city_hall.unit("2", within=unit.organisation.region, kind=kind)
    text = page(signed_in(other.officer_office), "project-readings", unit.project.pk)
    assert 'id="add_reading"' in text
    assert 'value="survey"' in text
    assert 'id="add_reading"' not in page(client, "project-readings", unit.project.pk)


def test_nobody_reads_as_somebody_else(unit):
    social = city_hall.unit("2", within=unit.organisation.region, kind="social")
    sent = {"project": str(unit.project.pk), "indicator": "km", "value": "40", "source": "unit"}
    sent |= {"starts_on": "2026-08-01", "ends_on": "2026-08-31", "key": "1"}

    answer = signed_in(social.officer_office).post(reverse("add_reading"), sent)

    assert answer.status_code == 422
    assert not Reading.objects.exists()


def test_a_correction_stands_beside_the_old_reading(unit, officer):
    old = monitored.read(unit, "km", date(2026, 8, 31), 40)

    officer.post(
        reverse("correct_reading", args=[old.pk]),
        {"key": "1", "value": "38", "reason": "重复计了 2 公里"},
    )

    assert Reading.objects.get(corrects=old).value == 38
    assert "已更正" in page(officer, "project-readings", unit.project.pk)
