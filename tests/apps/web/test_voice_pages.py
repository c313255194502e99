"""Voices as pages: said in three steps on a phone, answered, seen in the figure by everybody."""

import re

import pytest
from django.urls import reverse

from apps.forum.test_voices import (
    NEED,
    a_demo,
    bureau,
    citizen,
    promised,
    resident,
    said,
    society,
    target_of,
)
from gongzhi.cycle.actions import goals
from gongzhi.forum.actions import answers, moderation, voices
from gongzhi.forum.models import AdoptedChange, Voice
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.models import Office, Person
from gongzhi.trust.sequencing import sequence
from verified import VerifiedClient, signed_in, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
__all__ = ["a_demo", "bureau", "promised", "resident"]


def of(member) -> VerifiedClient:
    """A browser of somebody who acts for themselves, or of an office."""
    if member.office:
        return signed_in(Office.objects.get(pk=member.office))
    client = VerifiedClient()
    client.force_login(Person.objects.get(pk=member.person))
    return client


def page(client, name, *args, status: int = 200, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, name, *args, status: int = 302, **given) -> str:
    answer = client.post(reverse(name, args=args), {"key": name, **given})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def wish(version, **given):
    return {
        "about": f"goal_version:{version.pk}",
        "kind": "suggestion",
        "indicator": "i1",
        "figure": "target",
        "asked": "120",
        "text": "北片还有二十公里老管",
        **given,
    }


def test_a_resident_says_it_in_three_steps_without_a_script(promised, resident, unit):
    client = of(resident)
    assert "about-q" in page(client, "voice-writing")
    found = page(client, "voice-writing", query="?q=某项目")
    assert f"?about=project:{unit.project.pk}" in found
    form = page(client, "voice-writing", query=f"?about=project:{unit.project.pk}")
    assert "≥100公里" in form
    kept = post(client, "voice-writing", status=422, **wish(promised, asked="很多"))
    assert "北片还有二十公里老管" in kept
    preview = post(client, "voice-writing", status=200, **wish(promised))
    assert "≥120公里" in re.sub("<[^>]+>", "", preview)
    post(client, "submit_voice", **wish(promised))
    voice = Voice.objects.get()
    assert voice.project == unit.project
    shown = page(client, "voice", voice.pk)
    assert "≥120公里" in shown
    assert voice.title in page(client, "voices-mine")


def test_a_remark_moves_the_target_and_everybody_sees_it(promised, resident, unit, bureau, client):
    voice = said(resident, promised)
    assert voice.title in page(of(unit.officer), "desk")
    post(of(unit.officer), "adopt_suggestion", voice.pk, reason="北片确实该换")
    change = AdoptedChange.objects.get()
    assert target_of(change.version) == "≥120公里"
    assert "调整办理中" in page(client, "voice", voice.pk)
    goals.submit_goals(by=unit.reviewer, version=change.version)
    goals.approve_goals(by=bureau, version=change.version, document_number="〔2027〕9号")
    answers.note_changes()
    sequence()
    shown = page(client, "voice", voice.pk)
    assert "〔2027〕9号" in shown
    assert "已改变" in shown
    goals_page = page(client, "goal-version", change.version.pk)
    assert f"因意见 №{voice.fiscal_year}-{voice.number} 而改" in goals_page
    told = page(client, "project-voices-became", unit.project.pk)
    assert "改变了 1 个数字" in told
    client.cookies["django_language"] = "en"
    assert "1 figures changed" in page(client, "project-voices-became", unit.project.pk)


def test_a_refusal_names_office_and_reason_to_everybody(promised, resident, unit, client):
    voice = said(resident, promised)
    officer = of(unit.officer)
    kept = post(officer, "answer_voice", voice.pk, status=422, outcome="adopted", reason="好")
    assert "采纳并起草调整" in kept
    post(
        officer, "answer_voice", voice.pk, outcome="declined", reason="今年的钱只够十公里", key="2"
    )
    shown = page(client, "voice", voice.pk)
    assert "今年的钱只够十公里" in shown
    assert unit.organisation.name in shown
    assert "没有改变数字，理由见答复" in shown


def test_what_others_said_alike_is_found_while_writing(promised, resident):
    said(resident, promised, NEED)
    friend = of(citizen("居民乙"))
    found = post(
        friend, "voice-similar", status=200, title="老人做饭难", text="希望社区开一个助餐点"
    )
    assert NEED.title in found
    assert NEED.title not in post(
        friend, "voice-similar", status=200, title="路灯", text="东门外两盏路灯不亮"
    )


