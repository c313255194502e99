"""Topics: statements under their authors, stances known only as tallies, each person once."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from apps.forum.talks import citizen, person, said, topic
from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.stances import Order, Tally, in_order
from gongzhi.core.participating.stances import Stance as StanceValue
from gongzhi.forum.actions import topics
from gongzhi.forum.actions.topics import Opening
from gongzhi.forum.models import Stance, Statement, TallyPart, Topic
from gongzhi.forum.tallies import stances_of, tallies_of
from gongzhi.forum.topic_lists import next_for, tallies_shown
from gongzhi.parties.actions.batches import close_pool
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone, Refused
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed, Human, SealedRow, WaitingRow
from gongzhi.parties.people import counts_as
from gongzhi.parties.unseen import Pool
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.topics import topic_rules

pytestmark = pytest.mark.django_db


def tally(statement: Statement) -> Tally:
    return tallies_of([statement.pk])[statement.pk]


def test_a_unit_opens_a_topic_and_citizens_speak(unit):
    asked = topic(unit)
    statement = said(asked, citizen(1), "  早高峰  加开公交 ")
    assert statement.text == "早高峰 加开公交"
    deed = Deed.objects.get(verb="submit_statement")
    assert "公交" not in json.dumps(deed.public, ensure_ascii=False)
    assert str(statement.author_id) not in json.dumps(deed.public)


def test_only_whose_it_is_opens_and_closes(unit, other):
    asked = topic(unit)
    with pytest.raises(Refused):
        topics.close_topic(by=other.officer, topic=asked)
    with pytest.raises(Refused):
        topics.open_topic(
            by=citizen(1),
            owner=unit.organisation,
            opening=Opening(question="?", closes_on=business_date()),
        )


def test_a_topic_has_a_question_and_ends_later(unit):
    for question, days in (("", 3), ("问", -1), ("问", 999), ("打13900000000问", 3)):
        with pytest.raises(Unsuitable):
            topic(unit, question=question, days=days)
    assert not Topic.objects.exists()


def test_personal_data_is_refused_before_anything_is_stored(unit):
    asked = topic(unit)
    with pytest.raises(Unsuitable) as unsuitable:
        said(asked, citizen(1), "找我，手机13900000000")
    fault = unsuitable.value.faults["text"]
    assert fault.values["position"] == 6
    assert fault.values["mask"] == "139********"
    assert not Statement.objects.exists()
    assert not Deed.objects.filter(verb="submit_statement").exists()


def test_the_same_statement_stands_once_and_nobody_floods(unit):
    asked, by = topic(unit), citizen(1)
    first = said(asked, by)
    with pytest.raises(Unsuitable):
        said(asked, citizen(2))
    topics.withdraw_statement(by=by, statement=first)
    said(asked, citizen(3))
    for number in range(19):
        said(asked, by, f"观点{number}")
    with pytest.raises(Unsuitable):
        said(asked, by, "再来一条")
    with pytest.raises(Unsuitable):
        said(asked, citizen(4), "字" * 141)


def test_a_stance_may_be_changed_and_the_last_one_counts(unit):
    statement = said(topic(unit), citizen(1))
    by = citizen(2)
    topics.take_stance(by=by, statement=statement, stance="agree")
    topics.take_stance(by=by, statement=statement, stance="disagree")
    topics.take_stance(by=citizen(3), statement=statement, stance="pass")
    assert tally(statement) == Tally(agree=0, disagree=1, passed=1)
    assert stances_of(Stance.objects.get(value=-1).who, [statement.pk]) == {
        statement.pk: StanceValue.DISAGREE
    }
    assert tallies_shown(statement.topic) == {statement.pk: tally(statement)}


def test_r05_a_stance_sent_twice_is_one(unit):
    statement, by = said(topic(unit), citizen(1)), citizen(2)
    for _ in range(3):
        topics.take_stance(by=by, statement=statement, stance="agree")
    assert tally(statement).seen == 1
    assert WaitingRow.objects.count() == 1


def test_s55_two_accounts_of_one_human_are_one_voice(unit):
    statement = said(topic(unit), citizen(1))
    human = Human.objects.create()
    for number in (2, 3):
        account = person(number)
        account.human = human
        account.save()
        topics.take_stance(by=member_of(account), statement=statement, stance="agree")
    assert tally(statement).seen == 1


def test_nobody_unknown_takes_a_stance_and_no_official_in_office(unit):
    statement = said(topic(unit), citizen(1))
    for by in (VISITOR, unit.officer):
        with pytest.raises(Refused):
            topics.take_stance(by=by, statement=statement, stance="agree")
    with pytest.raises(Unsuitable):
        topics.take_stance(by=citizen(2), statement=statement, stance="maybe")
    assert not Stance.objects.exists()


def test_s58_neither_register_nor_log_tell_whose_stance_it_is(unit):
    statement, by = said(topic(unit), citizen(1)), citizen(2)
    topics.take_stance(by=by, statement=statement, stance="agree")
    assert not Deed.objects.filter(verb="take_stance").exists()
    close_pool(Pool(verb="take_stance", day=business_date()))
    deed = Deed.objects.get(verb="close_batch")
    told = json.dumps(deed.public) + "".join(map(str, deed.__dict__.values()))
    assert by.person not in told
    assert SealedRow.objects.filter(deed=deed).count() == 1
    assert "moment" not in {field.name for field in Stance._meta.fields}
    assert not [f for f in Stance._meta.fields if "date" in f.get_internal_type().lower()]


def test_nothing_is_said_before_it_opens_or_after_it_closes(unit):
    tomorrow = business_date() + timedelta(days=1)
    early = topics.open_topic(
        by=unit.officer,
        owner=unit.organisation,
        opening=Opening(question="问", opens_on=tomorrow, closes_on=tomorrow),
    )
    with pytest.raises(Unsuitable):
        said(early, citizen(1))
    asked = topic(unit)
    statement = said(asked, citizen(2))
    topics.take_stance(by=citizen(3), statement=statement, stance="agree")
    closed = topics.close_topic(by=unit.officer, topic=asked)
    statement.refresh_from_db()
    with pytest.raises(Refused):
        topics.take_stance(by=citizen(4), statement=statement, stance="agree")
    with pytest.raises(Refused):
        said(closed, citizen(5), "太晚了")
    assert Deed.objects.get(verb="close_topic").public["count"] == 1


def test_a_form_of_a_statement_sent_twice_is_one(unit):
    asked, by = topic(unit), citizen(1)
    topics.submit_statement(by=by, topic=asked, text="一次", key="k")
    with pytest.raises(AlreadyDone):
        topics.submit_statement(by=by, topic=asked, text="一次", key="k")
    assert Statement.objects.count() == 1


def test_readers_see_topics_that_are_public(unit):
    asked = topic(unit)
    statement = said(asked, citizen(1))
    assert list(Topic.objects.visible_to(VISITOR)) == [asked]
    assert list(Statement.objects.visible_to(VISITOR)) == [statement]
    Topic.objects.update(label="internal")
    assert not Topic.objects.visible_to(VISITOR).exists()
    assert not Statement.objects.visible_to(VISITOR).exists()


def test_a_tally_has_one_part_unless_people_come_at_once(unit):
    statement = said(topic(unit), citizen(1))
    for number in range(2, 6):
        topics.take_stance(by=citizen(number), statement=statement, stance="agree")
    assert TallyPart.objects.filter(statement=statement).count() == 1


def test_each_reader_gets_what_fewest_have_seen_and_they_have_not(unit):
    asked, reader = topic(unit), citizen(9)
    rows = [said(asked, citizen(number), f"观点{number}") for number in range(3)]
    for number, row in ((11, rows[0]), (12, rows[0]), (13, rows[1])):
        topics.take_stance(by=citizen(number), statement=row, stance="agree")
    met, who = [], UUID(counts_as(reader))
    while (found := next_for(asked, tallies_shown(asked), who=who)) is not None:
        met.append(Statement.objects.get(pk=found))
        topics.take_stance(by=reader, statement=met[-1], stance="pass")
    assert met == [rows[2], rows[1], rows[0]]


def test_statements_are_put_in_order_by_what_is_shown(unit):
    asked = topic(unit)
    rows = [said(asked, citizen(number), f"观点{number}") for number in range(3)]
    rules = topic_rules(on=business_date())
    for number in range(rules.shown_from):
        by = citizen(100 + number)
        topics.take_stance(by=by, statement=rows[1], stance="agree")
        topics.take_stance(by=by, statement=rows[2], stance=("agree", "disagree")[number % 2])
    topics.take_stance(by=citizen(200), statement=rows[0], stance="agree")  # too few to be shown
    tallies, keys = tallies_shown(asked), [row.pk for row in rows]
    orders = {order: in_order(tallies, order, rules=rules) for order in Order}
    assert orders == {
        Order.AGREED: (keys[1], keys[2], keys[0]),
        Order.DIVIDED: (keys[2], keys[1], keys[0]),
        Order.UNSEEN: (keys[0], keys[1], keys[2]),
        Order.NEWEST: (keys[2], keys[1], keys[0]),
    }
