"""Moderation: hidden for a category, told to the author, appealed once, decided by another."""

from datetime import timedelta

import pytest

import city_hall
from apps.desk.desks import tell
from apps.forum.talks import citizen, said, topic
from gongzhi.core.charter import VISITOR
from gongzhi.desk.models import Notice
from gongzhi.forum.actions import moderation, topics
from gongzhi.forum.models import Hiding, PostReport, Statement
from gongzhi.forum.moderation_counts import counts_by_category
from gongzhi.forum.moderation_waiting import waiting_for
from gongzhi.forum.posts import hidden, hidings_of
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = pytest.mark.django_db
WHY = {"category": "insult", "reason": "辱骂值班人员"}


@pytest.fixture
def statement(unit) -> Statement:
    return said(topic(unit), citizen(1), "某某就是饭桶")


@pytest.fixture
def author(statement):
    return member_of(statement.author)


def hide(unit, statement: Statement, **why) -> Hiding:
    return moderation.hide_post(by=unit.officer, post=statement.posted(), **{**WHY, **why})


def verbs(member) -> list[str]:
    return [each.verb for each in waiting_for(member, today=business_date())]


def test_a_post_is_hidden_with_category_and_reason_and_its_author_is_told(unit, statement):
    hiding = hide(unit, statement)
    assert hidings_of([statement.thing().name]) == {statement.thing().name: hiding}
    assert not Statement.objects.exclude(pk__in=hidden("statement")).exists()
    statement.refresh_from_db()
    assert statement.text == "某某就是饭桶"  # kept, and shown no longer
    assert "饭桶" not in str(statement)  # what activity and notices call it
    tell()
    assert Notice.objects.filter(person=statement.author, about=hiding.thing().name).count() == 1
    deed = Deed.objects.get(verb="hide_post")
    assert deed.public["category"] == "insult"
    assert "饭桶" not in str(deed.public)


def test_never_for_a_view_and_never_without_a_reason(unit, other, statement):
    for why in ({"category": "view"}, {"category": ""}, {"reason": "  "}):
        with pytest.raises(Unsuitable):
            hide(unit, statement, **why)
    for by in (other.officer, citizen(2), VISITOR):
        with pytest.raises(Refused):
            moderation.hide_post(by=by, post=statement.posted(), **WHY)
    assert not Hiding.objects.exists()


def test_a_post_is_hidden_once(unit, statement):
    hide(unit, statement)
    with pytest.raises(Unsuitable):
        hide(unit, statement)
    assert Hiding.objects.count() == 1


def test_the_author_appeals_once_and_somebody_else_decides(unit, statement, author):
    hiding = hide(unit, statement)
    assert "decide_appeal" not in verbs(unit.reviewer)
    with pytest.raises(Refused):
        moderation.appeal_hiding(by=citizen(3), hiding=hiding, text="不是我的")
    appeal = moderation.appeal_hiding(by=author, hiding=hiding, text="说的是水泵")
    assert appeal.due_on > business_date() + timedelta(days=5)
    with pytest.raises(Refused):
        moderation.appeal_hiding(by=author, hiding=hiding, text="再说一次")
    assert verbs(unit.reviewer) == ["decide_appeal"]
    with pytest.raises(Refused) as refused:
        moderation.decide_appeal(by=unit.officer, hiding=hiding, outcome="dismissed", reason="否")
    assert refused.value.clauses == ("3.3",)
    moderation.decide_appeal(by=unit.reviewer, hiding=hiding, outcome="upheld", reason="是水泵")
    assert not hidings_of([statement.thing().name])
    tell()
    assert Notice.objects.filter(person=statement.author).count() == 2
    assert verbs(unit.reviewer) == []


def test_an_appeal_that_is_dismissed_leaves_it_hidden(unit, statement, author):
    hiding = hide(unit, statement)
    moderation.appeal_hiding(by=author, hiding=hiding, text="说的是水泵")
    for outcome, reason in (("maybe", "x"), ("upheld", " ")):
        with pytest.raises(Unsuitable):
            moderation.decide_appeal(
                by=unit.reviewer, hiding=hiding, outcome=outcome, reason=reason
            )
    moderation.decide_appeal(by=unit.reviewer, hiding=hiding, outcome="dismissed", reason="是骂人")
    assert hidings_of([statement.thing().name])


def test_an_appeal_comes_in_time(settings, unit, statement, author):
    settings.DEMO = True
    hiding = hide(unit, statement)
    move_business_date(to=hiding.appeal_until + timedelta(days=1))
    with pytest.raises(Unsuitable):
        moderation.appeal_hiding(by=author, hiding=hiding, text="晚了")


def test_readers_report_each_once_and_it_waits_for_whoever_looks_after_it(unit, statement):
    by = citizen(2)
    report = moderation.report_post(by=by, post=statement.posted(), category="insult")
    with pytest.raises(Unsuitable):
        moderation.report_post(by=by, post=statement.posted(), category="advertising")
    with pytest.raises(Refused):
        moderation.report_post(by=VISITOR, post=statement.posted(), category="insult")
    moderation.report_post(by=citizen(3), post=statement.posted(), category="insult", note="骂人")
    assert verbs(unit.officer) == ["keep_post"]
    moderation.keep_post(by=unit.officer, report=report, reason="说的是水泵")
    assert verbs(unit.officer) == []
    assert Deed.objects.get(verb="keep_post").public["count"] == 2


def test_hiding_settles_what_was_reported(unit, statement):
    moderation.report_post(by=citizen(2), post=statement.posted(), category="insult")
    hide(unit, statement)
    assert PostReport.objects.get().stage == "settled"


def test_the_bureau_moderates_too_and_everybody_sees_the_counts(unit, region, statement, author):
    bureau = verified(city_hall.budget_office(within=region))
    hiding = moderation.hide_post(by=bureau, post=statement.posted(), **WHY)
    moderation.appeal_hiding(by=author, hiding=hiding, text="说的是水泵")
    moderation.decide_appeal(by=unit.officer, hiding=hiding, outcome="upheld", reason="是水泵")
    counts = {each.category.code: each for each in counts_by_category(today=business_date())}
    assert (counts["insult"].hidden, counts["insult"].restored) == (1, 1)
    assert counts["personal"].hidden == 0


def test_why_it_is_hidden_is_told_to_its_author_and_moderators_alone(
    unit, other, statement, author
):
    hiding = hide(unit, statement)
    for reader in (author, unit.officer, unit.reviewer):
        assert list(Hiding.objects.visible_to(reader)) == [hiding]
    for reader in (VISITOR, citizen(2), other.officer):
        assert not Hiding.objects.visible_to(reader).exists()


def test_no_stance_on_what_is_hidden(unit, statement):
    hide(unit, statement)
    with pytest.raises(Unsuitable):
        topics.take_stance(by=citizen(2), statement=statement, stance="agree")
