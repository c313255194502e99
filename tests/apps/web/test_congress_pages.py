"""The congress's room as pages: asked from a project, answered, assessed, seen by everybody."""

import pytest
from django.urls import reverse

import city_hall
from apps.cycle.test_inquiries import POINTS, answered, asked, congress, opinion
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.actions import inquiries
from gongzhi.cycle.models import Inquiry
from gongzhi.desk.models import Opening
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.models import Deed, Office
from verified import VerifiedClient, signed_in, verified

pytestmark = pytest.mark.django_db
__all__ = ["congress"]


def browser(member) -> VerifiedClient:
    return signed_in(Office.objects.get(pk=member.office))


def page(client, name, *args, status: int = 200, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, name, *args, status: int = 302, **given) -> str:
    answer = client.post(reverse(name, args=args), {"key": name, **given})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


def test_a_question_is_asked_from_the_projects_page(disclosed, congress):
    client, name = signed_in(congress), f"project:{disclosed.project.pk}"
    assert f"?about={name}" in page(client, "project", disclosed.project.pk)
    form = page(client, "congress-asking", query=f"?about={name}")
    assert disclosed.project.name in form
    given = {
        "about": name,
        "title": "无合同支付",
        "points": "\n".join(POINTS),
        "addressed": disclosed.organisation.pk,
        "fiscal_year": "2026",
    }
    refused = post(client, "send_opinion", status=422, **given)
    assert POINTS[0] in refused  # what was typed is kept
    post(client, "ask_question", **given)
    inquiry = Inquiry.objects.get()
    assert inquiry.project == disclosed.project
    assert [each.text for each in inquiry.points.all()] == list(POINTS)
    assert inquiry.title in page(client, "congress")


def test_the_unit_answers_and_the_congress_finds(disclosed, congress):
    inquiry = asked(disclosed, congress)
    unit, client = browser(disclosed.officer), signed_in(congress)
    assert inquiry.title in page(unit, "desk")
    for point in inquiry.points.all():
        given = {"point": point.number, "done": "逐笔核对", "key": f"k{point.number}"}
        post(unit, "answer_question", inquiry.pk, status=422, **given)
        post(unit, "answer_question", inquiry.pk, changed="补签三份", **given)
    point = inquiry.points.first()
    shown = page(client, "inquiry", inquiry.pk)
    assert "补签三份" in shown
    assert 'value="unsatisfied"' in shown
    post(
        client,
        "assess_answer",
        inquiry.pk,
        point=point.number,
        satisfaction="unsatisfied",
        reason="没有写明期限",
    )
    assert "没有写明期限" in page(unit, "inquiry", inquiry.pk)


def test_everybody_sees_what_was_published_on_the_projects_page(disclosed, congress, client):
    inquiry = answered(opinion(disclosed, congress), disclosed)
    page(client, "inquiry", inquiry.pk, status=404)
    assert inquiry.title not in page(client, "project", disclosed.project.pk)
    assert inquiry.title not in page(client, "congress")
    inquiries.publish_inquiry(by=verified(congress), inquiry=inquiry, reason="办公室审查")
    assert inquiry.title in page(client, "project", disclosed.project.pk)
    for language, words in (("zh-hans", "改变了什么"), ("en", "What changed")):
        client.cookies["django_language"] = language
        assert words in page(client, "inquiry", inquiry.pk)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_is_filtered_in_both_languages(disclosed, congress, language):
    inquiry, client = asked(disclosed, congress), signed_in(congress)
    client.cookies["django_language"] = language
    for query in ("?kind=question", "?state=open", "?year=2026"):
        assert inquiry.title in page(client, "congress", query=query)
    for query in ("?kind=opinion", "?state=overdue", "?state=closed", "?to=mine"):
        assert inquiry.title not in page(client, "congress", query=query)
    page(client, "congress", query="?kind=x", status=400)


def test_nobody_else_is_offered_to_ask(disclosed, client):
    assert "congress-asking" not in page(client, "congress")
    unit = browser(disclosed.officer)
    assert 'name="points"' not in page(unit, "congress-asking")


def test_s15_that_auditors_read_what_was_asked_is_told_to_nobody(disclosed, congress, region):
    inquiry = asked(disclosed, congress)
    office = parties.register_organisation(
        by=SYSTEM, region=region, code="SJ", name="某市审计局", kind="audit"
    )
    auditor, deeds = signed_in(city_hall.office(office, "审计岗")), Deed.objects.count()
    readers = (browser(disclosed.officer), signed_in(congress))
    before = [page(reader, "openings") for reader in readers]
    for route, *things in (("congress",), ("inquiry", inquiry.pk), ("desk",)):
        page(auditor, route, *things)
    page(auditor, "department-materials", disclosed.organisation.pk)
    assert Opening.objects.get().stage == "audited"
    assert Deed.objects.count() == deeds
    assert [page(reader, "openings").count("某市审计局") for reader in readers] == [0, 0]
    assert [text.count("<tr") for text in before] == [
        page(reader, "openings").count("<tr") for reader in readers
    ]
