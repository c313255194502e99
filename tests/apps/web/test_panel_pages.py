"""Panels by lot as pages: announced with a form, volunteered for on a phone, drawn, answered."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from apps.forum.panelled import (
    UNTIL,
    announced,
    as_themselves,
    by_stage,
    citizen,
    drawn,
    go_to,
    seated,
    volunteer,
    volunteered,
)
from gongzhi.core.participating.sortition.published import read, redo
from gongzhi.forum.models import Panel, PanelOpinion, PanelSolving
from gongzhi.forum.panel_solving import solve
from gongzhi.parties.models import Person
from verified import VerifiedClient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def any_day(settings):
    settings.DEMO = True


@pytest.fixture
def panel(unit) -> Panel:
    return announced(unit)


def browser(member) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(Person.objects.get(pk=member.person))
    return client


def page(client, panel) -> str:
    return client.get(reverse("panel", args=[panel.pk])).content.decode()


def test_a_citizen_volunteers_on_the_page_and_sees_their_code(panel):
    by = citizen(1)
    client = browser(by)
    assert 'name="feature-0"' in page(client, panel)
    sent = client.post(
        reverse("volunteer_for_panel", args=[panel.pk]), {"key": "k", "feature-0": "城东"}
    )
    assert sent.status_code == 302
    row = panel.volunteers.get()
    assert row.features == {"区": "城东"}
    assert row.code in page(client, panel)
    assert row.code not in page(VerifiedClient(), panel)


def test_what_isnt_chosen_leads_back_to_the_form(panel):
    answer = browser(citizen(1)).post(reverse("volunteer_for_panel", args=[panel.pk]), {"key": "k"})
    assert answer.status_code == 422
    assert "请选“区”中的一项" in answer.content.decode()


def test_s25_counts_of_few_people_aren_t_shown(client, panel):
    volunteered(panel, east=6, west=2)
    shown = page(client, panel)
    assert shown.count("不显示</span>") == 2  # the other would tell it
    for number in range(10, 14):
        volunteer(panel, citizen(number), "城西")
    assert "不显示</span>" not in page(client, panel)


def test_while_the_chances_are_solved_for_the_page_tells_how_far_it_got(client, unit, panel):
    volunteered(panel)
    go_to(UNTIL + timedelta(days=1))
    browser(unit.officer).post(reverse("close_volunteering", args=[panel.pk]), {"key": "k"})
    PanelSolving.objects.create(panel=panel, done=1, total=4)
    waiting = client.get(reverse("panel", args=[panel.pk]))
    assert waiting["Refresh"] == "5"
    assert 'max="100" value="25"' in waiting.content.decode()
    assert 'id="hold_panel_draw"' not in page(browser(unit.officer), panel)
    solve(panel.pk)
    solved = client.get(reverse("panel", args=[panel.pk]))
    assert "Refresh" not in solved
    assert "求解完毕" in solved.content.decode()


def test_a_panel_that_was_called_off_says_so_with_the_reason(client, unit, panel):
    desk = browser(unit.officer)
    assert 'id="call_off_panel"' in page(desk, panel)
    assert 'id="call_off_panel"' not in page(client, panel)
    address = reverse("call_off_panel", args=[panel.pk])
    assert desk.post(address, {"key": "k", "reason": " "}).status_code == 422
    assert desk.post(address, {"key": "l", "reason": "项目不做了"}).status_code == 302
    shown = page(client, panel)
    assert 'id="called-off"' in shown
    assert "项目不做了" in shown
    assert 'id="call_off_panel"' not in page(desk, panel)


def test_quotas_are_read_line_by_line_and_what_was_right_is_kept(unit):
    go_to(UNTIL)
    client = browser(unit.officer)
    form = client.get(reverse("panel-announcing"))
    assert form.status_code == 200
    given = {
        "key": "k",
        "title": "公交线路居民代表",
        "text": "请提意见",
        "size": "3",
        "quotas": "区 城东 １—2\n区 城西 很多",
        "until": "2026-06-20",
        "meets_on": "2026-07-01",
    }
    answer = client.post(reverse("announce_panel"), given)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "第 2 行看不懂" in shown
    assert "公交线路居民代表" in shown
    client.post(reverse("announce_panel"), {**given, "quotas": "区 城东 １—2\n区，城西，1，2"})
    assert [each["value"] for each in Panel.objects.get().quotas] == ["城东", "城西"]


def test_w01_the_whole_way_from_the_draw_to_the_answer(client, unit, panel):
    people = volunteered(panel)
    address = reverse("panel-draw-file", args=[panel.pk])
    assert client.get(address).status_code == 404
    drawn(unit, panel)
    shown = page(client, panel)
    assert "刚才重算了一遍，结果相同" in shown
    published = read(json.loads(client.get(address).content))
    assert redo(published).faults == ()
    assert all(code in shown for code in published.panel)
    names = [Person.objects.get(pk=each.person).username for each in people]
    assert not any(name in shown for name in names)
    row = by_stage(panel, "offered")[0]
    own = browser(as_themselves(row))
    assert 'id="accept_panel_seat"' in page(own, panel)
    own.post(reverse("accept_panel_seat", args=[row.pk]), {"key": "a"})
    own.post(reverse("submit_panel_opinion", args=[row.pk]), {"key": "o", "text": "多开两班"})
    opinion = PanelOpinion.objects.get()
    office = browser(unit.officer)
    assert 'id="answer_panel_opinion"' in page(office, panel)
    answer = {"key": "x", "outcome": "partly", "reason": "早班可以", "changed": "班次 40 → 41"}
    office.post(reverse("answer_panel_opinion", args=[opinion.pk]), answer)
    assert "班次 40 → 41" in page(client, panel)


def test_only_the_convener_sees_whose_the_seats_are(client, unit, panel):
    volunteered(panel)
    drawn(unit, panel)
    seated(panel)
    assert 'id="seats"' in page(browser(unit.officer), panel)
    assert 'id="seats"' not in page(client, panel)


def test_the_list_shows_who_can_be_volunteered_for(client, panel):
    shown = client.get(reverse("panels")).content.decode()
    assert panel.title in shown
    assert "报名到 2026-05-20 为止" in shown
