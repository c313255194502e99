"""Surveys as pages: prepared, answered without scripts, keyed in from a table, published."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

import city_hall
from apps.forum.surveyed import INDICATOR, citizen, given, opened, sampled
from gongzhi.forum.actions import survey_papers, surveys
from gongzhi.forum.actions.survey_papers import Keyed
from gongzhi.forum.models import Survey, SurveyAnswer, SurveyMark, SurveyPaper
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import OutgoingMessage
from verified import VerifiedClient, signed_in, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


def read(client, name, row, *, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(name, args=[row.pk]) + query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def post(client, name, row=None, *, status: int = 302, **sent):
    address = reverse(name, args=[row.pk] if row else [])
    answer = client.post(address, {"key": name, **sent})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def by_citizen(number: int = 1) -> VerifiedClient:
    _, person = citizen(number)
    client = VerifiedClient()
    client.force_login(person)
    return client


INBOX = {"sms": "inbox", "email": "inbox"}
ANSWERS = {"q1": "4", "q2": "2", "q3": ""}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_officer_prepares_opens_closes_and_publishes(disclosed, client, language):
    officer = signed_in(disclosed.officer_office)
    for each in (officer, client):
        each.cookies["django_language"] = language
    page = officer.get(reverse("starting-survey") + f"?project={disclosed.project.pk}")
    assert 'id="start_survey"' in page.content.decode()
    today = business_date()
    sent = {
        "title": "社区服务满意度",
        "project": disclosed.project.pk,
        "sampled": "no",
        "method": "自愿参加",
        "opens_on": today,
        "closes_on": today + timedelta(days=9),
        "bank": ["overall", "age"],
        "own_text_1": "您住在哪里",
        "own_kind_1": "single",
        "own_options_1": "城区=60%\n乡镇=40%",
    }
    wrong = {**sent, "own_options_1": "城区=60%\n乡镇=30%"}
    post(officer, "start_survey", status=422, **wrong)
    post(officer, "start_survey", **sent)
    survey = Survey.objects.get()
    assert [each.code for each in survey.questions.all()] == ["overall", "age", ""]
    read(client, "survey", survey, status=404)
    post(officer, "open_survey", survey)
    assert "<svg" in read(client, "survey", survey), "a code for telephones"
    for number in range(6):
        where = "1" if number % 2 else "2"
        post(by_citizen(number), "answer_survey", survey, q1="5", q2="2", q3=where)
    assert "6" in read(officer, "survey", survey)
    post(officer, "close_survey", survey)
    post(officer, "publish_survey_result", survey)
    told = read(client, "survey", survey)
    assert "100%" in told
    assert "SurveyMark" not in told
    sheet = client.get(reverse("survey-result-file", args=[survey.pk]) + "?format=xlsx")
    assert load_workbook(BytesIO(sheet.content)).active.max_row > 5


def test_s55_sent_twice_it_is_counted_once_and_said_so(unit):
    survey, client = opened(unit), by_citizen()
    first = post(client, "answer_survey", survey, **ANSWERS)
    again = post(client, "answer_survey", survey, **ANSWERS)
    assert first.url == reverse("survey-answered", args=[survey.pk])
    assert again.url == first.url + "?again=yes"
    assert client.get(again.url).status_code == 200
    assert SurveyMark.objects.count() == 1


def test_what_is_missing_is_said_beside_its_question_and_the_rest_is_kept(unit):
    survey, client = opened(unit), by_citizen()
    page = post(client, "answer_survey", survey, status=422, q2="2", q3="路灯坏了").content.decode()
    assert "请回答这一题" in page
    assert "路灯坏了" in page
    assert 'value="2" checked' in page


def test_a_link_by_telephone_is_enough(unit, client, settings):
    settings.MESSAGE_PROVIDERS = INBOX
    survey = opened(unit)
    post(client, "ask_for_link", survey, address="13800000000")
    (message,) = OutgoingMessage.objects.all()
    link = re.search(r"link=([\w-]+)", message.taken_out().text)[1]
    page = client.get(reverse("answering-survey", args=[survey.pk]) + f"?link={link}")
    assert 'id="answer_survey"' in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin", "no other site learns of the link"
    post(client, "answer_survey", survey, link=link, **ANSWERS)
    post(client, "answer_survey", survey, status=422, link=link, **ANSWERS)
    assert 'id="answer_survey"' not in read(
        client, "answering-survey", survey, query=f"?link={link}"
    )
    assert SurveyMark.objects.count() == 1


def test_a_sample_is_invited_and_paper_is_printed_with_codes(unit, client, settings):
    settings.MESSAGE_PROVIDERS = INBOX
    survey, officer = sampled(unit), signed_in(unit.officer_office)
    post(officer, "invite_respondents", survey, status=422, addresses="不是号码")
    post(officer, "invite_respondents", survey, addresses="13800000001\na@example.org")
    assert OutgoingMessage.objects.count() == 2
    post(officer, "issue_survey_papers", survey, count="2")
    forms = officer.get(reverse("survey-paper-forms", args=[survey.pk]))
    assert forms.content.startswith(b"%PDF")
    number = SurveyPaper.objects.first().number
    assert number in read(officer, "survey-papers", survey)
    assert number not in read(client, "survey-papers", survey)
    page = read(client, "answering-survey", survey, query=f"?paper={number}")
    assert 'id="answer_survey"' in page
    post(client, "answer_survey", survey, paper=number, **ANSWERS)
    assert SurveyPaper.objects.get(number=number).stage == "online"


def test_a_table_is_keyed_elsewhere_and_bad_rows_are_named(unit):
    survey = opened(unit)
    first, second = (city_hall.office(unit.organisation, f"keyer{n}") for n in (1, 2))
    survey_papers.issue_survey_papers(by=verified(first), survey=survey, count=3)
    table = signed_in(first).get(reverse("survey-table", args=[survey.pk])).content
    for office, level in ((first, 4), (second, 5)):
        book = load_workbook(BytesIO(table))
        sheet = book.worksheets[0]
        for row in (2, 3):
            sheet.cell(row, 2, str(level if row == 2 else 9))
            sheet.cell(row, 3, "2")
        out = BytesIO()
        book.save(out)
        file = SimpleUploadedFile("录入.xlsx", out.getvalue())
        page = post(signed_in(office), "key_paper_table", survey, status=200, file=file)
        assert "第 3 行" in page.content.decode()
    paper = SurveyPaper.objects.get(stage="differs")
    officer = signed_in(unit.officer_office)
    assert paper.number in read(officer, "survey-papers", survey)
    sent = {"number": paper.number, "reason": "看了原件", "q1": "5", "q2": "2"}
    post(officer, "settle_paper_answer", survey, **sent)
    paper.refresh_from_db()
    assert paper.answers == {"1": 5, "2": 2}


def test_a_damaged_table_is_told_and_nothing_is_kept(unit):
    survey, office = opened(unit), city_hall.office(unit.organisation, "keyer")
    survey_papers.issue_survey_papers(by=verified(office), survey=survey, count=1)
    for content in (b"PK\x03\x04 broken", b"a,b\n1,2\n"):
        file = SimpleUploadedFile("录入.xlsx" if content[:2] == b"PK" else "录入.csv", content)
        post(signed_in(office), "key_paper_table", survey, status=422, file=file)
    assert not SurveyPaper.objects.exclude(stage="printed").exists()


def test_words_are_read_by_whoever_holds_the_survey_alone(unit, client):
    survey, officer = opened(unit), signed_in(unit.officer_office)
    for number in range(6):
        post(by_citizen(number), "answer_survey", survey, **{**ANSWERS, "q3": "电梯老坏"})
    surveys.close_survey(by=unit.officer, survey=survey)
    post(officer, "publish_survey_result", survey)
    assert "电梯老坏" in read(officer, "survey", survey)
    assert "电梯老坏" not in read(client, "survey", survey)
    table = client.get(reverse("survey-result-file", args=[survey.pk]) + "?format=csv")
    assert "电梯老坏" not in b"".join(table.streaming_content).decode()


def test_the_reading_leads_back_to_its_survey(disclosed, client):
    survey = sampled(disclosed, project=disclosed.project, indicator=INDICATOR)
    first, second = (verified(city_hall.office(disclosed.organisation, f"k{n}")) for n in (1, 2))
    printed = survey_papers.issue_survey_papers(by=first, survey=survey, count=40)
    keyed = [Keyed(number=paper.number, given=given()) for paper in printed]
    for member in (first, second):
        survey_papers.key_paper_answer(by=member, survey=survey, papers=keyed)
    surveys.close_survey(by=disclosed.officer, survey=survey)
    post(signed_in(disclosed.officer_office), "publish_survey_result", survey)
    assert SurveyAnswer.objects.count() == 40
    readings = read(client, "project-readings", disclosed.project)
    assert reverse("survey", args=[survey.pk]) in readings
