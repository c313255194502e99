"""How participation fares: counted over all kinds, and the same things behind each number."""

from datetime import timedelta

import pytest

from apps.cycle.test_goals import NUMBER
from apps.forum import panelled, surveyed, talks
from apps.forum.test_voices import NEED, a_demo, bureau, citizen, promised, resident, said
from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.health import COLUMNS, AskedKind, health, health_by
from gongzhi.cycle.actions import goals
from gongzhi.forum.actions import answers, topics, voices
from gongzhi.forum.actions.survey_results import publish_survey_result
from gongzhi.forum.actions.surveys import close_survey
from gongzhi.forum.health import all_asked, asked_things
from gongzhi.forum.models import Panel, PanelVolunteer, Voice
from gongzhi.forum.voice_waiting import late_for
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
__all__ = ["a_demo", "bureau", "promised", "resident"]


def counted(kind: AskedKind = AskedKind.VOICE):
    return health([each for each in all_asked() if each.kind is kind])


def behind(column: str, kind: AskedKind = AskedKind.VOICE) -> int:
    rows = asked_things([kind], COLUMNS[column], year=business_date().year)
    return sum(row["number"] for row in rows)


def test_a_voice_is_asked_answered_and_moves_a_figure(promised, resident, unit, bureau):
    voice = said(resident, promised)
    assert (counted()["asked"], counted()["open"], counted()["changed"]) == (1, 1, 0)
    change = answers.adopt_suggestion(by=unit.officer, voice=voice, reason="该换")
    goals.submit_goals(by=unit.reviewer, version=change.version)
    goals.approve_goals(by=bureau, version=change.version, document_number=NUMBER)
    answers.note_changes()
    found = counted()
    assert {name for name, count in found.items() if count} == {
        "asked", "answered", "in_time", "adopted", "changed",
    }  # fmt: skip


def test_merged_ones_give_up_and_an_answer_too_late_is_late(promised, resident, unit):
    kept, same = said(resident, promised), said(citizen("居民丁"), promised)
    answers.merge_voices(by=unit.officer, voice=kept, voices=[same.pk], reason="一件事")
    move_business_date(to=kept.due_on + timedelta(days=3))
    answers.answer_voice(by=unit.officer, voice=kept, outcome="declined", reason="钱不够")
    found = counted()
    assert (found["asked"], found["gave_up"], found["late"], found["refused"]) == (2, 1, 1, 1)


def test_what_was_taken_back_is_not_counted_where_nobody_may_read_it(promised, resident):
    voices.withdraw_voice(by=resident, voice=said(resident, promised))
    assert counted()["asked"] == 0


def test_a_second_answer_counts_a_voice_once(promised, resident, unit):
    voice = said(resident, promised)
    answers.answer_voice(by=unit.officer, voice=voice, outcome="declined", reason="钱不够")
    voices.ask_voice_supplement(by=resident, voice=voice, reason="差多少")
    answers.answer_voice(by=unit.officer, voice=voice, outcome="partly", reason="差 80 万元")
    assert (counted()["asked"], counted()["refused"], counted()["adopted"]) == (1, 1, 0)


def test_every_number_has_its_things_behind_it(promised, resident, unit):
    kept, same = said(resident, promised), said(citizen("居民丁"), promised)
    said(resident, promised, NEED)
    answers.merge_voices(by=unit.officer, voice=kept, voices=[same.pk], reason="一件事")
    answers.answer_voice(by=unit.officer, voice=kept, outcome="declined", reason="钱不够")
    for column, number in counted().items():
        assert behind(column) == number, column
    assert counted()["asked"] == Voice.objects.visible_to(VISITOR).count() == 3


def test_statements_of_a_topic_that_ended_alone_had_no_answer(unit):
    topic = talks.topic(unit)
    talks.said(topic, talks.citizen(1))
    assert counted(AskedKind.STATEMENT)["open"] == 1
    topics.close_topic(by=unit.officer, topic=topic)
    found = counted(AskedKind.STATEMENT)
    assert (found["asked"], found["gave_up"]) == (1, 1)


def test_answers_of_a_survey_count_once_they_are_published(unit):
    survey = surveyed.opened(unit)
    for number in range(3):
        surveyed.answered(survey, number)
    assert counted(AskedKind.SURVEY)["asked"] == 0
    close_survey(by=unit.officer, survey=survey)
    publish_survey_result(by=unit.officer, survey=survey)
    found = counted(AskedKind.SURVEY)
    assert (found["asked"], found["answered"]) == (3, 3)
    assert behind("asked", AskedKind.SURVEY) == 3


def test_seats_of_a_panel_are_offered_taken_and_declined(unit):
    panel = panelled.announced(unit)
    panelled.volunteered(panel)
    panelled.drawn(unit, panel)
    offered = PanelVolunteer.objects.filter(panel=panel, stage="offered").count()
    found = counted(AskedKind.PANEL_SEAT)
    assert found["asked"] == found["open"] == offered > 0
    assert behind("open", AskedKind.PANEL_SEAT) == offered
    Panel.objects.filter(pk=panel.pk).update(stage=Panel.Stage.CALLED_OFF)
    assert counted(AskedKind.PANEL_SEAT)["gave_up"] == offered


def test_parts_by_office_add_up_over_all_kinds(promised, resident, unit):
    said(resident, promised)
    talks.said(talks.topic(unit), talks.citizen(1))
    parts = health_by(all_asked(), lambda each: each.office)
    assert parts.keys() == {str(unit.organisation.pk)}
    assert parts[str(unit.organisation.pk)]["asked"] == 2


def test_it_takes_one_query_for_each_kind(promised, resident, django_assert_max_num_queries):
    said(resident, promised)
    with django_assert_max_num_queries(2 * len(AskedKind)):  # and the charter, kept in a request
        all_asked()


def test_9_9_who_is_late_is_told_to_those_whom_it_concerns(promised, resident, unit, other, bureau):
    voice = said(resident, promised)
    move_business_date(to=voice.due_on + timedelta(days=1))
    today = business_date()
    for member, sees in ((unit.officer, 1), (bureau, 1), (resident, 1), (other.officer, 0)):
        assert late_for(member, today=today).count() == sees