def test_support_is_counted_once_and_merged_support_is_united(promised, resident, unit, client):
    kept, same = said(resident, promised, NEED), said(citizen("居民乙"), promised, NEED)
    friend = citizen("居民丙")
    for voice in (kept, same):
        post(of(friend), "support_voice", voice.pk, key=str(voice.pk))
    voices.support_voice(by=citizen("居民丁"), voice=same)
    post(of(unit.officer), "merge_voices", kept.pk, voices=[same.pk], reason="一件事")
    shown = page(client, "voice", kept.pk)
    assert '<b class="figures">2</b>' in shown
    assert f"№ {same.fiscal_year}-{same.number}" in shown
    assert "和这一条合并答复" in page(client, "voice", same.pk)


def test_the_list_is_filtered_and_searched(promised, resident, client):
    voice = said(resident, promised, NEED)
    for query in ("?kind=need", "?state=open", "?q=助餐点", "?order=supported"):
        assert voice.title in page(client, "voices", query=query)
    for query in ("?kind=proposal", "?state=answered", "?state=changed", "?q=路灯", "?to=mine"):
        assert voice.title not in page(client, "voices", query=query)
    page(client, "voices", query="?kind=x", status=400)


def test_what_is_late_stands_inside_and_is_urged_from_above(
    promised, resident, unit, bureau, client
):
    voice = said(resident, promised, NEED)
    move_business_date(to=voice.due_on.replace(year=voice.due_on.year + 1))
    above, own, stranger = of(bureau), of(unit.officer), of(citizen("居民乙"))
    assert voice.title in page(above, "voices-late")
    assert voice.title in page(own, "voices-late")
    assert voice.title not in page(stranger, "voices-late")
    assert client.get(reverse("voices-late")).status_code == 302  # a visitor signs in first
    assert voice.title in page(above, "desk")
    post(above, "urge_voice", voice.pk, reason="请尽快答复")
    assert voice.title not in page(above, "desk")
    assert "请尽快答复" in page(client, "voice", voice.pk)


def test_an_organisation_takes_the_proof_of_its_year_away(promised, region, unit):
    office = society(region)
    said(verified(office), promised, NEED)
    sequence()
    client = signed_in(office)
    assert "参与证明" in page(client, "voices-mine")
    year = Voice.objects.get().fiscal_year
    answer = client.get(reverse("participation-proof", args=[year]))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_it_is_offered_where_the_thing_stands(promised, unit, client):
    link = reverse("voice-writing")
    assert f"{link}?about=project:{unit.project.pk}" in page(client, "project", unit.project.pk)
    goals_page = page(client, "goal-version", promised.pk)
    assert (
        f"{link}?about=goal_version:{promised.pk}&amp;kind=suggestion&amp;indicator=i1"
        in goals_page
    )
    assert f"{link}?about=clause:5.3" in page(client, "clause", "5.3")


def test_what_nobody_may_read_is_not_spoken_about(unit, resident):
    hidden = f"?about=project:{unit.project.pk}"
    assert 'id="about-q"' in page(of(resident), "voice-writing", query=hidden)
    answer = of(resident).post(
        reverse("submit_voice"), {"key": "k", "about": hidden[7:], "kind": "need", "text": "x"}
    )
    assert answer.status_code == 404


def test_the_author_alone_reads_on_what_is_not_shown_and_why(promised, resident, unit, client):
    other = citizen("居民乙")
    kept, like = said(resident, promised, NEED), said(other, promised, NEED)
    voices.support_voice(by=other, voice=kept)
    answers.merge_voices(by=unit.officer, voice=like, voices=[kept.pk], reason="一件事")
    moderation.hide_post(
        by=unit.officer, post=kept.posted(), category="advertising", reason="是广告"
    )
    mine = page(of(resident), "voice", kept.pk)
    assert NEED.text in mine
    assert "是广告" in mine
    assert NEED.title in page(of(resident), "voices-mine")
    for reader in (client, of(other), signed_in(unit.officer_office)):
        theirs = page(reader, "voice", kept.pk)
        assert NEED.text not in theirs
        assert "是广告" not in theirs
    assert "附议过的" not in page(of(other), "voices-mine")
    assert f"№ {kept.fiscal_year}-{kept.number}</a>" in page(client, "voice", like.pk)
