"""A unit that holds a survey, and people who answer it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import city_hall
from gongzhi.core.charter import SYSTEM, Member
from gongzhi.forum.actions import surveys
from gongzhi.forum.actions.surveys import Planned, Voice
from gongzhi.forum.models import Survey
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Person
from gongzhi.rules.participation.surveys import load_question_bank

BANK = load_question_bank().questions
SHARES = ("0.3", "0.45", "0.25")
INDICATOR = "satisfied"


def questions(*codes: str, weighted: bool = False):
    """Questions of the bank in this order; ages are strata where answers are weighted by them."""
    found = []
    for number, code in enumerate(codes, start=1):
        question = BANK[code].numbered(number)
        if code == "age" and weighted:
            options = zip(question.options, SHARES, strict=True)
            question = replace(
                question,
                options=tuple(replace(each, share=Decimal(share)) for each, share in options),
            )
        found.append((code, question))
    return tuple(found)


def planned(*, weighted: bool = False, **changed) -> Planned:
    today = business_date()
    usual = Planned(
        title="社区服务满意度调查",
        method="从服务登记册中简单随机抽取，入户或者凭链接回答",
        opens_on=today,
        closes_on=today + timedelta(days=20),
        sampled=False,
        questions=questions("overall", "age", "words", weighted=weighted),
    )
    return replace(usual, **changed)


def started(unit: city_hall.Unit, **changed) -> Survey:
    return surveys.start_survey(
        by=unit.officer, organisation=unit.organisation, planned=planned(**changed)
    )


def opened(unit: city_hall.Unit, **changed) -> Survey:
    return surveys.open_survey(by=unit.officer, survey=started(unit, **changed))


def sampled(unit: city_hall.Unit, *, asked: int = 100, population: int = 2000, **changed):
    return opened(unit, sampled=True, asked=asked, population=population, **changed)


def citizen(number: int) -> tuple[Member, Person]:
    person = parties.register_person(by=SYSTEM, username=f"c{number}", name="某人")
    return member_of(person, second_factor=True, fresh=True), person


def given(level: int = 4, age: int = 2, words: str = "") -> dict[int, list[str]]:
    return {1: [str(level)], 2: [str(age)], 3: [words]}


def answered(survey: Survey, number: int, **answers) -> None:
    """Somebody with an account answers."""
    member, person = citizen(number)
    surveys.answer_survey(
        by=member, survey=survey, given=given(**answers), voice=Voice(person=person)
    )
