"""A topic and people who speak on it, for the tests of the forum."""

from datetime import timedelta

import city_hall
from gongzhi.core.charter import SYSTEM, Member
from gongzhi.forum.actions import topics
from gongzhi.forum.actions.topics import Opening
from gongzhi.forum.models import Statement, Topic
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Person

QUESTION = "早高峰堵在哪里，先改什么？"


def person(number: int) -> Person:
    return parties.register_person(by=SYSTEM, username=f"c{number}", name=f"某人{number}")


def citizen(number: int) -> Member:
    return member_of(person(number), second_factor=True, fresh=True)


def topic(unit: city_hall.Unit, *, question: str = QUESTION, days: int = 30) -> Topic:
    opening = Opening(question=question, closes_on=business_date() + timedelta(days=days))
    return topics.open_topic(by=unit.officer, owner=unit.organisation, opening=opening)


def said(topic: Topic, by: Member, text: str = "公交专用道先从东大桥开始") -> Statement:
    return topics.submit_statement(by=by, topic=topic, text=text)
