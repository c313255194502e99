"""Moderation as pages: reported, hidden, appealed and decided in browsers; the counts for all."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.forum.panelled import announced, as_themselves, drawn, seated, volunteered
from apps.forum.talks import citizen, said, topic
from apps.forum.test_voices import NEED, a_demo, bureau, promised, resident, society
from apps.forum.test_voices import said as voice_said
from apps.web.test_congress_pages import page, post
from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.health import AskedKind
from gongzhi.forum.actions import panel_seats, voices
from gongzhi.forum.health import all_asked
from gongzhi.forum.models import Hiding, PostReport, Statement
from gongzhi.parties.models import Person
from gongzhi.web.shown_posts import shown_posts
from verified import VerifiedClient, signed_in, verified

pytestmark = pytest.mark.django_db
__all__ = ["a_demo", "bureau", "promised", "resident"]  # fixtures
WORDS = "某某就是饭桶"


@pytest.fixture
def statement(unit) -> Statement:
    return said(topic(unit), citizen(1), WORDS)


def browser(person) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(person)
    return client


def test_a_reader_reports_and_the_unit_hides(unit, statement):
    name = statement.thing().name
    reader = citizen(2)
    client = browser(Person.objects.get(pk=reader.person))
    assert "举报发言" in page(client, "post", query=f"?post={name}")
    post(client, "report_post", post=name, category="insult", note="骂人")
    assert "您已经举报过" in page(client, "post", query=f"?post={name}")
    assert PostReport.objects.count() == 1
    officer = signed_in(unit.officer_office)
    assert name in page(officer, "desk").replace("%3A", ":")
    kept = post(officer, "hide_post", status=422, post=name, category="insult", reason="")
    assert WORDS in kept
    post(officer, "hide_post", post=name, category="insult", reason="辱骂值班人员")
    shown = page(Client(), "post", query=f"?post={name}")
    assert WORDS not in shown
    assert "侮辱诽谤" in shown
    assert "辱骂值班人员" not in shown


def test_the_author_sees_why_appeals_and_another_decides(unit, statement):
    name = statement.thing().name
    officer, author = signed_in(unit.officer_office), browser(statement.author)
    post(officer, "hide_post", post=name, category="insult", reason="辱骂值班人员")
    hiding = Hiding.objects.get()
    mine = page(author, "hiding", hiding.pk)
    assert "辱骂值班人员" in mine
    assert WORDS in mine
    page(Client(), "hiding", hiding.pk, status=404)
    post(author, "appeal_hiding", hiding.pk, text="说的是水泵")
    assert 'id="decide_appeal"' not in page(officer, "hiding", hiding.pk)
    post(officer, "decide_appeal", hiding.pk, status=403, outcome="dismissed", reason="否")
    reviewer = signed_in(unit.reviewer_office)
    assert reverse("hiding", args=[hiding.pk]) in page(reviewer, "desk")
    post(reviewer, "decide_appeal", hiding.pk, outcome="upheld", reason="说的确实是水泵")
    assert WORDS in page(Client(), "post", query=f"?post={name}")
    counts = page(Client(), "moderation")
    assert "侮辱诽谤" in counts
    assert "恢复显示" in counts


def test_a_hidden_post_comes_to_a_page_without_its_words(unit, statement):
    assert shown_posts([statement], reader=VISITOR)[0].text == WORDS
    post(
        signed_in(unit.officer_office),
        "hide_post",
        post=statement.thing().name,
        category="advertising",
        reason="推销",
    )
    (shown,) = shown_posts([statement], reader=VISITOR)
    assert (shown.text, shown.hidden.zh) == ("", "广告")


def test_what_is_no_post_is_not_there(unit):
    for name in ("x", f"project:{unit.project.pk}", "statement:1"):
        page(Client(), "post", query=f"?post={name}", status=404)
    assert Client().get(reverse("post")).status_code == 302


def test_an_opinion_of_a_panel_is_reported_hidden_and_appealed_like_any_post(settings, unit):
    settings.DEMO = True
    panel = announced(unit)
    volunteered(panel, east=6, west=6)
    seat = seated(drawn(unit, panel))[0]
    by = as_themselves(seat)
    opinion = panel_seats.submit_panel_opinion(by=by, volunteer=seat, text=WORDS)
    name, author = f"panel_opinion:{opinion.pk}", browser(seat.person)
    where = page(Client(), "panel", panel.pk)
    assert WORDS in where
    assert f"?post={name}" in where
    assert AskedKind.OPINION in {each.kind for each in all_asked()}
    post(
        browser(Person.objects.get(pk=citizen(99).person)),
        "report_post",
        post=name,
        category="insult",
        note="骂人",
    )
    post(signed_in(unit.officer_office), "hide_post", post=name, category="insult", reason="辱骂")
    assert WORDS not in page(Client(), "panel", panel.pk)
    assert AskedKind.OPINION not in {each.kind for each in all_asked()}, "what isn't shown"
    assert WORDS in page(author, "panel", panel.pk)
    assert "辱骂" in page(author, "panel", panel.pk)
    post(author, "appeal_hiding", Hiding.objects.get().pk, text="说的是车")
    post(
        signed_in(unit.reviewer_office),
        "decide_appeal",
        Hiding.objects.get().pk,
        outcome="upheld",
        reason="说的是车",
    )
    assert WORDS in page(Client(), "panel", panel.pk)


@pytest.mark.usefixtures("a_demo")
def test_what_a_society_offers_is_a_post_too(region, promised, resident, unit):
    voice = voice_said(resident, promised, NEED)
    office = society(region)
    offer = voices.offer_resources(by=verified(office), voice=voice, text=WORDS)
    name = f"resource_offer:{offer.pk}"
    assert WORDS in page(Client(), "post", query=f"?post={name}")
    post(signed_in(unit.officer_office), "hide_post", post=name, category="insult", reason="辱骂")
    assert WORDS not in page(Client(), "voice", voice.pk)
    assert WORDS not in page(Client(), "post", query=f"?post={name}")
    assert WORDS in page(signed_in(office), "voice", voice.pk)


@pytest.mark.parametrize("name", ["", "voice:x", "meeting:01a2", "post_report:1", "nothing"])
def test_what_is_no_post_has_no_page(name):
    assert Client().get(reverse("post"), {"post": name}).status_code in (302, 404)
