"""What a person said for themselves in the forum goes when they have their data erased (8.4, S68).

The rows stay without words, so that counts, answers and the log stay true.
"""

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from apps.forum.panelled import announced, as_themselves, drawn, seated, volunteer, volunteered
from apps.forum.talks import citizen as speaker
from apps.forum.talks import said as stated
from apps.forum.talks import topic
from apps.forum.test_voices import NEED, a_demo, bureau, citizen, promised, resident, said
from gongzhi.forum.actions import answers, moderation, panel_seats, topics, voices
from gongzhi.forum.models import (
    Appeal,
    Hiding,
    MeetingFeed,
    PanelOpinion,
    PostReport,
    Statement,
    Support,
    TallyPart,
    Voice,
    VoiceStep,
)
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.business_date import business_date
from gongzhi.parties.erasing import erase_person
from gongzhi.parties.models import Person
from gongzhi.parties.own_words import own_texts
from gongzhi.trust.sequencing import sequence
from verified import VerifiedClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
__all__ = ["a_demo", "bureau", "promised", "resident"]  # fixtures
WORDS = "请忘记这一句话"


def erase(by) -> None:
    erase_person(Person.objects.get(pk=by.person), today=business_date())


def texts(by) -> str:
    return "\n".join(each.text for each in own_texts(by.person))


def test_s68_an_answered_voice_loses_its_words_and_keeps_its_answer(promised, resident, unit):
    kept = said(resident, promised, NEED)
    voices.support_voice(by=citizen("居民乙"), voice=kept)
    answers.answer_voice(by=unit.officer, voice=kept, outcome="declined", reason="今年的钱不够")
    voices.ask_voice_supplement(by=resident, voice=kept, reason=WORDS)
    assert NEED.text in texts(resident)
    assert WORDS in texts(resident)
    sequence()

    erase(resident)

    sequence()
    assert texts(resident) == ""
    kept.refresh_from_db()
    assert (kept.title, kept.text, kept.grounds, kept.words) == ("—", "—", "", None)
    assert kept.stage == "asked"
    assert VoiceStep.objects.get(verb="ask_voice_supplement").reason == "—"
    assert kept.answers.get().text == "今年的钱不够"
    assert Support.objects.count() == 1
    assert not [each for each in audit_all() if each]
    shown = Client().get(reverse("voices")).content.decode()
    assert NEED.title not in shown
    assert f"№ {kept.fiscal_year}-{kept.number}</a>" in shown


def test_what_nobody_has_answered_is_taken_back_unless_others_said_it_too(promised, resident, unit):
    alone, kept = said(resident, promised, NEED), said(resident, promised, NEED)
    like = said(citizen("居民乙"), promised, NEED)
    answers.merge_voices(by=unit.officer, voice=kept, voices=[like.pk], reason="一件事")
    erase(resident)
    stages = {row.pk: row.stage for row in Voice.objects.all()}
    assert stages == {alone.pk: "withdrawn", kept.pk: "received", like.pk: "merged"}
    like.refresh_from_db()
    assert like.text == NEED.text  # another's


def test_s68_statements_reports_and_appeals_lose_their_words_and_tallies_stay(unit):
    author, reader = speaker(1), speaker(2)
    asked = topic(unit)
    first, second = stated(asked, author, WORDS), stated(asked, author, f"{WORDS}，还有")
    topics.take_stance(by=reader, statement=first, stance="agree")
    moderation.report_post(by=author, post=second.posted(), category="insult", note=WORDS)
    hiding = moderation.hide_post(
        by=unit.officer, post=second.posted(), category="insult", reason="辱骂"
    )
    moderation.appeal_hiding(by=author, hiding=hiding, text=WORDS)
    before = TallyPart.objects.aggregate(sum=Sum("agree"))
    erase(author)
    assert set(Statement.objects.values_list("text", flat=True)) == {"—"}
    assert not Statement.objects.filter(withdrawn_on=None).exists()
    assert (PostReport.objects.get().note, Appeal.objects.get().text) == ("—", "—")
    assert Hiding.objects.get().stage == "appealed"
    assert TallyPart.objects.aggregate(sum=Sum("agree")) == before
    assert WORDS not in Client().get(reverse("topic", args=[asked.pk])).content.decode()


def test_s68_before_the_pool_closes_a_volunteer_leaves_it_without_features(unit):
    panel, by = announced(unit), speaker(1)
    row = volunteer(panel, by)
    assert "城" in texts(by)
    erase(by)
    row.refresh_from_db()
    assert (row.stage, row.features) == ("left", {})


def test_s68_an_opinion_of_a_panel_loses_its_words_and_the_draw_still_proves_itself(client, unit):
    panel = announced(unit)
    volunteered(panel, east=6, west=6)
    seat = seated(drawn(unit, panel))[0]
    by = as_themselves(seat)
    panel_seats.submit_panel_opinion(by=by, volunteer=seat, text=WORDS)
    erase(by)
    assert PanelOpinion.objects.get().text == "—"
    shown = client.get(reverse("panel", args=[panel.pk])).content.decode()
    assert "刚才重算了一遍，结果相同" in shown
    assert WORDS not in shown


def test_s68_the_link_of_a_calendar_ends(unit):
    by = speaker(1)
    MeetingFeed.objects.create(person_id=by.person, token_digest="x", opened_on=business_date())
    erase(by)
    assert not MeetingFeed.objects.exists()


def test_s68_whoever_asks_sees_all_that_they_said(promised, resident):
    said(resident, promised, NEED)
    client = VerifiedClient()
    client.force_login(Person.objects.get(pk=resident.person))
    assert NEED.text in client.get(reverse("my-data")).content.decode()
    copied = client.get(reverse("my-data-copy")).json()
    assert NEED.text in str(copied["said"])
    assert copied["counted"] == {"supports": 0, "stances": 0, "remarks": 0}
