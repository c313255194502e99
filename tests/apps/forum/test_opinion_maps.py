"""Maps of opinions: drawn by the clock, kept small, published once, and taken into goals."""

import gzip
import json
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from apps.forum.talks import citizen, said, topic
from gongzhi.connectors.polis import stances_in
from gongzhi.core.balance.opinions.finding import find_groups
from gongzhi.core.balance.opinions.showing import shown_map
from gongzhi.core.charter import SYSTEM, Refused
from gongzhi.core.sealed import digest
from gongzhi.forum.actions import moderation, topics
from gongzhi.forum.actions.opinion_maps import (
    draw_due_maps,
    publish_opinion_map,
    record_common_ground,
)
from gongzhi.forum.models import CommonGround, OpinionMap, Stance, Statement, TallyPart, Topic
from gongzhi.forum.opinion_maps import draw
from gongzhi.forum.topic_lists import next_for, tallies_shown
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.balance.groups import load_group_rules
from gongzhi.rules.participation.topics import load_topics

pytestmark = pytest.mark.django_db
ENOUGH, LEAST = load_topics()[0].matrix_from, load_topics()[0].shown_from
RULES = load_group_rules()[0]
CAMPS = ((1, 1, 1, -1, -1, 1, 0, 1, 1, -1), (-1, -1, -1, 1, 1, 1, 0, -1, -1, 1))


def statements_on(asked: Topic, *, count: int = 10) -> list[Statement]:
    speaker = citizen(1)
    return [said(asked, speaker, f"观点{number}号") for number in range(1, count + 1)]


def answers(rows: Sequence[Statement], camp: int, *, people: int) -> list[UUID]:
    """So many more people of a camp answer; each leaves one statement out, so none are alike."""
    came = [uuid4() for _ in range(people)]
    for number, who in enumerate(came):
        for at, row in enumerate(rows):
            if at != number % len(rows):
                value = CAMPS[camp][at]
                Stance.objects.create(statement=row, who=who, value=value)
                step = {1: "agree", -1: "disagree", 0: "passed"}[value]
                TallyPart.objects.create(statement=row, **{step: 1})
    return came


@pytest.fixture
def asked(unit) -> Topic:
    return topic(unit)


@pytest.fixture
def talked(asked) -> Topic:
    """A topic with two camps."""
    rows = statements_on(asked)
    answers(rows, 0, people=18)
    answers(rows, 1, people=12)
    return asked


def closed(unit, asked: Topic) -> Topic:
    topics.close_topic(by=unit.officer, topic=asked)
    return Topic.objects.with_facts().get(pk=asked.pk)


def test_two_camps_are_two_groups(talked):
    assert draw_due_maps() == 1
    shown = OpinionMap.objects.get().shown
    assert [group["size"] for group in shown["groups"]] == [18, 12]
    assert [each["statement"] for each in shown["united"]] == [5]
    assert {each["statement"] for each in shown["groups"][1]["minority"]} >= {3, 4}


def test_there_is_no_map_of_few(asked):
    answers(statements_on(asked), 0, people=ENOUGH - 1)
    assert draw_due_maps() == 0
    assert not OpinionMap.objects.exists()


def test_nobody_is_a_point_of_their_own(talked):
    draw_due_maps()
    shown = OpinionMap.objects.get().shown
    assert min(count for *_, count in shown["handfuls"]) >= LEAST
    assert sum(count for *_, count in shown["handfuls"]) == shown["inside"] == 30


