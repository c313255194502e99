"""What was said in the forum stays as it was said: the database itself refuses to rewrite it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from apps.forum.talks import citizen, said, topic
from gongzhi.forum.actions import moderation, topics
from gongzhi.forum.models import (
    Appeal,
    Hiding,
    PostReport,
    Stance,
    Statement,
    Support,
    Topic,
    Voice,
    VoiceStep,
)
from gongzhi.parties.business_date import business_date

pytestmark = pytest.mark.django_db
# Whose rows may go: links, letters, work, who belongs to a series, questions of a draft, counts.
RESTRICTED = "23001"  # what PostgreSQL calls a restrict violation
MAY_GO = (
    *("ballot", "meetingfeed", "meetingmail", "panelsolving", "seriesmember", "surveyquestion"),
    *("tallypart", "understoodcount"),
)


@pytest.fixture
def spoken(unit):
    """A topic with a statement, a stance, a report, a hiding and its appeal."""
    author, reader = citizen(1), citizen(2)
    statement = said(topic(unit), author)
    topics.take_stance(by=reader, statement=statement, stance="agree")
    moderation.report_post(by=reader, post=statement.posted(), category="insult", note="骂人")
    hiding = moderation.hide_post(
        by=unit.officer, post=statement.posted(), category="insult", reason="辱骂"
    )
    moderation.appeal_hiding(by=author, hiding=hiding, text="没有骂人")
    return unit


@pytest.fixture
def voice(unit) -> Voice:
    """A voice with a step and somebody behind it."""
    today = business_date()
    row = Voice.objects.create(
        fiscal_year=2026,
        number=1,
        kind="need",
        about=unit.project.thing().name,
        project=unit.project,
        addressed=unit.organisation,
        person=unit.officer_office.person,
        title="要一个助餐点",
        text="独居老人做饭难",
        said_on=today,
        due_on=today,
    )
    row.steps.create(verb="revise_voice", reason="写错了", done_on=today)
    row.supports.create(who=row.person_id, since_on=today)
    return row


def refused(change) -> None:
    with pytest.raises(DatabaseError) as told, transaction.atomic():
        change()
    assert told.value.__cause__.sqlstate == RESTRICTED


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        (Topic, {"question": "别的问题"}),
        (Topic, {"closes_on": business_date() + timedelta(days=99)}),
        (Statement, {"text": "别的话"}),
        (Statement, {"submitted_on": business_date() - timedelta(days=1)}),
        (Hiding, {"reason": "别的理由"}),
        (Hiding, {"category": "advertising"}),
        (Appeal, {"text": "别的话"}),
        (PostReport, {"note": "别的话"}),
    ],
)
def test_what_was_said_is_never_rewritten(spoken, model, changed):
    assert model.objects.exists()
    refused(lambda: model.objects.update(**changed))


@pytest.mark.parametrize("model", [Topic, Statement, Stance, Hiding, Appeal, PostReport])
def test_what_was_said_is_never_deleted(spoken, model):
    assert model.objects.exists()
    refused(lambda: _delete(model))


def test_a_stance_changes_its_value_and_nothing_else(spoken):
    Stance.objects.update(value=-1)
    refused(lambda: Stance.objects.update(who=spoken.project.pk))


def test_a_decided_appeal_stays_decided(spoken):
    moderation.decide_appeal(
        by=spoken.reviewer, hiding=Hiding.objects.get(), outcome="upheld", reason="是玩笑"
    )
    refused(lambda: Appeal.objects.update(outcome="dismissed"))


@pytest.mark.parametrize("changed", [{"number": 2}, {"said_on": business_date() - timedelta(9)}])
def test_a_voice_keeps_its_number_and_day(voice, changed):
    Voice.objects.update(title="改过的题目")  # as its author may
    refused(lambda: Voice.objects.update(**changed))


def test_support_ends_once_and_steps_stay(voice):
    Support.objects.update(until_on=business_date())
    refused(lambda: Support.objects.update(until_on=business_date() + timedelta(days=1)))
    refused(lambda: VoiceStep.objects.update(reason="别的理由"))
    refused(lambda: VoiceStep.objects.update(verb="withdraw_voice"))
    refused(lambda: _delete(VoiceStep))


def test_what_its_author_has_erased_is_emptied_and_nothing_else(spoken, voice):
    Statement.objects.update(text="—")
    Appeal.objects.update(text="—")
    PostReport.objects.update(note="—")
    VoiceStep.objects.update(reason="—")
    refused(lambda: Statement.objects.update(text="—", submitted_on=business_date() - timedelta(1)))


def test_every_table_of_the_forum_refuses_to_lose_rows():
    """A new table says with a trigger that its rows stay, or here why they may go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgtype & 8 = 8 AND c.relname LIKE 'forum%'"
        )
        kept = {name for (name,) in cursor.fetchall()}
    tables = {each._meta.db_table for each in apps.get_app_config("forum").get_models()}
    free = {f"forum_{table}" for table in MAY_GO}
    assert tables - kept == free


def _delete(model) -> None:
    model.objects.all()._raw_delete("default")
