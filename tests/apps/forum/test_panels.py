"""Panels as deeds: announced, volunteered for, closed, drawn by the log, answered."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

import city_hall
from apps.desk.desks import tell
from apps.forum.panelled import (
    MEETS,
    QUOTAS,
    UNTIL,
    announced,
    as_themselves,
    by_stage,
    citizen,
    closed,
    drawn,
    go_to,
    plan,
    seated,
    volunteer,
    volunteered,
)
from at_once import together
from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.sortition.asking import Quota
from gongzhi.core.participating.sortition.drawing import holds
from gongzhi.core.participating.sortition.published import read, redo
from gongzhi.desk.models import Notice
from gongzhi.forum import panel_solving
from gongzhi.forum.actions import panel_seats, panels
from gongzhi.forum.models import (
    Panel,
    PanelLottery,
    PanelOpinion,
    PanelSolving,
    PanelVolunteer,
)
from gongzhi.forum.panel_draws import file_of, pool_of, seed_of_panel, to_publish
from gongzhi.forum.panel_solving import solve, solve_waiting_panels
from gongzhi.forum.panel_waiting import waiting_for
from gongzhi.forum.tasks import solve_panel
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone, Refused
from gongzhi.parties.models import Deed, Human, SealedValue
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.sequencing import sequence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def any_day(settings):
    settings.DEMO = True


def waits(member) -> list[str]:
    return [each.verb for each in waiting_for(member, today=business_date())]


def test_everybody_reads_what_is_sought_and_the_log_promises_the_quotas(unit):
    panel = announced(unit)
    assert Panel.objects.visible_to(VISITOR).get() == panel
    deed = Deed.objects.get(verb="announce_panel")
    assert deed.public["count"] == 3
    assert deed.public["quotas"].startswith("sha256:")


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title", {"title": " "}),
        ("text", {"text": "请打 13800138000 联系"}),
        ("size", {"size": 0}),
        ("until", {"until": UNTIL - timedelta(days=60)}),
        ("meets_on", {"meets_on": UNTIL}),
        ("quotas", {"quotas": (*QUOTAS, QUOTAS[0])}),
        ("quotas", {"quotas": (Quota(feature="区", value="城东", least=3, most=1),)}),
        ("quotas", {"quotas": (Quota(feature="区", value="城东", least=0, most=1),)}),
        ("invited_why", {"invited": 2}),
    ],
)
def test_a_plan_that_cant_be_is_refused_with_its_field(unit, field, given):
    with pytest.raises(Unsuitable) as raised:
        announced(unit, **given)
    assert field in raised.value.faults
    assert not Panel.objects.exists()


def test_only_about_projects_that_are_disclosed_and_ones_own(unit, region):
    with pytest.raises(Unsuitable):
        announced(unit, project=unit.project)
    city_hall.published(unit)
    unit.project.refresh_from_db()
    assert announced(unit, project=unit.project).project == unit.project
    with pytest.raises(Unsuitable):
        announced(city_hall.unit("7", within=region), project=unit.project)


def test_s23_one_person_one_place_and_whoever_leaves_may_come_back(unit):
    panel, by = announced(unit), citizen(1)
    row = volunteer(panel, by)
    with pytest.raises(Unsuitable):
        volunteer(panel, by)
    panel_seats.withdraw_volunteering(by=by, volunteer=row)
    row.refresh_from_db()
    assert row.features == {}
    again = volunteer(panel, by, "城西")
    assert again.pk == row.pk
    assert panel.volunteers.in_pool().count() == 1


def test_two_accounts_of_one_human_are_one_voice(unit):
    panel = announced(unit)
    human = str(Human.objects.create(identity="x" * 64).pk)
    volunteer(panel, replace(citizen(1), human=human))
    with pytest.raises(Unsuitable):
        volunteer(panel, replace(citizen(2), human=human))


@pytest.mark.django_db(transaction=True)
def test_s23_the_same_person_twice_at_once_has_one_place(unit):
    panel, by = announced(unit), citizen(1)
    ended = together([partial(volunteer, panel, by)] * 2)
    assert ended == ["done", "settled"]
    assert panel.volunteers.count() == 1


def test_the_same_form_twice_is_one_deed(unit):
    panel, by = announced(unit), citizen(1)
    panel_seats.volunteer_for_panel(by=by, panel=panel, features={"区": "城东"}, key="k")
    with pytest.raises(AlreadyDone):
        panel_seats.volunteer_for_panel(by=by, panel=panel, features={"区": "城东"}, key="k")


def test_what_one_states_is_one_of_the_values_and_in_time(unit):
    panel = announced(unit)
    with pytest.raises(Unsuitable):
        volunteer(panel, citizen(1), "城南")
    go_to(UNTIL + timedelta(days=1))
    with pytest.raises(Unsuitable):
        volunteer(panel, citizen(2))


def test_who_volunteered_is_read_by_themselves_and_the_convener_alone(unit, region):
    panel, by = announced(unit), citizen(1)
    row = volunteer(panel, by)
    seen = PanelVolunteer.objects.visible_to
    assert seen(by).get() == row
    assert seen(unit.officer).get() == row
    other = city_hall.unit("7", within=region)
    for reader in (VISITOR, citizen(2), other.officer):
        assert not seen(reader).exists()


def test_s60_the_log_knows_neither_who_volunteered_nor_what_they_stated(unit):
    panel, by = announced(unit), citizen(1)
    volunteer(panel, by)
    deed = Deed.objects.get(verb="volunteer_for_panel")
    assert deed.party == "citizen"
    assert by.person not in str(deed.public)
    assert "城东" not in str(deed.public)
    assert SealedValue.objects.filter(deed=deed).count() == 1


def test_only_citizens_volunteer(unit):
    panel = announced(unit)
    for by in (VISITOR, unit.officer):
        with pytest.raises(Refused):
            volunteer(panel, by)


def test_the_pool_closes_after_its_day_and_promises_everything_before_the_seed(unit):
    panel = announced(unit)
    volunteered(panel)
    go_to(UNTIL)
    with pytest.raises(Unsuitable):
        panels.close_volunteering(by=unit.officer, panel=panel)
    closed(unit, panel)
    lottery = PanelLottery.objects.get(panel=panel)
    deed = Deed.objects.get(verb="publish_lottery")
    assert deed.public["pool"] == lottery.digest == read(lottery.content).digest
    assert deed.party == "system"
    assert Deed.objects.get(verb="close_volunteering").public["count"] == 7
    assert seed_of_panel(panel) is None
    with pytest.raises(Unsuitable):
        panels.hold_panel_draw(by=unit.officer, panel=panel)


def test_nobody_enters_or_leaves_a_pool_that_was_published(unit):
    panel = announced(unit)
    people = volunteered(panel)
    row = panel.volunteers.get(person=people[0].person)
    closed(unit, panel)
    with pytest.raises(Refused):
        panel_seats.withdraw_volunteering(by=people[0], volunteer=row)
    panel.refresh_from_db()
    with pytest.raises(Refused):
        volunteer(panel, citizen(99))


def test_quotas_that_nobody_can_meet_are_named_with_a_way_out(unit):
    panel = announced(unit)
    volunteered(panel, east=5, west=0)
    with pytest.raises(Unsuitable) as raised:
        closed(unit, panel)
    texts = [said.text for said in raised.value.faults.values()]
    assert texts[0].startswith("这些名额不能同时满足")
    assert any("改为" in text for text in texts)
    relaxed = tuple(replace(each, least=0, most=3) for each in QUOTAS)
    go_to(UNTIL)
    panels.change_panel(
        by=unit.officer, panel=panel, plan=plan(quotas=relaxed, until=UNTIL + timedelta(days=2)),
        reason="城西没有人报名",
    )  # fmt: skip
    assert panel.changes.get().before["until"] == UNTIL.isoformat()
    go_to(UNTIL + timedelta(days=3))
    panels.close_volunteering(by=unit.officer, panel=panel)


def test_the_draw_follows_from_the_log_and_anybody_does_it_again(unit):
    panel = announced(unit)
    volunteered(panel)
    drawn(unit, panel)
    published = read(file_of(panel.lottery))
    assert published.seed == seed_of_panel(panel).root
    assert redo(published).faults == ()
    offered = by_stage(panel, "offered")
    assert sorted(each.code for each in offered) == list(published.panel)
    assert holds([each.as_volunteer() for each in offered], sought=panel.sought())
    assert len(by_stage(panel, "reserve")) == 4
    assert Deed.objects.get(verb="hold_panel_draw").public["drawn"] == list(published.panel)
    with pytest.raises(Refused):
        panels.hold_panel_draw(by=unit.officer, panel=panel)


def test_what_was_published_cant_be_rewritten(unit):
    panel = announced(unit)
    volunteered(panel)
    closed(unit, panel)
    with pytest.raises(DatabaseError), transaction.atomic():
        PanelLottery.objects.filter(panel=panel).update(content={})
    sequence()
    panels.hold_panel_draw(by=unit.officer, panel=panel)
    with pytest.raises(DatabaseError), transaction.atomic():
        PanelLottery.objects.filter(panel=panel).update(chosen=[])


def test_those_who_are_drawn_are_told_and_asked(unit):
    panel = announced(unit)
    volunteered(panel)
    drawn(unit, panel)
    offered = by_stage(panel, "offered")
    tell()
    told = Notice.objects.filter(cause__contains=str(_deed("hold_panel_draw").pk))
    people = {each.person_id for each in offered}
    assert people <= set(told.values_list("person", flat=True))
    assert not {each.person_id for each in by_stage(panel, "reserve")} & set(
        told.values_list("person", flat=True)
    )
    assert waits(as_themselves(offered[0])) == ["accept_panel_seat"]
    assert waits(as_themselves(by_stage(panel, "reserve")[0])) == []


def test_who_gives_a_seat_back_is_followed_by_the_reserve_with_the_same_features(unit):
    panel = announced(unit)
    volunteered(panel)
    drawn(unit, panel)
    leaving = by_stage(panel, "offered")[0]
    entering = panel_seats.decline_panel_seat(by=as_themselves(leaving), volunteer=leaving)
    in_order = list(panel.lottery.reserve)
    same = {each.code for each in panel.volunteers.all() if each.features == leaving.features}
    assert entering.code == next(code for code in in_order if code in same)
    assert entering.stage == "offered"
    tell()
    assert Notice.objects.filter(
        person=entering.person, cause__contains=str(_deed("decline_panel_seat").pk)
    ).exists()
    assert holds(
        [each.as_volunteer() for each in by_stage(panel, "offered")], sought=panel.sought()
    )


def test_a_seat_that_nobody_answers_for_is_passed_on_once_its_days_are_over(unit):
    panel = announced(unit)
    volunteered(panel)
    drawn(unit, panel)
    silent = by_stage(panel, "offered")[0]
    with pytest.raises(Unsuitable):
        panel_seats.release_panel_seat(by=unit.officer, volunteer=silent)
    go_to(silent.due_on + timedelta(days=1))
    assert waits(unit.officer).count("release_panel_seat") == 3
    assert panel_seats.release_panel_seat(by=unit.officer, volunteer=silent).stage == "offered"


def test_attendance_is_written_down_once_for_a_day(unit):
    panel = announced(unit)
    volunteered(panel)
    drawn(unit, panel)
    people = seated(panel)
    go_to(MEETS)
    there = [people[0].code, people[1].code]

    def came(**given):
        return panel_seats.record_panel_attendance(
            by=unit.officer, panel=panel, **{"held_on": MEETS, "present": there, **given}
        )

    with pytest.raises(Unsuitable):
        came(present=["ZZZZZZ"])
    with pytest.raises(Unsuitable):
        came(held_on=MEETS + timedelta(days=1))
    assert came() == 2
    with pytest.raises(Unsuitable):
        came()
    assert [row.attendance.get().present for row in people] == [True, True, False]


def opinion_of(panel, *, text="中午多开两班") -> PanelOpinion:
    seat = by_stage(panel, "seated")[0]
    return panel_seats.submit_panel_opinion(by=as_themselves(seat), volunteer=seat, text=text)


def test_s19_every_opinion_has_a_number_a_clock_and_an_answer(unit):
    panel = announced(unit)
    volunteered(panel)
    drawn(unit, panel)
    seated(panel)
    first, second = opinion_of(panel), opinion_of(panel, text="候车亭加座椅")
    assert (first.number, second.number) == (1, 2)
    assert waits(unit.officer) == ["answer_panel_opinion"] * 2

    def answer(**given):
        return panel_seats.answer_panel_opinion(
            by=unit.officer,
            opinion=first,
            **{"outcome": "adopted", "reason": "客流够", "changed": "班次 40 → 44", **given},
        )

    for wrong in ({"reason": " "}, {"changed": ""}, {"outcome": "maybe"}):
        with pytest.raises(Unsuitable):
            answer(**wrong)
    answer()
    deed = _deed("answer_panel_opinion")
    assert deed.public["outcome"] == "adopted"
    assert deed.public["on_time"] is True
    assert "客流" not in str(deed.public)
    go_to(second.due_on + timedelta(days=1))
    assert list(PanelOpinion.objects.overdue(today=business_date())) == [second]
    with pytest.raises(DatabaseError), transaction.atomic():
        PanelOpinion.objects.filter(pk=first.pk).update(reason="别的")


def test_only_who_has_a_seat_gives_opinions_for_themselves(unit):
    panel = announced(unit)
    volunteered(panel)
    drawn(unit, panel)
    people = seated(panel)
    reserve = by_stage(panel, "reserve")[0]
    with pytest.raises(Refused):
        panel_seats.submit_panel_opinion(
            by=as_themselves(reserve), volunteer=reserve, text="多开两班"
        )
    with pytest.raises(Refused):
        panel_seats.submit_panel_opinion(
            by=as_themselves(reserve), volunteer=people[0], text="多开两班"
        )


def test_what_has_to_be_done_stands_on_the_convener_s_desk(unit):
    panel = announced(unit)
    volunteered(panel)
    assert waits(unit.officer) == []
    go_to(UNTIL + timedelta(days=1))
    assert waits(unit.officer) == ["close_volunteering"]
    panels.close_volunteering(by=unit.officer, panel=panel)
    assert waits(unit.officer) == []  # the platform solves
    solve(panel.pk)
    assert waits(unit.officer) == ["hold_panel_draw"]
    sequence()
    panels.hold_panel_draw(by=unit.officer, panel=panel)
    assert waits(unit.officer) == []


def test_closing_asks_a_job_which_solves_once_however_often_it_runs(unit):
    panel = announced(unit)
    volunteered(panel)
    go_to(UNTIL + timedelta(days=1))
    panels.close_volunteering(by=unit.officer, panel=panel)
    job = ProcrastinateJob.objects.get(task_name=panels.SOLVING)
    assert job.args == {"panel": str(panel.pk)}
    with pytest.raises(Unsuitable):
        panels.hold_panel_draw(by=unit.officer, panel=panel)
    solve_panel(**job.args)
    solve_panel(**job.args)
    assert solve_waiting_panels() == 0
    assert Deed.objects.filter(verb="publish_lottery").count() == 1
    solving = PanelSolving.objects.get(panel=panel)
    assert (solving.done, solving.total) == (2, 2)


def test_a_job_that_broke_off_is_done_by_the_next_round(unit):
    panel = announced(unit)
    volunteered(panel)
    go_to(UNTIL + timedelta(days=1))
    panels.close_volunteering(by=unit.officer, panel=panel)
    assert solve_waiting_panels() == 1


def test_when_time_runs_out_the_lottery_is_published_and_says_so(unit, monkeypatch):
    panel = announced(unit)
    volunteered(panel)
    late = iter([0.0])
    monkeypatch.setattr(panel_solving, "time", SimpleNamespace(monotonic=lambda: next(late, 1e9)))
    drawn(unit, panel)
    published = read(file_of(panel.lottery))
    assert not published.lottery.finished
    assert redo(published).faults == ()
    assert len(published.panel) == 3


@pytest.mark.parametrize("ready", ["announced", "pooled", "drawn"])
def test_a_panel_is_called_off_with_a_reason_that_all_who_volunteered_are_told(unit, ready):
    panel = _with_pool(unit) if ready == "pooled" else _with_people(unit)
    if ready == "drawn":
        drawn(unit, panel)
    before = panel.stage
    for wrong in (" ", "请打 13800138000"):
        with pytest.raises(Unsuitable):
            panels.call_off_panel(by=unit.officer, panel=panel, reason=wrong)
    panels.call_off_panel(by=unit.officer, panel=panel, reason="项目不做了")
    change = panel.changes.get()
    assert (change.reason, change.before["stage"]) == ("项目不做了", before)
    tell()
    told = Notice.objects.filter(cause__contains=str(_deed("call_off_panel").pk))
    people = set(panel.volunteers.values_list("person", flat=True))
    assert people <= set(told.values_list("person", flat=True))
    assert "项目" not in str(_deed("call_off_panel").public)
    with pytest.raises(Refused):
        panels.call_off_panel(by=unit.officer, panel=panel, reason="再取消一次")


def test_nothing_goes_on_in_a_panel_that_was_called_off(unit):
    panel = drawn(unit, _with_people(unit))
    offered = by_stage(panel, "offered")
    panels.call_off_panel(by=unit.officer, panel=panel, reason="项目不做了")
    row = PanelVolunteer.objects.with_facts().get(pk=offered[0].pk)
    assert waits(as_themselves(row)) == []
    with pytest.raises(Refused):
        panel_seats.accept_panel_seat(by=as_themselves(row), volunteer=row)
    go_to(row.due_on + timedelta(days=1))
    assert waits(unit.officer) == []


def test_a_pool_that_is_called_off_while_it_is_solved_gets_no_lottery(unit):
    panel = _with_pool(unit)
    published = to_publish(panel, pool_of(panel))
    panels.call_off_panel(by=unit.officer, panel=panel, reason="项目不做了")
    assert panels.publish_lottery(panel=panel, published=published) is None
    assert solve_waiting_panels() == 0
    assert not PanelLottery.objects.exists()


def _with_people(unit) -> Panel:
    panel = announced(unit)
    volunteered(panel)
    return panel


def _with_pool(unit) -> Panel:
    panel = _with_people(unit)
    go_to(UNTIL + timedelta(days=1))
    panels.close_volunteering(by=unit.officer, panel=panel)
    return panel


def _deed(verb) -> Deed:
    return Deed.objects.filter(verb=verb).latest("done_at")
