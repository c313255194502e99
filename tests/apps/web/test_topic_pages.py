"""Topics as pages: opened by a unit, answered on a phone without JavaScript, tallied for all."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from apps.forum.talks import citizen, person, said, topic
from apps.web.test_congress_pages import page, post
from gongzhi.forum.actions import moderation, topics
from gongzhi.forum.models import Stance, Statement, Topic
from gongzhi.parties.business_date import business_date
from gongzhi.rules.participation.topics import load_topics, topic_rules
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
ENOUGH = load_topics()[0].matrix_from


def browser(number: int) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(person(number))
    return client


def test_a_unit_opens_a_topic_about_its_project(unit):
    officer, name = signed_in(unit.officer_office), f"project:{unit.project.pk}"
    assert unit.project.name in page(officer, "topics", query=f"?about={name}")
    until = (business_date() + timedelta(days=20)).isoformat()
    refused = post(officer, "open_topic", status=422, about=name, question="先改？", closes_on="x")
    assert "先改？" in refused
    post(officer, "open_topic", about=name, question="先改哪个路口？", closes_on=until)
    opened = Topic.objects.get()
    assert opened.project == unit.project
    assert "先改哪个路口？" in page(Client(), "topics")


def test_one_statement_at_a_time_with_three_buttons(unit):
    asked = topic(unit)
    rows = [said(asked, citizen(number), f"观点第{number}条") for number in (1, 2)]
    reader = browser(9)
    shown = page(reader, "topic", asked.pk)
    for stance in ("agree", "disagree", "pass"):
        assert f'value="{stance}"' in shown
    for _ in rows:
        shown = page(reader, "topic", asked.pk)
        card = shown.partition('id="take_stance"')[2].partition("</section>")[0]
        statement = next(row for row in rows if row.text in card)
        answer = reader.post(reverse("take_stance", args=[statement.pk]), {"stance": "agree"})
        assert answer.status_code == 302
    assert Stance.objects.count() == 2
    assert "都表过态了" in page(reader, "topic", asked.pk)
    again = page(reader, "topic", asked.pk, query=f"?statement={rows[0].pk}")
    assert "这一条您表过态" in again
    assert "登录后表态" in page(Client(), "topic", asked.pk)


def test_a_tally_is_shown_from_enough_on_and_never_whose(unit):
    asked = topic(unit)
    statement = said(asked, citizen(1), "加开公交")
    least = topic_rules(on=business_date()).shown_from
    for number in range(least - 1):
        topics.take_stance(by=citizen(100 + number), statement=statement, stance="agree")
    assert f"还不到 {least} 人表态" in page(Client(), "topic", asked.pk)
    topics.take_stance(by=citizen(300), statement=statement, stance="disagree")
    shown = page(Client(), "topic", asked.pk)
    assert f"{least} 人表态" in shown
    assert f"赞成 <b>{least - 1}</b>" in shown
    for order in ("divided", "unseen", "newest", "nonsense"):
        assert "加开公交" in page(Client(), "topic", asked.pk, query=f"?order={order}")


def test_a_statement_is_made_and_personal_data_stays_out(unit):
    asked, speaker = topic(unit), browser(5)
    refused = post(speaker, "submit_statement", asked.pk, status=422, text="电话13900000000")
    assert "139********" in refused
    assert not Statement.objects.exists()
    post(speaker, "submit_statement", asked.pk, text="东门路口先改")
    statement = Statement.objects.get()
    shown = page(Client(), "topic", asked.pk)
    assert "东门路口先改" in shown
    assert "某人5" not in shown  # the name in front is chosen
    post(speaker, "withdraw_statement", statement.pk)
    assert "东门路口先改" not in page(Client(), "topic", asked.pk)


def test_a_hidden_statement_is_said_to_be_hidden(unit):
    asked = topic(unit)
    statement = said(asked, citizen(1), "买我的车位")
    moderation.hide_post(
        by=unit.officer, post=statement.posted(), category="advertising", reason="推销"
    )
    shown = page(Client(), "topic", asked.pk)
    assert "买我的车位" not in shown
    assert "广告" in shown


def test_stances_are_taken_out_after_the_end_without_anybody(unit):
    asked = topic(unit)
    statement = said(asked, citizen(1), "加开公交")
    people = [citizen(500 + number) for number in range(ENOUGH)]
    for number, by in enumerate(people):
        topics.take_stance(by=by, statement=statement, stance=("agree", "pass")[number % 2])
    officer = signed_in(unit.officer_office)
    post(officer, "close_topic", asked.pk)
    answer = officer.post(reverse("export_stances", args=[asked.pk]), {"key": "once"})
    archive = ZipFile(BytesIO(answer.content))
    votes = list(csv.DictReader(StringIO(archive.read("participants-votes.csv").decode())))
    assert len(votes) == ENOUGH
    assert sum(int(row["n-agree"]) for row in votes) == ENOUGH // 2
    whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert not [by.person for by in people if by.person in whole]
    comments = list(csv.DictReader(StringIO(archive.read("comments.csv").decode())))
    assert comments[0]["agrees"] == str(ENOUGH // 2)


def test_few_stances_are_not_taken_out(unit):
    asked = topic(unit)
    topics.take_stance(by=citizen(2), statement=said(asked, citizen(1)), stance="agree")
    officer = signed_in(unit.officer_office)
    post(officer, "close_topic", asked.pk)
    assert "看得出是谁" in post(officer, "export_stances", asked.pk, status=422)
