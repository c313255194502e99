"""An alert's life by its table, its clocks in working days, and what follows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.monitoring import Level, Signal, Spot
from gongzhi.core.monitoring.alert import (
    ENDS,
    TRANSITIONS,
    Alert,
    Choice,
    Side,
    Stage,
    Step,
    advanced,
    due_of,
    open_alert,
    round_of,
    steps_open_to,
    why_not,
)
from gongzhi.core.monitoring.consequences import ConsequenceKind, consequences_due
from gongzhi.core.terms import Said
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.words import LANGUAGES, say

SICHUAN = load_monitoring("sichuan-2025")
CALENDAR = load_calendar()
OPENED = date(2026, 5, 6)
RED = Signal(
    code="below_mark",
    level=Level.RED,
    where=Spot(),
    said=Said("执行率低于规定进度"),
    arithmetic="200 ÷ 1,000 = 20% < 25%",
    clause="sichuan-2025/below_mark@2025-01-01",
    since=date(2026, 4, 30),
    warns=True,
)
BLUE = replace(RED, code="target_low", level=Level.BLUE, warns=False)


def alert(*steps: Step, **changes) -> Alert:
    first = Alert(key="一", project="桥", year=2026, round=4, opened_on=OPENED, signals=(RED,))
    first = replace(first, **changes)
    for step in steps:
        first = advanced(first, step)
    return first


def step(verb: str, day: int, *, choice: Choice | None = None) -> Step:
    reason = "" if verb == "propose_suspension" else "原因"
    return Step(verb=verb, on=OPENED + timedelta(days=day), choice=choice, reason=reason)


def answered(choice: Choice = Choice.CONTINUE, *, day: int = 5) -> Step:
    return step("answer_alert", day, choice=choice)


def due(found: Alert) -> date:
    return due_of(found, clocks=SICHUAN.clocks, calendar=CALENDAR).on


def test_an_alert_opens_once_a_round_for_what_warns():
    ask = {"project": "桥", "clocks": SICHUAN.clocks, "today": OPENED}
    first = open_alert("一", signals=(RED, BLUE), **ask)
    assert (first.year, first.round, first.signals, first.level) == (2026, 4, (RED,), Level.RED)
    assert open_alert("二", signals=(RED,), known=(first,), **ask) is None
    assert open_alert("二", signals=(BLUE,), **ask) is None
    later = {**ask, "today": date(2026, 7, 1)}
    assert open_alert("二", signals=(RED,), known=(first,), **later).round == 6
    assert open_alert("二", signals=(RED,), known=(replace(first, project="路"),), **ask)


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 4, 29), (2025, 10)),
        (date(2026, 4, 30), (2026, 4)),
        (date(2026, 6, 29), (2026, 4)),
        (date(2026, 12, 31), (2026, 10)),
    ],
)
def test_a_round_is_judged_from_the_end_of_its_month(today, found):
    assert round_of(today, rounds=SICHUAN.clocks.rounds) == found


LIVES = [
    ([answered(), step("file_plan", 9), step("report_done", 40), step("pass_check", 50)], "closed"),
    ([answered(), step("accept_answer", 9)], "closed"),
    ([answered(Choice.CANCEL), step("report_done", 40), step("pass_check", 50)], "closed"),
    ([answered(Choice.REALLOCATE), step("report_done", 40)], "reported"),
    ([answered(), step("return_answer", 9)], "open"),
    ([answered(), step("file_plan", 9), step("return_plan", 12)], "answered"),
    (
        [answered(), step("file_plan", 9), step("report_done", 40), step("fail_check", 50)],
        "answered",
    ),
    ([step("propose_suspension", 20)], "unanswered"),
    ([step("propose_suspension", 20), step("decide_suspension", 22)], "unanswered"),
    ([step("propose_suspension", 20), answered(day=25)], "answered"),
    ([step("withdraw_alert", 2)], "withdrawn"),
]


@pytest.mark.parametrize(("steps", "stage"), LIVES)
def test_an_alert_goes_its_way(steps, stage):
    assert alert(*steps).stage == stage


@pytest.mark.parametrize(
    ("before", "refused", "why"),
    [
        ([], step("file_plan", 3), "预警现在的状态不能这样办理"),
        ([], step("answer_alert", 3), "请选择继续执行、调剂或取消"),
        ([], Step(verb="answer_alert", on=OPENED, choice=Choice.CANCEL), "请写明理由"),
        ([], Step(verb="answer_alert", on=OPENED, choice=Choice.CANCEL, reason=" "), "请写明理由"),
        ([], answered(day=-1), "日期早于上一步"),
        ([answered()], step("file_plan", 3), "日期早于上一步"),
        ([answered()], step("accept_answer", 9, choice=Choice.CANCEL), "这一步不作选择"),
        ([answered(Choice.CANCEL)], step("file_plan", 9), "预警现在的状态不能这样办理"),
        ([answered(Choice.CANCEL)], step("accept_answer", 9), "预警现在的状态不能这样办理"),
        ([step("withdraw_alert", 2)], answered(), "预警现在的状态不能这样办理"),
    ],
)
def test_a_step_that_may_not_be_taken_says_why(before, refused, why):
    said = why_not(alert(*before), refused)
    assert say(said, "zh") == why
    assert say(said, "en") != why
    with pytest.raises(AssertionError, match="may not be taken"):
        advanced(alert(*before), refused)


def test_clocks_count_working_days_from_the_alert_or_its_return():
    assert due(alert()) == date(2026, 5, 19)  # ten; 9 May is worked
    assert due(alert(answered())) == date(2026, 5, 26)  # fifteen, not from the answer
    assert due(alert(answered(Choice.CANCEL))) > date(2026, 7, 1)  # sixty
    returned = alert(answered(), step("return_answer", 9))
    assert due(returned) == date(2026, 5, 29)  # ten from 15 May
    reported = alert(answered(), step("file_plan", 9), step("report_done", 40))
    assert due(reported) > reported.steps[-1].on
    for steps, stage in LIVES:
        ended = due_of(alert(*steps), clocks=SICHUAN.clocks, calendar=CALENDAR) is None
        assert ended == (Stage(stage) in ENDS)


def consequences(*alerts: Alert, today: date, **more):
    return consequences_due(alerts, today=today, rules=SICHUAN, calendar=CALENDAR, **more)


def test_no_answer_in_time_ends_in_a_proposal_to_suspend_and_stays_to_be_seen():
    assert consequences(alert(), today=date(2026, 5, 19)) == ()
    [found] = consequences(alert(), today=date(2026, 5, 20))
    assert (found.kind, found.of_itself) == (ConsequenceKind.SUSPENSION, True)
    assert "暂停拨付建议，由财政部门决定" in say(found.said, "zh")
    proposed = alert(step("propose_suspension", 15))
    [still] = consequences(proposed, today=date(2026, 8, 1))
    assert still.kind is ConsequenceKind.LATE
    assert consequences(alert(answered()), today=date(2026, 5, 20)) == ()


def test_where_the_rule_doesnt_suspend_lateness_is_told():
    mild = replace(SICHUAN, clocks=replace(SICHUAN.clocks, suspends=False))
    [found] = consequences_due([alert()], today=date(2026, 6, 1), rules=mild, calendar=CALENDAR)
    assert found.kind is ConsequenceKind.LATE


def test_every_delay_is_told_in_both_languages():
    for steps, _ in LIVES:
        for found in consequences(alert(*steps), today=date(2027, 3, 1)):
            assert all(say(found.said, language) for language in LANGUAGES)
            assert "{" not in say(found.said, "en")


def in_a_row(*rounds: tuple[int, int]) -> list[Alert]:
    return [
        alert(key=f"{year}-{month}", year=year, round=month, opened_on=date(year, month, 28))
        for year, month in rounds
    ]


@pytest.mark.parametrize(
    ("rounds", "completed"),
    [
        ([(2026, 4), (2026, 6), (2026, 8)], "2026-8"),
        ([(2026, 8), (2026, 10), (2027, 4)], "2027-4"),
        ([(2026, 4), (2026, 6), (2026, 10)], None),
        ([(2026, 4), (2026, 6)], None),
        ([(2025, 10), (2026, 4), (2026, 6), (2026, 8)], "2026-6"),
    ],
)
def test_three_rounds_in_a_row_end_in_a_visit(rounds, completed):
    found = consequences(*in_a_row(*rounds), today=date(2027, 5, 1))
    visits = [each.alert for each in found if each.kind is ConsequenceKind.VISIT]
    assert visits == ([completed] if completed else [])


def test_a_visit_settles_the_row_and_withdrawn_alerts_dont_count():
    row = in_a_row((2026, 4), (2026, 6), (2026, 8))
    today = date(2026, 9, 1)
    visited = consequences(*row, today=today, visited_on={"桥": date(2026, 8, 30)})
    assert ConsequenceKind.VISIT not in {each.kind for each in visited}
    wrong = advanced(row[1], Step(verb="withdraw_alert", on=date(2026, 7, 1), reason="数据有误"))
    found = consequences(row[0], wrong, row[2], today=today)
    assert ConsequenceKind.VISIT not in {each.kind for each in found}
    others = [replace(each, project="路") for each in row[:1]]
    assert ConsequenceKind.VISIT in {each.kind for each in consequences(*row, *others, today=today)}


def test_every_stage_but_the_ends_leads_on_and_every_stage_is_reached():
    reached = {Stage.OPEN} | {each.to for each in TRANSITIONS}
    assert reached == set(Stage)
    assert {each.stage for each in TRANSITIONS} == set(Stage) - set(ENDS)
    pairs = [(each.stage, each.verb) for each in TRANSITIONS]
    assert len(pairs) == len(set(pairs))
    assert {each.side for each in TRANSITIONS if each.verb == "propose_suspension"} == {Side.SYSTEM}


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_is_done_an_alert_stands_in_one_stage_and_forgets_nothing(data):
    found, day = alert(), 0
    for _ in range(data.draw(st.integers(0, 12))):
        if not steps_open_to(found):
            break
        taken = data.draw(st.sampled_from(steps_open_to(found)))
        day += data.draw(st.integers(0, 9))
        choice = data.draw(st.sampled_from(Choice)) if taken.needs_choice else None
        before = found.steps
        found = advanced(found, step(taken.verb, day, choice=choice))
        assert (found.stage, found.steps[:-1]) == (taken.to, before)
    assert bool(steps_open_to(found)) == (found.stage not in ENDS)
    assert OPENED <= found.running_since <= OPENED + timedelta(days=day)
