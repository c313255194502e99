"""Stances that come at the same moment: each person has one, none is lost, the tally is right."""

import pytest

from apps.forum.talks import citizen, said, topic
from at_once import together
from gongzhi.forum.actions import moderation, topics
from gongzhi.forum.models import Hiding, PostReport, Stance, Statement, TallyPart
from gongzhi.forum.tallies import tallies_of
from gongzhi.parties.models import WaitingRow

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


@pytest.fixture
def statement(unit) -> Statement:
    return said(topic(unit), citizen(1))


def test_s55_one_person_in_many_tabs_has_one_stance(statement):
    by = citizen(2)
    taken = [("agree", "disagree")[number % 2] for number in range(AT_ONCE)]
    together(
        [
            lambda stance=stance: topics.take_stance(by=by, statement=statement, stance=stance)
            for stance in taken
        ]
    )
    last = Stance.objects.get()
    tally = tallies_of([statement.pk])[statement.pk]
    assert tally.seen == 1
    assert (tally.agree, tally.disagree) == ((1, 0) if last.value == 1 else (0, 1))


def test_r05_the_same_stance_at_once_leaves_one_row(statement):
    by = citizen(2)
    together([lambda: topics.take_stance(by=by, statement=statement, stance="agree")] * AT_ONCE)
    assert Stance.objects.count() == 1
    assert WaitingRow.objects.count() == 1


def test_many_people_at_once_lose_nothing(statement):
    people = [citizen(100 + number) for number in range(AT_ONCE)]
    together(
        [
            lambda by=by: topics.take_stance(by=by, statement=statement, stance="agree")
            for by in people
        ]
    )
    assert tallies_of([statement.pk])[statement.pk].agree == AT_ONCE
    assert TallyPart.objects.filter(statement=statement).count() <= AT_ONCE


def test_two_who_hide_or_report_at_once_do_it_once(unit, statement):
    posted, reader = statement.posted(), citizen(3)
    report = {"by": reader, "post": posted, "category": "insult"}
    ended = together([lambda: moderation.report_post(**report)] * 3)
    assert ended == ["done", "settled", "settled"]
    assert PostReport.objects.count() == 1
    hide = {"by": unit.officer, "post": posted, "category": "insult", "reason": "辱骂"}
    assert together([lambda: moderation.hide_post(**hide)] * 3) == [
        "done",
        "settled",
        "settled",
    ]
    assert Hiding.objects.count() == 1


def test_the_same_statement_at_once_stands_once(unit):
    asked = topic(unit)
    people = [citizen(50 + number) for number in range(3)]
    ended = together(
        [lambda by=by: topics.submit_statement(by=by, topic=asked, text="同一句") for by in people]
    )
    assert ended == ["done", "settled", "settled"]
    assert Statement.objects.filter(topic=asked).count() == 1
