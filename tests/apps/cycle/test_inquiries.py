"""What the people's congress asks: answered point by point, urged, assessed, published."""

from datetime import date, timedelta

import pytest

import city_hall
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.cycle.actions import inquiries
from gongzhi.cycle.actions.inquiries import Asking
from gongzhi.cycle.inquiry_waiting import waiting_for, waiting_within
from gongzhi.cycle.models import Inquiry, InquiryAnswer
from gongzhi.desk.actions.notices import tell_members
from gongzhi.desk.models import Notice
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed, Office
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.sequencing import sequence
from verified import verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
PAPER = {"meeting": "市人大常委会第九次会议（2026年3月）", "document_number": "〔2026〕9号"}
POINTS = ("三笔支付没有合同，为什么", "什么时候补签")


@pytest.fixture
def a_demo(settings):
    settings.DEMO = True


@pytest.fixture
def congress(region) -> Office:
    body = parties.register_organisation(
        by=SYSTEM, region=region, code="RD", name="某市人大常委会预算工委", kind="congress"
    )
    return city_hall.office(body, "监督岗")


def asking(unit, **given) -> Asking:
    return Asking(
        **{
            "title": "无合同支付",
            "points": POINTS,
            "addressed": unit.organisation,
            "fiscal_year": 2026,
            "project": unit.project,
            **given,
        }
    )


def asked(unit, congress: Office, **given) -> Inquiry:
    return inquiries.ask_question(
        by=verified(congress), asking=asking(unit, **given), congress=congress.organisation
    )


def opinion(unit, congress: Office) -> Inquiry:
    return inquiries.send_opinion(
        by=verified(congress), asking=asking(unit, **PAPER), congress=congress.organisation
    )


def answered(inquiry: Inquiry, unit, *, done: str = "逐笔核对") -> Inquiry:
    for point in inquiry.points.all():
        answer = {
            "question": inquiries.answer_question,
            "opinion": inquiries.answer_opinion,
        }[inquiry.kind]
        answer(by=unit.officer, inquiry=inquiry, point=point.pk, done=done, changed="补签三份")
    inquiry.refresh_from_db()
    return inquiry


def found(inquiry: Inquiry, congress: Office, number: int, satisfaction: str, **why) -> None:
    inquiries.assess_answer(
        by=verified(congress),
        inquiry=inquiry,
        point=inquiry.points.get(number=number).pk,
        satisfaction=satisfaction,
        **why,
    )
    inquiry.refresh_from_db()


def test_2_13_a_question_is_due_in_ten_working_days_an_opinion_in_sixty(unit, congress):
    move_business_date(to=date(2026, 3, 2))
    assert asked(unit, congress).due_on == date(2026, 3, 16)
    assert opinion(unit, congress).due_on > date(2026, 5, 20)


def test_2_13_the_congress_may_set_another_day_that_is_to_come(unit, congress):
    later = business_date() + timedelta(days=90)
    assert asked(unit, congress, due_on=later).due_on == later
    with pytest.raises(Unsuitable) as told:
        asked(unit, congress, due_on=business_date())
    assert set(told.value.faults) == {"due_on"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"points": ("", "  ")}, "points"),
        ({"points": ("一",) * 31}, "points"),
        ({"points": ("长" * 2001,)}, "points"),
    ],
)
def test_what_is_asked_is_whole(unit, congress, given, field):
    with pytest.raises(Unsuitable) as told:
        asked(unit, congress, **given)
    assert field in told.value.faults
    assert not Inquiry.objects.exists()


def test_2_14_an_opinion_has_its_meeting_and_number(unit, congress):
    with pytest.raises(Unsuitable):
        inquiries.send_opinion(
            by=verified(congress), asking=asking(unit), congress=congress.organisation
        )


def test_the_congress_does_not_ask_itself(unit, congress):
    with pytest.raises(Unsuitable) as told:
        asked(unit, congress, addressed=congress.organisation)
    assert set(told.value.faults) == {"addressed"}


def test_2_13_only_whom_it_was_sent_to_answers(unit, congress, region):
    inquiry, other = asked(unit, congress), city_hall.unit("7", within=region)
    point = inquiry.points.first()
    for nobody in (other.officer, verified(congress), VISITOR):
        with pytest.raises(Refused):
            inquiries.answer_question(
                by=nobody, inquiry=inquiry, point=point.pk, done="已办", changed="已改"
            )


def test_every_point_is_answered_before_it_is_the_congresss_turn(unit, congress):
    inquiry = asked(unit, congress)
    first = inquiry.points.first()
    inquiries.answer_question(
        by=unit.officer, inquiry=inquiry, point=first.pk, done="核对", changed="补签"
    )
    inquiry.refresh_from_db()
    assert inquiry.stage == "open"
    with pytest.raises(Unsuitable):
        inquiries.answer_question(
            by=unit.officer, inquiry=inquiry, point=first.pk, done="再答", changed="再改"
        )
    inquiries.answer_question(
        by=unit.officer,
        inquiry=inquiry,
        point=inquiry.points.last().pk,
        done="已定日期",
        changed="六月前补齐",
    )
    inquiry.refresh_from_db()
    assert inquiry.stage == "answered"