def test_a_map_is_drawn_anew_only_once_enough_is_new(talked):
    draw_due_maps()
    rows = list(Statement.objects.order_by("pk"))
    answers(rows, 1, people=1)
    assert draw_due_maps() == 0, "one person more would be told by two maps in a row"
    answers(rows, 1, people=RULES.renew_from // 9 + 1)
    assert draw_due_maps() == 1
    assert draw_due_maps() == 0


def test_a_statement_that_is_hidden_leaves_the_map(unit, talked):
    draw_due_maps()
    united = Statement.objects.order_by("pk")[5]
    assert str(united.pk) in OpinionMap.objects.get().shown["statements"]
    moderation.hide_post(by=unit.officer, post=united.posted(), category="insult", reason="辱骂")
    assert draw_due_maps() == 1
    assert str(united.pk) not in OpinionMap.objects.get().shown["statements"]
    assert draw_due_maps() == 0, "stances on what is hidden aren't new"


def test_the_last_map_is_published_once_with_what_anybody_computes_it_from(unit, talked):
    ended = closed(unit, talked)
    assert draw_due_maps() == 1
    assert draw_due_maps() == 0
    row = OpinionMap.objects.get()
    content = gzip.decompress(bytes(row.matrix))
    assert digest(content) == row.file_digest
    read = stances_in(content)
    again = shown_map(find_groups(read.matrix, rules=RULES), least=LEAST)
    same = {key: value for key, value in row.shown.items() if key != "statements"}
    assert {key: value for key, value in again.items() if key != "statements"} == same
    deed = Deed.objects.get(verb="publish_opinion_map")
    assert deed.public["file"] == row.file_digest
    assert deed.public["count"] == 30
    for change in (row.save, row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(Refused):
        publish_opinion_map(by=unit.officer, topic=ended, drawn=None)


def test_an_open_topics_map_is_not_published(talked):
    with pytest.raises(Refused):
        publish_opinion_map(by=SYSTEM, topic=talked, drawn=draw(talked))


def test_an_ended_topic_of_few_is_looked_at_once(unit, asked):
    answers(statements_on(asked), 0, people=3)
    closed(unit, asked)
    assert draw_due_maps() == 0
    row = OpinionMap.objects.get()
    assert (row.is_published, row.shown, row.file_digest) == (True, {}, "")


def test_the_file_doesnt_tell_who_came_when(unit, talked):
    first = draw(talked)
    order = [first.matrix.of([row]).cells.tobytes() for row in range(30)]
    assert order == sorted(order)
    assert all(name.isdigit() for name in first.matrix.participants)


def test_what_deserves_it_most_is_asked_next(talked):
    draw_due_maps()
    fresh = said(talked, citizen(99), "新的一句")
    tallies = tallies_shown(talked)
    asked_first = [next_for(talked, tallies, who=UUID(int=number)) for number in range(400)]
    seen = {pk: asked_first.count(pk) for pk in tallies}
    assert seen[fresh.pk] > 400 / len(seen), "what is new comes oftener than by chance"
    assert len([pk for pk, count in seen.items() if count]) > 1, "but not first with all"


def test_common_ground_is_taken_to_goals(unit, talked):
    ended, rows = closed(unit, talked), list(Statement.objects.order_by("pk"))
    given = {"topic": ended, "text": "写进明年的目标", "statements": [rows[5].pk]}
    with pytest.raises(Refused):
        record_common_ground(by=citizen(77), **given)
    row = record_common_ground(by=unit.officer, **given)
    assert row.statements == [str(rows[5].pk)]
    assert row.recorded_on == business_date()
    told = json.dumps(Deed.objects.get(verb="record_common_ground").public, ensure_ascii=False)
    assert "写进明年的目标" in told
    assert rows[5].text not in told, "what a citizen said is not the log's"
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "长" * 1001}, "text"),
        ({"text": "电话13900000000"}, "text"),
        ({"statements": []}, "statements"),
        ({"statements": [uuid4()]}, "statements"),
    ],
)
def test_common_ground_that_says_nothing_is_refused(unit, talked, given, field):
    ended, row = closed(unit, talked), Statement.objects.earliest("pk")
    whole = {"text": "写进目标", "statements": [row.pk]} | given
    with pytest.raises(Unsuitable) as refused:
        record_common_ground(by=unit.officer, topic=ended, **whole)
    assert set(refused.value.faults) == {field}
    assert not CommonGround.objects.exists()
