"""Voices: given, supported, answered in time, merged; a suggestion that moves a figure."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

import city_hall
from apps.cycle.test_goals import NUMBER, approved, plan
from gongzhi.city.citizens import settle_citizen
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.cycle.actions import goals
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import GoalVersion
from gongzhi.desk.actions.notices import tell_members
from gongzhi.desk.models import Notice
from gongzhi.forum.actions import answers, voices
from gongzhi.forum.actions.voices import Speaking
from gongzhi.forum.models import AdoptedChange, Support, Voice, VoiceAnswer
from gongzhi.forum.things import subject_of
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone, Refused
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed, Office
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.sequencing import sequence
from verified import verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
WISH = Speaking(
    kind="suggestion",
    text="北片还有二十公里老管，去年漏了三次",
    figure="target",
    indicator="i1",
    asked="120",
)
NEED = Speaking(kind="need", title="社区要一个助餐点", text="独居老人做饭难，走访 210 户有 96 户要")


@pytest.fixture
def a_demo(settings):
    settings.DEMO = True


@pytest.fixture
def bureau(region):
    return verified(city_hall.budget_office(within=region))


@pytest.fixture
def promised(unit, bureau) -> GoalVersion:
    """Goals of the unit's project that everybody reads."""
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return approved(unit, bureau)


@pytest.fixture
def resident():
    return citizen("居民甲")


def citizen(name: str):
    return member_of(settle_citizen(username=name, name=name), second_factor=True, fresh=True)


def test_s56_whoever_is_not_known_neither_speaks_nor_supports(promised, resident):
    stranger = member_of(parties.register_person(by=SYSTEM, username="unknown", name="某人"))
    with pytest.raises(Refused):
        said(stranger, promised)
    with pytest.raises(Refused):
        voices.support_voice(by=stranger, voice=said(resident, promised))


def society(region) -> Office:
    body = parties.register_organisation(
        by=SYSTEM, region=region, code="SZ", name="邻里互助社", kind="social"
    )
    return city_hall.office(body, "项目", "officer")


def said(by, version: GoalVersion, speaking: Speaking = WISH, **more) -> Voice:
    subject = subject_of(by, f"goal_version:{version.pk}")
    assert subject is not None
    return voices.submit_voice(by=by, subject=subject, speaking=speaking, **more)


def target_of(version: GoalVersion) -> str:
    return goal_from_record(version.record).goal.indicators[0].target_text


def test_a_voice_gets_its_number_and_its_clock(promised, resident):
    first, second = said(resident, promised), said(resident, promised, NEED)
    assert (first.number, second.number) == (1, 2)
    assert first.fiscal_year == business_date().year
    assert first.due_on > business_date() + timedelta(days=14)  # fifteen working days
    assert first.addressed == promised.project.unit
    deed = Deed.objects.get(verb="submit_voice", public__number=1)
    assert deed.party == "citizen"
    assert str(resident.person) not in str(deed.public)
    assert WISH.text not in str(deed.public)


def test_a_suggestion_is_held_against_the_figure_as_it_is(promised, resident):
    wish = said(resident, promised).suggestion
    assert (wish.now, wish.proposed) == ("≥100公里", "≥120公里")
    for asked, field in (("100", "asked"), ("很多", "asked"), ("", "asked")):
        with pytest.raises(Unsuitable) as refused:
            said(
                resident,
                promised,
                Speaking(
                    kind="suggestion", text="为什么", figure="target", indicator="i1", asked=asked
                ),
            )
        assert field in refused.value.faults


def test_nobody_unknown_speaks(promised):
    with pytest.raises(Refused):
        said(VISITOR, promised)


def test_what_names_a_telephone_is_not_taken(promised, resident):
    with pytest.raises(Unsuitable) as refused:
        said(resident, promised, Speaking(kind="need", title="请联系", text="电话 13800138000"))
    assert "text" in refused.value.faults


def test_a_remark_moves_the_target_and_everybody_sees_it(promised, resident, unit, bureau):
    voice = said(resident, promised)
    change = answers.adopt_suggestion(by=unit.officer, voice=voice, reason="北片确实该换")
    draft = change.version
    assert draft.replaces == promised
    assert target_of(draft) == "≥120公里"
    assert (change.old, change.new) == ("≥100公里", "≥120公里")
    goals.submit_goals(by=unit.reviewer, version=draft)
    assert answers.note_changes() == 0
    goals.approve_goals(by=bureau, version=draft, document_number=NUMBER)
    assert answers.note_changes() == 1
    assert answers.note_changes() == 0
    change.refresh_from_db()
    assert change.end == "approved"
    assert change.decided == draft
    assert VoiceAnswer.objects.get().outcome == "adopted"
    noted = Deed.objects.get(verb="note_change")
    assert (noted.public["old"], noted.public["new"]) == ("≥100公里", "≥120公里")
    sequence()
    tell_members()
    told = Notice.objects.filter(person=resident.person)
    assert {notice.about for notice in told} == {f"voice:{voice.pk}"}


