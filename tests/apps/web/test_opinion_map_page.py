"""The map of opinions as a page: for visitors without JavaScript, one's own place to oneself."""

import re
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

import city_hall
from apps.forum.talks import citizen, said, topic
from apps.forum.test_opinion_maps import answers, closed, statements_on
from apps.forum.test_processes import started
from apps.web.test_congress_pages import page, post
from apps.web.test_goal_pages import approved
from apps.web.test_topic_pages import browser
from gongzhi.connectors.polis import comments_in, stances_in
from gongzhi.core.charter import Member
from gongzhi.core.sealed import digest
from gongzhi.forum.actions import moderation, topics
from gongzhi.forum.actions.opinion_maps import draw_due_maps, record_common_ground
from gongzhi.forum.models import CommonGround, OpinionMap, Stance, Statement
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Person
from gongzhi.parties.people import counts_as
from verified import signed_in, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def talked(unit):
    """A topic with two camps of 18 and 12."""
    asked = topic(unit)
    rows = statements_on(asked)
    answers(rows, 0, people=18)
    answers(rows, 1, people=12)
    return asked


def part(shown: str, name: str) -> str:
    return shown.partition(f'id="{name}"')[2].partition("</section>")[0]


def test_before_enough_took_part_there_is_no_map(unit):
    asked = topic(unit)
    said(asked, citizen(1))
    draw_due_maps()
    assert "人才有地图" in page(Client(), "opinion-map", asked.pk).replace("表态", "")


def test_groups_consensus_and_division_in_words_and_figures(talked):
    draw_due_maps()
    shown = page(Client(), "opinion-map", talked.pk)
    assert "分成 2 组，人数：18 / 12" in shown
    assert "观点6号" in part(shown, "united")
    assert "观点1号" not in part(shown, "united")
    assert "观点6号" not in part(shown, "divided").partition("</li>")[0]
    assert part(shown, "groups").count("<h3>") == 2
    assert "第 2 组" in part(shown, "minority")
    assert "共识地图" in page(Client(), "topic", talked.pk)


def test_every_statement_stands_below_the_map_by_its_priority(talked):
    draw_due_maps()
    new = said(talked, citizen(40), "谁也没有见过的观点")
    shown = part(page(Client(), "opinion-map", talked.pk), "ordered")
    priorities = OpinionMap.objects.get().priorities
    known = sorted(priorities, key=lambda pk: -priorities[pk])
    texts = {str(row.pk): row.text for row in Statement.objects.all()}
    places = [shown.index(f">{texts[pk]}<") for pk in known]
    assert places == sorted(places)
    assert new.text in shown


def test_w04_the_chart_has_a_table_and_a_sentence_and_no_point_of_one(talked):
    draw_due_maps()
    shown = page(Client(), "opinion-map", talked.pk)
    table = shown.partition("<table")[2].partition("</table>")[0]
    counts = re.findall(r"<tr>.*?</th>.*?<td[^>]*>(\d+)</td>", table, re.DOTALL)
    assert sum(map(int, counts)) == 30
    assert min(map(int, counts)) >= 5
    assert 'aria-label="离得近的人态度相近' in shown


def test_only_a_reader_sees_their_own_place(unit, talked):
    reader = browser(9)
    rows = list(Statement.objects.order_by("pk"))
    who = UUID(counts_as(citizen_of(reader)))
    for row, value in zip(rows, (1, 1, 1, -1, -1, 1, 0, 1, 1, -1), strict=True):
        Stance.objects.create(statement=row, who=who, value=value)
    draw_due_maps()
    assert "您离第 1 组最近" in page(reader, "opinion-map", talked.pk)
    for other in (Client(), signed_in(unit.officer_office), browser(10)):
        assert "我的位置" not in page(other, "opinion-map", talked.pk)


def citizen_of(reader) -> Member:
    person = Person.objects.get(pk=reader.session["_auth_user_id"])
    return member_of(person, second_factor=True, fresh=True)


