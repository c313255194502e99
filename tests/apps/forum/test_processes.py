"""Processes as deeds: started from a template, moved with a reason, concluded with an account."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

import city_hall
from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.processes import PhaseDates
from gongzhi.forum.actions import processes
from gongzhi.forum.actions.processes import Beginning
from gongzhi.forum.attached import attached_to
from gongzhi.forum.models import Phase, Process, Stakeholder
from gongzhi.forum.phases import keep_to_the_phase
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone, Refused, act
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable

pytestmark = pytest.mark.django_db


def started(unit, **given) -> Process:
    beginning = {
        "template": "goals",
        "title": "目标值是高是低",
        "question": "及格率的目标值定多少合适",
        "fiscal_year": 2026,
        "project": unit.project,
        **given,
    }
    return processes.start_process(
        by=unit.officer, beginning=Beginning(**beginning), organisation=unit.organisation
    )


def a_stakeholder(unit) -> Stakeholder:
    return Stakeholder.objects.create(
        project=unit.project, name="沿街商户", effect="施工挡路", registered_on=business_date()
    )


def test_a_process_runs_in_the_phases_of_its_template(unit):
    process = started(unit)
    dates = process.dates()
    assert [each.code for each in dates] == ["informing", "consulting", "answering"]
    assert dates[0].opens_on == business_date()
    deed = Deed.objects.get(verb="start_process")
    assert deed.public["process"] == str(process.pk)
    assert deed.public["until"] == dates[-1].closes_on.isoformat()
    assert "text" not in deed.public


def test_who_reads_it_follows_its_project(unit):
    inside = started(unit)
    assert not Process.objects.visible_to(VISITOR).exists()
    city_hall.published(unit)
    unit.project.refresh_from_db()
    shown = started(unit)
    assert set(Process.objects.visible_to(VISITOR)) == {shown}
    assert set(Process.objects.visible_to(unit.officer)) == {inside, shown}


def test_only_who_carries_the_project_starts_one(unit):
    beginning = Beginning(
        template="goals", title="一", question="二", fiscal_year=2026, project=unit.project
    )
    for member in (VISITOR, unit.reviewer):
        with pytest.raises(Refused) as refused:
            processes.start_process(by=member, beginning=beginning, organisation=unit.organisation)
        assert "5.16" in refused.value.clauses


def test_what_is_missing_is_said_field_by_field(unit):
    with pytest.raises(Unsuitable) as unsuitable:
        started(
            unit,
            template="x",
            title=" ",
            question="打 13800138000 找我",
            opens_on=business_date() - timedelta(days=1),
        )
    assert set(unsuitable.value.faults) == {"template", "title", "question", "opens_on"}
    assert not Process.objects.exists()


def test_moved_phases_keep_the_dates_that_they_had(unit):
    process = started(unit)
    first, *others = process.dates()
    week = timedelta(days=7)
    later = [
        first,
        *(
            PhaseDates(code=e.code, opens_on=e.opens_on + week, closes_on=e.closes_on + week)
            for e in others
        ),
    ]
    processes.move_phases(by=unit.officer, process=process, phases=later, reason="材料没有备齐")
    process = Process.objects.get()
    assert process.dates() == later
    assert Phase.objects.count() == 5
    assert process.steps.get().reason == "材料没有备齐"
    with pytest.raises(Unsuitable):
        processes.move_phases(by=unit.officer, process=process, phases=later[:2], reason="少一个")
    with pytest.raises(DatabaseError), transaction.atomic():
        Phase.objects.update(closes_on=business_date())


def test_it_ends_with_an_account_and_then_stands(unit):
    process = started(unit)
    with pytest.raises(Unsuitable):
        processes.conclude_process(by=unit.officer, process=process, account=" ")
    account = "采纳两条：目标值由 70% 改为 85%"
    processes.conclude_process(by=unit.officer, process=process, account=account)
    process.refresh_from_db()
    assert (process.stage, process.account) == ("concluded", account)
    with pytest.raises(Refused):
        processes.withdraw_process(by=unit.officer, process=process, reason="不办了")


def test_sent_twice_it_starts_once(unit):
    beginning = Beginning(
        template="needs", title="一", question="二", fiscal_year=2026, project=unit.project
    )
    sent = {"by": unit.officer, "beginning": beginning, "organisation": unit.organisation}
    processes.start_process(**sent, key="k")
    with pytest.raises(AlreadyDone):
        processes.start_process(**sent, key="k")
    assert Process.objects.count() == 1


def test_what_belongs_to_a_project_is_found_by_itself(unit):
    process = started(unit)
    found = attached_to(unit.officer, unit.project)
    assert [(each.kind, each.count, list(each.newest)) for each in found] == [
        ("process", 1, [process])
    ]
    assert attached_to(VISITOR, unit.project) == []


@pytest.mark.parametrize(
    ("verb", "days", "allowed"),
    [("submit_voice", 0, False), ("submit_voice", 20, True), ("answer_voice", 0, True)],
)
def test_a_deed_of_a_phase_is_refused_outside_of_it(unit, verb, days, allowed):
    process, today = started(unit), business_date() + timedelta(days=days)
    asked = {"on": process, "process": process, "today": today}
    with act(unit.officer, "move_phases", on=process):
        if allowed:
            keep_to_the_phase(unit.officer, verb, **asked)
        else:
            with pytest.raises(Refused) as refused:
                keep_to_the_phase(unit.officer, verb, **asked)
            assert refused.value.clauses == ("5.16",)


def test_what_has_ended_takes_nothing_more(unit):
    process = started(unit)
    processes.withdraw_process(by=unit.officer, process=process, reason="项目取消")
    with act(unit.officer, "note_stakeholder", on=a_stakeholder(unit)):
        with pytest.raises(Refused):
            keep_to_the_phase(
                unit.officer, "submit_voice", on=process, process=process, today=business_date()
            )
        keep_to_the_phase(
            unit.officer, "submit_voice", on=process, process=None, today=business_date()
        )


def test_it_may_be_about_a_single_line_of_the_budget(unit):
    process = started(unit, about="budget_line:0190a000-0000-7000-8000-000000000001")
    assert Deed.objects.get(verb="start_process").public["about"] == process.about