def test_an_answer_tells_what_changed_and_an_opinion_isnt_answered_as_a_question(unit, congress):
    inquiry = opinion(unit, congress)
    point = inquiry.points.first()
    with pytest.raises(Unsuitable):
        inquiries.answer_opinion(
            by=unit.officer, inquiry=inquiry, point=point.pk, done="高度重视", changed=" "
        )
    with pytest.raises(Refused):
        inquiries.answer_question(
            by=unit.officer, inquiry=inquiry, point=point.pk, done="已办", changed="已改"
        )
    assert not InquiryAnswer.objects.exists()


def test_2_14_what_is_unsatisfactory_is_dealt_with_anew_and_the_days_begin_anew(unit, congress):
    move_business_date(to=date(2026, 3, 2))
    inquiry = answered(opinion(unit, congress), unit)
    first_due = inquiry.due_on
    move_business_date(to=date(2026, 6, 1))
    found(inquiry, congress, 1, "satisfied")
    with pytest.raises(Unsuitable):
        found(inquiry, congress, 2, "unsatisfied")
    found(inquiry, congress, 2, "unsatisfied", reason="没有写明期限")
    assert inquiry.stage == "open"
    assert inquiry.due_on > first_due
    point = inquiry.points.get(number=2)
    inquiries.answer_opinion(
        by=unit.officer, inquiry=inquiry, point=point.pk, done="定了期限", changed="七月补齐"
    )
    found(inquiry, congress, 2, "mostly")
    assert inquiry.stage == "closed"
    assert [each.satisfaction for each in point.answers.all()] == ["unsatisfied", "mostly"]


def test_2_14_published_it_is_read_by_everybody_with_its_answers(unit, congress):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    inquiry = answered(asked(unit, congress), unit)
    assert not Inquiry.objects.visible_to(VISITOR).exists()
    assert not InquiryAnswer.objects.visible_to(VISITOR).exists()
    inquiries.publish_inquiry(by=verified(congress), inquiry=inquiry, reason="办公室审查")
    assert Inquiry.objects.visible_to(VISITOR).get() == inquiry
    assert InquiryAnswer.objects.visible_to(VISITOR).count() == len(POINTS)


def test_what_names_an_undisclosed_project_or_a_number_of_a_person_isnt_published(unit, congress):
    inquiry = answered(asked(unit, congress), unit)
    with pytest.raises(Unsuitable):
        inquiries.publish_inquiry(by=verified(congress), inquiry=inquiry, reason="办公室审查")
    whole = answered(asked(unit, congress, project=None), unit, done="请致电王某 13812345678 核对")
    with pytest.raises(Unsuitable):
        inquiries.publish_inquiry(by=verified(congress), inquiry=whole, reason="办公室审查")
    assert set(Inquiry.objects.values_list("label", flat=True)) == {"internal"}


def test_what_is_public_takes_no_number_of_a_person(unit, congress):
    inquiry = asked(unit, congress, project=None)
    inquiries.publish_inquiry(by=verified(congress), inquiry=inquiry, reason="办公室审查")
    with pytest.raises(Unsuitable):
        answered(inquiry, unit, done="请致电王某 13812345678 核对")


def test_what_is_overdue_stands_on_the_congresss_list_and_is_urged(unit, congress):
    move_business_date(to=date(2026, 3, 2))
    inquiry = asked(unit, congress)
    (waiting,) = waiting_for(unit.officer, today=business_date())
    assert (waiting.verb, waiting.due_on, waiting.clause) == (
        "answer_question", inquiry.due_on, "2.13",
    )  # fmt: skip
    move_business_date(to=date(2026, 4, 1))
    seen = Inquiry.objects.visible_to(verified(congress))
    assert seen.overdue(today=business_date()).get() == inquiry
    (late,) = waiting_within(verified(congress), today=business_date())
    assert late.organisation == str(unit.organisation.pk)
    inquiries.urge_answer(by=verified(congress), inquiry=inquiry, reason="下周要审议")
    assert inquiry.steps.get().reason == "下周要审议"
    answered(inquiry, unit)
    (assessing,) = waiting_for(verified(congress), today=business_date())
    assert assessing.verb == "assess_answer"


def test_whoever_is_asked_is_told(unit, congress):
    asked(unit, congress)
    sequence()
    tell_members()
    assert Notice.objects.filter(person=unit.officer.person, text__contains="办理了").exists()


def test_the_log_says_that_it_was_asked_and_not_what(unit, congress):
    asked(unit, congress)
    deed = Deed.objects.get(verb="ask_question")
    assert deed.public["count"] == len(POINTS)
    assert not any(text in str(deed.public) for text in (*POINTS, "无合同支付"))


def test_what_is_taken_back_waits_for_nobody_and_stays(unit, congress):
    inquiry = asked(unit, congress)
    inquiries.withdraw_inquiry(by=verified(congress), inquiry=inquiry, reason="已在会上答复")
    assert not list(waiting_for(unit.officer, today=business_date()))
    assert Inquiry.objects.visible_to(unit.officer).get().stage == "withdrawn"
    with pytest.raises(Refused):
        answered(inquiry, unit)