def test_a_value_between_is_adopted_in_part(promised, resident, unit):
    voice = said(resident, promised)
    change = answers.adopt_suggestion(
        by=unit.officer, voice=voice, reason="今年只够十公里", asked="110"
    )
    assert change.new == "≥110公里"
    assert VoiceAnswer.objects.get().outcome == "partly"


def test_two_suggestions_adopted_one_after_the_other_both_stand(promised, resident, unit, bureau):
    first = said(resident, promised)
    weight = Speaking(kind="suggestion", text="更重要", figure="weight", indicator="i2", asked="60")
    second = said(citizen("居民乙"), promised, weight)
    one = answers.adopt_suggestion(by=unit.officer, voice=first, reason="采纳")
    two = answers.adopt_suggestion(by=unit.officer, voice=second, reason="采纳")
    one.refresh_from_db()
    assert one.version == two.version
    goals.submit_goals(by=unit.reviewer, version=two.version)
    goals.approve_goals(by=bureau, version=two.version, document_number=NUMBER)
    assert answers.note_changes() == 2


def test_what_was_returned_says_so_and_may_still_come_true(promised, resident, unit, bureau):
    voice = said(resident, promised)
    change = answers.adopt_suggestion(by=unit.officer, voice=voice, reason="采纳")
    goals.submit_goals(by=unit.reviewer, version=change.version)
    goals.return_goals(by=bureau, version=change.version, reason="先核实长度")
    assert answers.note_changes() == 1
    change.refresh_from_db()
    assert change.end == "returned"
    again = goals.adjust_goals(
        by=unit.officer, version=promised, plan=plan(target="≥120"), reason="已核实"
    )
    goals.submit_goals(by=unit.reviewer, version=again)
    goals.approve_goals(by=bureau, version=again, document_number=NUMBER)
    assert answers.note_changes() == 1
    change.refresh_from_db()
    assert (change.end, change.decided) == ("approved", again)


def test_a_refusal_has_a_reason_and_an_office(promised, resident, unit):
    voice = said(resident, promised)
    for outcome, reason in (("declined", " "), ("", "钱不够"), ("adopted", "好")):
        with pytest.raises(Unsuitable):
            answers.answer_voice(by=unit.officer, voice=voice, outcome=outcome, reason=reason)
    answers.answer_voice(by=unit.officer, voice=voice, outcome="declined", reason="钱不够")
    answer = VoiceAnswer.objects.get()
    assert answer.office == unit.officer_office
    with pytest.raises(Refused):
        answers.answer_voice(by=unit.officer, voice=voice, outcome="declined", reason="再答")
    with pytest.raises(DatabaseError), transaction.atomic():
        VoiceAnswer.objects.update(text="改口")


def test_only_who_has_to_answer_answers(promised, resident, unit, other, bureau):
    voice = said(resident, promised)
    for by in (other.officer, bureau, resident, VISITOR):
        with pytest.raises(Refused):
            answers.answer_voice(by=by, voice=voice, outcome="declined", reason="不行")


