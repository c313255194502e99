"""Reports as pages: begun from the data, written by chapter, compared, signed, taken away."""

import pytest
from django.urls import reverse

import city_hall
from apps.cycle.evaluated import YEAR, assignment, evaluator, handed_in, sent
from gongzhi.cycle.actions import evaluations, hearing
from gongzhi.cycle.models import Report
from gongzhi.parties.models import Office
from verified import VerifiedClient, signed_in, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(region):
    return city_hall.budget_office(within=region)


@pytest.fixture
def firm(region):
    return evaluator("F1", kind="evaluator", within=region)


@pytest.fixture
def concluded(unit, bureau, firm):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    evaluation = evaluations.choose_evaluation(
        by=verified(bureau),
        assignment=assignment(unit, firm.organisation, kind="third_party"),
        commissioner=bureau.organisation,
    )
    sent(handed_in(evaluation, firm), verified(bureau))
    evaluation.refresh_from_db()
    hearing.acknowledge_evaluation(by=unit.officer, evaluation=evaluation, reason="认可")
    evaluation.refresh_from_db()
    return hearing.conclude_evaluation(
        by=verified(bureau), evaluation=evaluation, conclusion="总体一般"
    )


def page(client, name, *args, status: int = 200, **asked: object) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, name, *args, status: int = 302, **given) -> str:
    answer = client.post(reverse(name, args=args), {"key": name, **given})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def written(unit, bureau) -> tuple[VerifiedClient, Report]:
    client = signed_in(bureau)
    post(client, "draft_report", unit.project.pk, fiscal_year=YEAR)
    return client, Report.objects.get()


def test_a_report_from_the_data_to_the_signature(unit, concluded, bureau, client):
    begin = page(signed_in(bureau), "project-report", unit.project.pk, year=YEAR)
    assert "起草评价报告" in begin
    writer, report = written(unit, bureau)
    text = page(writer, "report", report.pk)
    assert "三、综合评价情况及评价结论" in text
    assert "<svg" in text
    assert "{综合得分}" in text
    words = {"chapter": "advice", "text-advice": "综合得分{综合得分}分，偏低。", "seen": 1}
    post(writer, "write_report", report.pk, **words)
    assert "综合得分50分，偏低。" in page(writer, "report", report.pk)
    assert "偏低" in page(writer, "report-versions", report.pk)
    page(client, "report", report.pk, status=404)
    signer = signed_in(city_hall.office(bureau.organisation, "审签", "reviewer"))
    assert "签发评价报告" in page(signer, "report", report.pk)
    post(signer, "sign_report", report.pk, seen=2)
    assert "已签发" in page(client, "report", report.pk)


def test_what_was_typed_stays_where_it_is_refused(unit, concluded, bureau):
    writer, report = written(unit, bureau)
    words = {"chapter": "advice", "text-advice": "{没有的数}很高", "seen": 1}
    text = post(writer, "write_report", report.pk, status=422, **words)
    assert "没有的数" in text
    assert "不是可以引用的数字" in text
    stale = post(writer, "write_report", report.pk, status=422, **{**words, "seen": 0})
    assert "已经有第 1 版" in stale


def test_it_is_taken_away_the_same_each_time(unit, concluded, bureau):
    writer, report = written(unit, bureau)
    for document, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        address = reverse("report-paper", args=[report.pk, document])
        first, second = (writer.get(address).content for _ in range(2))
        assert first.startswith(begins)
        assert first == second
    assert writer.get(reverse("report-paper", args=[report.pk, "xlsx"])).status_code == 404


def test_the_evaluator_writes_about_its_own(unit, concluded, firm):
    client = signed_in(Office.objects.get(pk=firm.first.office))
    assert "draft_evaluation_report" not in page(client, "project-report", unit.project.pk)
    assert reverse("draft_evaluation_report", args=[concluded.pk]) in page(
        client, "evaluation", concluded.pk
    )
    post(client, "draft_evaluation_report", concluded.pk)
    report = Report.objects.get()
    assert report.evaluation == concluded
    assert "综合得分 50 分" in page(client, "report", report.pk)
    assert reverse("report", args=[report.pk]) in page(client, "evaluation", concluded.pk)


def test_anybody_sees_what_the_data_say_so_far(unit, concluded, client):
    text = page(client, "project-report", unit.project.pk, year=YEAR)
    assert "不是谁签发的报告" in text
    assert page(client, "project-report", unit.project.pk, status=400, year="20x6")