def test_a_hidden_statement_is_not_on_the_page_at_once(unit, talked):
    draw_due_maps()
    united = Statement.objects.order_by("pk")[5]
    moderation.hide_post(by=unit.officer, post=united.posted(), category="insult", reason="辱骂")
    assert "观点6号" not in page(Client(), "opinion-map", talked.pk)


def test_nothing_is_computed_while_a_page_is_asked_for(talked, monkeypatch):
    draw_due_maps()
    monkeypatch.setattr("gongzhi.forum.opinion_maps.find_groups", None)
    assert "18 / 12" in page(Client(), "opinion-map", talked.pk)


def test_s60_anybody_downloads_what_the_last_map_was_computed_from(unit, talked):
    address = reverse("stance-matrix", args=[talked.pk])
    assert Client().get(address).status_code == 404
    closed(unit, talked)
    draw_due_maps()
    row, shown = OpinionMap.objects.get(), page(Client(), "opinion-map", talked.pk)
    assert row.file_digest in shown
    assert "--facts none" in shown, "a map counts every statement, whatever its words"
    answer = Client().get(address)
    with ZipFile(BytesIO(b"".join(answer))) as archive:
        votes = archive.read("participants-votes.csv")
        comments = comments_in(archive.read("comments.csv"))
    assert digest(votes) == row.file_digest
    assert len(stances_in(votes).matrix.participants) == 30
    assert comments.texts["5"] == "观点6号"


def test_common_ground_is_recorded_by_a_form_and_stands_on_the_page(unit, talked):
    closed(unit, talked)
    draw_due_maps()
    officer, statement = signed_in(unit.officer_office), Statement.objects.order_by("pk")[5]
    assert 'id="record_common_ground"' not in page(Client(), "opinion-map", talked.pk)
    refused = post(officer, "record_common_ground", talked.pk, status=422, text="写进目标")
    assert "请选至少一条" in refused
    assert "写进目标" in refused
    given = {"text": "写进明年的目标", "statements": [str(statement.pk)]}
    post(officer, "record_common_ground", talked.pk, **given)
    assert CommonGround.objects.count() == 1
    shown = part(page(Client(), "opinion-map", talked.pk), "grounds")
    assert "写进明年的目标" in shown
    assert "观点6号" in shown


def test_common_ground_stands_on_the_page_of_the_goals_that_take_it_up(unit, region):
    goal = approved(unit, verified(city_hall.budget_office(within=region)))
    opening = topics.Opening(question="先改哪里？", closes_on=business_date(), project=goal.project)
    asked = topics.open_topic(by=unit.officer, owner=unit.organisation, opening=opening)
    statement = said(asked, citizen(1), "先改三个路口")
    ended, officer = closed(unit, asked), signed_in(unit.officer_office)
    given = {"text": "改成三个路口", "statements": [str(statement.pk)], "goal": str(goal.pk)}
    post(officer, "record_common_ground", ended.pk, **given)
    shown = part(page(Client(), "goal-version", goal.pk), "common-ground")
    assert "改成三个路口" in shown
    assert "groups/#minority" in shown


def test_common_ground_stands_on_the_page_of_the_process_it_belongs_to(unit):
    process = started(unit)
    opening = topics.Opening(question="先改哪里？", closes_on=business_date(), process=process)
    asked = topics.open_topic(by=unit.officer, owner=unit.organisation, opening=opening)
    statement = said(asked, citizen(1), "先改三个路口")
    ended, officer = closed(unit, asked), signed_in(unit.officer_office)
    assert 'id="common-ground"' not in page(officer, "process", process.pk)
    record_common_ground(
        by=unit.officer, topic=ended, statements=[statement.pk], text="先改三个路口"
    )
    assert "先改三个路口" in part(page(officer, "process", process.pk), "common-ground")


def test_it_reads_in_english(talked):
    draw_due_maps()
    reader = Client()
    reader.cookies["django_language"] = "en"
    assert "Map of opinions" in page(reader, "opinion-map", talked.pk)