def test_s55_one_person_supports_once(promised, resident):
    voice, friend = said(resident, promised), citizen("居民丙")
    for _ in range(3):
        voices.support_voice(by=friend, voice=voice)
    assert Support.objects.count() == 1
    with pytest.raises(Refused):  # nobody stands behind their own
        voices.support_voice(by=resident, voice=voice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(voice=voice, who=friend.person, since_on=business_date())
    voices.withdraw_support(by=friend, voice=voice)
    with pytest.raises(Unsuitable):
        voices.withdraw_support(by=friend, voice=voice)
    voices.support_voice(by=friend, voice=voice)
    assert Support.objects.filter(until_on=None).count() == 1


def test_r05_the_same_form_sent_twice_is_one_voice(promised, resident):
    said(resident, promised, key="k")
    with pytest.raises(AlreadyDone):
        said(resident, promised, key="k")
    assert Voice.objects.count() == 1


def test_like_ones_are_merged_answered_together_and_parted_again(promised, resident, unit):
    kept, friend = said(resident, promised), citizen("居民丁")
    same = said(friend, promised)
    with pytest.raises(Unsuitable):
        answers.merge_voices(by=unit.officer, voice=kept, voices=[kept.pk], reason="一样")
    answers.merge_voices(by=unit.officer, voice=kept, voices=[same.pk], reason="说的是一件事")
    same.refresh_from_db()
    assert (same.stage, same.merged_into) == ("merged", kept)
    answers.answer_voice(by=unit.officer, voice=kept, outcome="declined", reason="钱不够")
    sequence()
    tell_members()
    told = Notice.objects.filter(person=friend.person)
    assert f"voice:{same.pk}" in {notice.about for notice in told}
    answers.unmerge_voice(by=unit.officer, voice=same, reason="他说的是南片")
    same.refresh_from_db()
    assert (same.stage, same.merged_into) == ("received", None)
    assert same.due_on > business_date()


def test_the_author_asks_once_more(promised, resident, unit):
    voice = said(resident, promised)
    with pytest.raises(Refused):
        voices.ask_voice_supplement(by=resident, voice=voice, reason="没说期限")
    answers.answer_voice(by=unit.officer, voice=voice, outcome="declined", reason="钱不够")
    voices.ask_voice_supplement(by=resident, voice=voice, reason="没说差多少钱")
    voice.refresh_from_db()
    assert voice.stage == "asked"
    assert voice.due_on <= business_date() + timedelta(days=11)
    answers.answer_voice(by=unit.officer, voice=voice, outcome="partly", reason="差 80 万元")
    with pytest.raises(Refused):
        voices.ask_voice_supplement(by=resident, voice=voice, reason="还不够")
    assert [each.supplements for each in voice.answers.all()] == [False, True]


def test_who_is_late_is_urged_from_above(promised, resident, unit, bureau):
    voice = said(resident, promised)
    with pytest.raises(Unsuitable):
        answers.urge_voice(by=bureau, voice=voice, reason="请答复")
    move_business_date(to=voice.due_on + timedelta(days=9))
    with pytest.raises(Refused):
        answers.urge_voice(by=unit.officer, voice=voice, reason="请答复")
    answers.urge_voice(by=bureau, voice=voice, reason="请答复")
    answers.answer_voice(by=unit.officer, voice=voice, outcome="declined", reason="钱不够")
    assert Deed.objects.get(verb="answer_voice").public["late"] is True


def test_an_author_revises_and_takes_back_until_it_is_answered(promised, resident, unit):
    voice = said(resident, promised)
    subject = subject_of(resident, voice.about)
    assert subject is not None
    voices.revise_voice(
        by=resident,
        voice=voice,
        subject=subject,
        speaking=Speaking(
            kind="suggestion", text="再看", figure="target", indicator="i1", asked="130"
        ),
    )
    voice.suggestion.refresh_from_db()
    assert voice.suggestion.proposed == "≥130公里"
    voices.withdraw_voice(by=resident, voice=voice)
    voice.refresh_from_db()
    assert not Voice.objects.visible_to(VISITOR).exists()
    assert Voice.objects.visible_to(resident).get() == voice
    with pytest.raises(Refused):
        answers.answer_voice(by=unit.officer, voice=voice, outcome="declined", reason="钱不够")


def test_a_social_organisation_says_what_it_can_bring(promised, resident, region, unit):
    voice, office = said(resident, promised, NEED), society(region)
    voices.offer_resources(by=verified(office), voice=voice, text="每周三名厨师志愿者")
    with pytest.raises(Refused):
        voices.offer_resources(by=resident, voice=voice, text="我来")
    assert voice.offers.get().organisation == office.organisation


def test_a_clause_is_spoken_about_to_whoever_keeps_the_rules(promised, resident, bureau, region):
    office = Office.objects.get(pk=bureau.office)
    subject = subject_of(resident, "clause:5.3")
    assert subject is not None
    assert subject.addressed == office.organisation
    assert subject_of(resident, "clause:99.9") is None
    voice = voices.submit_voice(by=resident, subject=subject, speaking=NEED)
    answers.answer_voice(by=bureau, voice=voice, outcome="partly", reason="下次修改时研究")


def test_goals_under_review_are_not_adjusted_for_a_voice(promised, resident, unit):
    voice = said(resident, promised)
    draft = goals.adjust_goals(by=unit.officer, version=promised, plan=plan(), reason="其他")
    goals.submit_goals(by=unit.reviewer, version=draft)
    with pytest.raises(Unsuitable):
        answers.adopt_suggestion(by=unit.officer, voice=voice, reason="采纳")
    assert not AdoptedChange.objects.exists()
