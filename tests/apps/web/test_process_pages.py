"""Processes as pages: three clicks from a project, phases, what became of it, who is affected."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

import city_hall
from apps.forum.test_processes import started
from apps.forum.test_stakeholders import registered
from gongzhi.forum.models import Process, Stakeholder
from gongzhi.parties.business_date import business_date
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


@pytest.fixture
def officer(disclosed) -> VerifiedClient:
    return signed_in(disclosed.officer_office)


def page(client, name, *args, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, route, /, *args, status: int = 302, **given) -> str:
    answer = client.post(reverse(route, args=args), {"key": route, **given})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_process_is_started_in_three_clicks(disclosed, officer):
    project = disclosed.project.pk
    first = f"{reverse('process-starting')}?project={project}"
    assert first in page(officer, "project", project)
    second = f"?template=goals&amp;project={project}"
    assert second in officer.get(first).content.decode()
    form = page(officer, "process-starting", query=second.replace("&amp;", "&"))
    assert 'id="start_process"' in form
    given = {"template": "goals", "project": project, "title": "高是低", "question": "说说"}
    post(officer, "start_process", **given)
    process = Process.objects.get()
    assert process.title in page(Client(), "participation")
    shown = page(Client(), "process", process.pk)
    for phase in process.kind().phases:
        assert phase.name.zh in shown


def test_what_is_missing_comes_back_with_what_was_written(disclosed, officer):
    given = {"template": "goals", "project": disclosed.project.pk, "title": "高是低"}
    again = post(officer, "start_process", status=422, question=" ", **given)
    assert "高是低" in again
    assert not Process.objects.exists()


def test_who_may_not_start_one_is_offered_none(disclosed):
    other = signed_in(disclosed.reviewer_office)
    assert "process-starting" not in page(other, "project", disclosed.project.pk)
    assert 'id="start_process"' not in page(other, "process-starting", query="?template=goals")
    assert "participation/processes/starting" not in page(Client(), "project", disclosed.project.pk)


def test_phases_are_moved_and_the_end_is_told(disclosed, officer):
    process = started(disclosed)
    later = business_date() + timedelta(days=1)
    dates = {}
    for number, each in enumerate(process.dates(), start=1):
        dates[f"opens_{number}"] = (each.opens_on + timedelta(days=1)).isoformat()
        dates[f"closes_{number}"] = (each.closes_on + timedelta(days=1)).isoformat()
    post(officer, "move_phases", process.pk, reason="材料没有备齐", **dates)
    shown = page(Client(), "process", process.pk)
    assert later.isoformat() in shown
    assert "材料没有备齐" in shown
    post(officer, "conclude_process", process.pk, account="采纳两条")
    assert "采纳两条" in page(Client(), "process", process.pk)
    assert "采纳两条" in page(Client(), "participation")


def test_dates_that_run_backwards_are_told(disclosed, officer):
    process = started(disclosed)
    dates = {}
    for number, each in enumerate(process.dates(), start=1):
        dates[f"opens_{number}"] = each.closes_on.isoformat()
        dates[f"closes_{number}"] = each.opens_on.isoformat()
    post(officer, "move_phases", process.pk, status=422, reason="写反了", **dates)


def test_the_list_is_filtered_and_other_words_are_refused(disclosed):
    process, client = started(disclosed), Client()
    assert process.title in page(client, "processes", query="?template=goals&stage=open")
    assert process.title not in page(client, "processes", query="?stage=withdrawn")
    page(client, "processes", query="?template=x", status=400)


def test_who_is_affected_is_kept_invited_and_heard(disclosed, officer):
    project = disclosed.project.pk
    post(officer, "register_stakeholder", project, name="沿街商户", effect="施工挡路")
    row = Stakeholder.objects.get()
    assert "沿街商户" in page(Client(), "stakeholders", project)
    post(officer, "invite_stakeholder", row.pk, text="请说说看法")
    assert "请说说看法" in page(Client(), "stakeholders", project)
    post(officer, "note_stakeholder", row.pk, said="要求夜间施工")
    assert "要求夜间施工" in page(Client(), "stakeholders", project)


def test_the_register_of_what_is_not_disclosed_is_not_there(unit):
    registered(unit)
    page(Client(), "stakeholders", unit.project.pk, status=404)


ROOMS = ("planning-meetings", "starting-survey", "topics", "panel-announcing")


def test_an_office_convenes_from_a_project_and_from_its_process_with_both_filled_in(
    disclosed, officer, client
):
    project = disclosed.project
    process = started(disclosed, project=project)
    for whole, route, thing in (("project", "project", project), ("process", "process", process)):
        shown, to_others = page(officer, route, thing.pk), page(client, route, thing.pk)
        for room in ROOMS:
            named = f"about={whole}:{thing.pk}" if room == "topics" else f"{whole}={thing.pk}"
            address = f"{reverse(room)}?{named}"
            assert address in shown
            assert address not in to_others
            assert officer.get(address).status_code == 200
