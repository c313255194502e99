"""Statements that tell who somebody is: known by few words, never where somebody gives a view."""

import pytest

from gongzhi.core.balance.opinions.facts import facts_among, tells_of_a_person
from gongzhi.rules.balance.facts import load_fact_rules

RULES = load_fact_rules()[0]


@pytest.mark.parametrize(
    "statement",
    [
        "I am under 30 years of age",
        "I am 30 years of age or older but less than 55",
        "Are you between 15 and 19 years old?",
        "I identify as female.",
        "I am male",
        "My ethnicity is Black, Black British, Caribbean or African.",
        "English is my first language.",
        "My household income is less than $100,000",
        "I own more than 1 housing units",
        "I live within 20km of a freshwater body (Creek, Stream, lake, river)",
        "I work in the field of\n housing",
        "I am self employed or own a business",
        "I have dependents",
        "我今年35岁",
        "我是男性",
        "我住在老城区。",
        "本人已退休",
        "我月收入五千以上",
    ],
)
def test_who_somebody_is_is_no_opinion(statement):
    assert tells_of_a_person(statement, rules=RULES)


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "I am 100% for a basic income",
        "I am worried about security issues with online voting.",
        "I am a supporter of UBI",
        "I live in a city and want trams",
        "I work hard",
        "My vote is wasted under the current electoral system",
        "I own a car because there is no bus",
        "I think people under 30 pay too much",
        "People who rent are under pressure",
        "我住在五楼，上下楼不方便",
        "我是老师，我觉得应该加装电梯",
        "我支持加装电梯",
        "我家有老人，电梯要先装",
        "应先照顾老年人",
    ],
)
def test_whoever_gives_a_view_or_a_reason_is_heard(statement):
    assert not tells_of_a_person(statement, rules=RULES)


def test_a_long_statement_has_reasons():
    assert not tells_of_a_person("I live in a town " + "with trees " * 20, rules=RULES)


def test_they_are_found_by_their_names():
    texts = {"1": "I am male", "2": "Trams are useful", "3": "我是女性"}
    assert facts_among(texts, rules=RULES) == {"1", "3"}
