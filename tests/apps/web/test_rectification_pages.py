"""Letters and rectifications as pages: sent from the evaluation, planned, reported, checked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import city_hall
from apps.cycle.evaluated import bureau_of, evaluator
from apps.cycle.rectified import ASKED, WORDS, concluded, planned, reported, told
from gongzhi.core.official import ReportedMeasure
from gongzhi.cycle.models import Feedback, Rectification
from gongzhi.papers.forms import RECTIFICATION_NOTICE, RECTIFICATION_REPORT, as_xlsx
from gongzhi.papers.receiving import receive
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Office
from gongzhi.web.pages.rectifications.papers import stated
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(region):
    return bureau_of(region)


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


@pytest.fixture
def evaluation(disclosed, bureau, region):
    return concluded(disclosed, bureau, evaluator("F1", kind="evaluator", within=region))


@pytest.fixture
def row(evaluation, bureau) -> Rectification:
    return told(evaluation, bureau).rectifications.get()


def browser(member) -> VerifiedClient:
    return signed_in(Office.objects.get(pk=member.office))


def page(client, name, *args, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, name, *args, status: int = 302, **given) -> str:
    answer = client.post(reverse(name, args=args), {"key": name, **given})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_letter_is_sent_from_the_evaluation_with_what_is_asked_line_by_line(
    evaluation, bureau, disclosed, client
):
    officer = browser(bureau.first)
    line = f"demand-{evaluation.pk}:lawful"
    assert line in page(officer, "evaluation", evaluation.pk)
    assert "send_feedback" not in page(browser(disclosed.officer), "evaluation", evaluation.pk)
    post(officer, "send_feedback", evaluation.pk, words=WORDS, **{line: ASKED})
    (asked,) = Rectification.objects.all()
    assert (asked.line, asked.demand) == ("lawful", ASKED)
    for name, of in (("evaluation", evaluation.pk), ("project-evaluation", disclosed.project.pk)):
        query = f"?year={evaluation.fiscal_year}" if name != "evaluation" else ""
        text = page(client, name, of, query=query)
        assert ASKED in text
        assert reverse("rectification", args=[asked.pk]) in text
    letter = page(client, "feedback", asked.feedback_id)
    assert WORDS in letter
    assert "绩效评价结果反馈函" in letter


def test_what_is_wrong_leads_back_to_the_letter_with_what_was_typed(evaluation, bureau):
    officer = browser(bureau.first)
    line = f"demand-{evaluation.pk}:lawful"
    text = post(officer, "send_feedback", evaluation.pk, status=422, words="", **{line: ASKED})
    assert ASKED in text
    text = post(officer, "send_feedback", evaluation.pk, status=422, words=WORDS, demand="只有要求")
    assert "请写明发现了什么问题" in text
    assert not Feedback.objects.exists()


def test_a_letter_about_all_parties_is_sent_from_the_project(evaluation, bureau, disclosed):
    officer, year = browser(bureau.first), evaluation.fiscal_year
    text = page(officer, "project-evaluation", disclosed.project.pk, query=f"?year={year}")
    assert "反馈评价结果" in text
    post(officer, "send_panel_feedback", disclosed.project.pk, words=WORDS, fiscal_year=year)
    assert Feedback.objects.get().source == "panel"


def test_a_published_audit_result_is_asked_to_be_put_right(bureau, disclosed, client):
    officer = browser(bureau.first)
    given = {
        "fiscal_year": 2026,
        "document_number": "审计公告 2026 年第 3 号",
        "words": "请按审计公告整改",
        "found": "超范围支出 3 万元",
        "demand": "追回资金",
        "grave": "yes",
    }
    post(officer, "order_rectification", disclosed.project.pk, **given)
    (asked,) = Rectification.objects.all()
    assert asked.grave
    text = page(client, "rectification", asked.pk)
    assert "整改通知书" in text
    assert "追回资金" in text


def test_it_is_planned_reported_and_passed_without_scripts(row, disclosed, bureau, client):
    unit, officer = browser(disclosed.officer), browser(bureau.second)
    assert "提出整改的措施" in page(unit, "desk")
    until = (business_date() + timedelta(days=20)).isoformat()
    wrong = post(
        unit, "plan_rectification", row.pk, status=422,
        **{"what-0": "补签合同", "responsible-0": "", "until-0": "下月"},
    )  # fmt: skip
    assert "日期请写成" in wrong
    assert "补签合同" in wrong
    plan = {"what-0": "补签合同", "responsible-0": "财务科", "until-0": until}
    post(unit, "plan_rectification", row.pk, **plan)
    assert "补签合同" in page(client, "rectification", row.pk)
    lacking = post(
        unit, "report_rectification", row.pk, status=422, reason="都办了", **{"done-0": "已补签"}
    )
    assert "请写明证明材料在哪里" in lacking
    assert "已补签" in lacking
    done = {"done-0": "已补签", "evidence-0": "合同扫描件"}
    post(unit, "report_rectification", row.pk, reason="都办了", **done)
    assert "核查整改情况" in page(officer, "desk")
    post(officer, "pass_rectification", row.pk, reason="属实")
    text = page(client, "rectification", row.pk)
    for words in ("合同扫描件", "属实", "已整改"):
        assert words in text


def test_another_deadline_and_a_return_are_told_with_their_reasons(row, disclosed, bureau, client):
    unit, officer = browser(disclosed.officer), browser(bureau.second)
    later = row.report_due_on + timedelta(days=10)
    early = post(
        unit, "extend_rectification", row.pk, status=422, until=row.report_due_on, reason="等验收"
    )
    assert "新的期限应晚于原来的期限" in early
    post(unit, "extend_rectification", row.pk, until=later, reason="等验收")
    planned(row, disclosed)
    reported(row, disclosed)
    post(officer, "return_rectification", row.pk, reason="照片看不清")
    text = page(client, "rectification", row.pk)
    for words in (later.isoformat(), "等验收", "照片看不清"):
        assert words in text


def test_the_list_tells_whose_what_is_late_and_what_is_done(row, bureau, client):
    text = page(client, "rectifications")
    assert str(row.pk) in text
    assert str(row.pk) not in page(client, "rectifications", query="?state=late")
    assert str(row.pk) not in page(client, "rectifications", query="?state=passed")
    assert str(row.pk) in page(client, "rectifications", query="?state=open&source=evaluation")
    unit = row.feedback.unit_id
    assert str(row.pk) in page(client, "rectifications", query=f"?unit={unit}")
    Rectification.objects.update(plan_due_on=business_date() - timedelta(days=1))
    assert str(row.pk) in page(client, "rectifications", query="?state=late")
    assert page(client, "rectifications", query="?state=nonsense", status=400)


def test_what_is_not_public_is_not_there_for_others(row, disclosed, client):
    Feedback.objects.update(label="internal")
    page(client, "rectification", row.pk, status=404)
    page(client, "feedback", row.feedback_id, status=404)
    assert str(row.pk) not in page(client, "rectifications")
    assert ASKED in page(browser(disclosed.officer), "rectification", row.pk)


def report_filled(row: Rectification, **more) -> bytes:
    """The report form as it is downloaded, with measures filled in."""
    given = stated(row)
    return as_xlsx(RECTIFICATION_REPORT, [replace(given, **more)])


def sent_back(client, row, content: bytes, *, status: int = 200) -> str:
    file = SimpleUploadedFile("整改.xlsx", content)
    answer = client.post(reverse("rectification", args=[row.pk]), {"paper": file})
    assert answer.status_code == status
    return answer.content.decode()


def test_a_report_form_that_comes_back_fills_the_fields_and_does_nothing(row, disclosed, client):
    line = ReportedMeasure(what="补签三份合同", responsible="财务科", until="2099-01-01")
    content = report_filled(row, lines=(line,))
    text = sent_back(browser(disclosed.officer), row, content)
    assert "补签三份合同" in text
    assert "2099-01-01" in text
    assert "补签三份合同" not in sent_back(client, row, content)
    row.refresh_from_db()
    assert row.stage == "open"


def test_a_report_form_about_something_else_is_told(row, disclosed):
    content = report_filled(row, found="别的问题")
    assert "不是这一项整改" in sent_back(browser(disclosed.officer), row, content, status=422)
    assert "没有读入" in sent_back(browser(disclosed.officer), row, b"x", status=422)


def test_letters_notices_and_reports_are_taken_away(row, client):
    letter = row.feedback
    for name, args in (
        ("feedback-letter", [letter.pk]),
        ("rectification-notice", [letter.pk]),
        ("feedback-letters", []),
        ("rectification-report", [row.pk]),
    ):
        for ending in ("docx", "xlsx", "pdf"):
            answer = client.get(reverse(name, args=[*args, ending]))
            assert answer.status_code == 200
            assert answer.content == client.get(reverse(name, args=[*args, ending])).content
    book = client.get(reverse("rectification-notice", args=[letter.pk, "xlsx"])).content
    (told_again,) = receive(RECTIFICATION_NOTICE, name="通知.xlsx", content=book).good
    assert [each.demand for each in told_again.lines] == [ASKED]
    assert told_again.lines[0].report_until == row.report_due_on.isoformat()


def test_whom_to_look_at_is_listed_with_reasons_for_who_is_signed_in(row, bureau, client):
    assert client.get(reverse("standing")).status_code == 302
    officer, year = browser(bureau.first), f"?year={row.feedback.fiscal_year}"
    text = page(officer, "standing", query=year)
    assert "1 项严重的问题没有整改" in text
    assert "1 项整改逾期" not in text
    Rectification.objects.update(plan_due_on=business_date() - timedelta(days=1))
    assert "1 项整改逾期" in page(officer, "standing", query=year)
    book = officer.get(reverse("standing-table") + year)
    assert book["Content-Type"].startswith("application/vnd.openxml")
    page(officer, "standing", query="?year=x", status=400)


def test_more_units_cost_the_list_no_more_questions(row, bureau, region):
    officer, letter = browser(bureau.first), row.feedback

    def asked(*, units: int) -> int:
        with CaptureQueriesContext(connection) as statements:
            text = page(officer, "standing", query=f"?year={letter.fiscal_year}")
        assert text.count("1 项严重的问题没有整改") == units
        return len(statements)

    asked(units=1)
    few = asked(units=1)
    for number in range(4):
        other = city_hall.unit(f"7{number}", within=region)
        letter_to_other = Feedback.objects.create(
            source="panel", project=other.project, unit=other.organisation,
            sender=letter.sender, fiscal_year=letter.fiscal_year, words=WORDS, pack=letter.pack,
            sent_on=letter.sent_on,
        )  # fmt: skip
        Rectification.objects.create(
            feedback=letter_to_other, found="三笔没有合同", demand=ASKED, grave=row.grave,
            plan_due_on=row.plan_due_on, report_due_on=row.report_due_on,
        )  # fmt: skip
    asked(units=5)  # the bar counts anew after deeds
    assert asked(units=5) == few
