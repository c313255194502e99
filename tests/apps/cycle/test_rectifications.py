"""What a unit is told and puts right: due, planned, reported with evidence, checked by another."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

import city_hall
from apps.cycle.evaluated import assignment, bureau_of, evaluator
from apps.cycle.rectified import (
    ASKED,
    WORDS,
    attached,
    concluded,
    go_to,
    measure,
    planned,
    reported,
    told,
)
from gongzhi.core.charter import VISITOR
from gongzhi.core.working_days import working_days_between
from gongzhi.cycle.actions import evaluations, rectifications
from gongzhi.cycle.actions.rectifications import Demand
from gongzhi.cycle.feedback_told import told_of_audit, told_of_evaluation, told_of_panel
from gongzhi.cycle.models import Feedback, Rectification, RectificationStep
from gongzhi.cycle.open_matters import open_matters
from gongzhi.cycle.panels import panel_for
from gongzhi.cycle.rectification_waiting import due_of, waiting_for, waiting_within
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.packs.monitoring import load_monitoring

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(region):
    return bureau_of(region)


@pytest.fixture
def firm(region):
    return evaluator("F1", kind="evaluator", within=region)


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


@pytest.fixture
def evaluation(disclosed, bureau, firm):
    return concluded(disclosed, bureau, firm)


@pytest.fixture
def row(evaluation, bureau) -> Rectification:
    return told(evaluation, bureau).rectifications.get()


def days_to(day: date) -> int:
    return working_days_between(business_date(), day, calendar=load_calendar())


def test_a_letter_tells_every_line_that_lost_points_and_asks_for_what_it_names(evaluation, bureau):
    letter = told(evaluation, bureau, lines=2)
    assert len(letter.found()) == len(evaluation.frame["lines"])
    assert (letter.words, letter.score) == (WORDS, 50)
    asked = list(letter.rectifications.order_by("id"))
    assert [each.line for each in asked] == [each.line for each in letter.found()[:2]]
    assert {each.demand for each in asked} == {ASKED}
    assert all(each.grave for each in asked)  # half of the points is below the usual 60 %
    deed = Deed.objects.get(verb="send_feedback")
    assert deed.public["rectifications"] == [str(each.pk) for each in asked]
    assert WORDS not in str(deed.public)


def test_the_days_are_those_of_clause_4_16(row):
    clocks = load_monitoring(row.feedback.pack).clocks
    assert (clocks.plan, clocks.report) == (15, 60)
    assert days_to(row.plan_due_on) == clocks.plan
    assert days_to(row.report_due_on) == clocks.report


def test_nobody_is_told_before_the_conclusion_or_twice(disclosed, bureau, firm, evaluation):
    other = evaluator("F2", kind="evaluator", within=firm.organisation.region)
    evaluation.stage = "answered"
    with pytest.raises(Refused):
        told(evaluation, bureau)
    evaluation.refresh_from_db()
    told(evaluation, bureau)
    with pytest.raises(Unsuitable) as unsuitable:
        told(evaluation, bureau)
    assert "words" in unsuitable.value.faults
    assert told(concluded(disclosed, bureau, other), bureau).pk


def test_a_letter_about_the_panel_waits_for_all_of_it(disclosed, bureau, firm, evaluation):
    year, sender = evaluation.fiscal_year, bureau.organisation

    def panel_told():
        panel = panel_for(bureau.first, disclosed.project, year=year)
        return told_of_panel(panel, project=disclosed.project, year=year, sender=sender)

    panel = panel_told()
    letter = rectifications.send_feedback(by=bureau.first, told=panel, words=WORDS)
    assert letter.score == panel.letter.score is not None
    assert letter.grade
    assert not letter.rectifications.exists()
    other = evaluator("F2", kind="evaluator", within=firm.organisation.region)
    evaluations.choose_evaluation(
        by=bureau.first,
        assignment=assignment(disclosed, other.organisation, kind="third_party"),
        commissioner=sender,
    )
    with pytest.raises(Refused):
        rectifications.send_feedback(by=bureau.first, told=panel_told(), words=WORDS)


def test_a_line_that_lost_nothing_is_not_asked_for(disclosed, bureau, firm):
    full = concluded(disclosed, bureau, firm, share="1")
    to_tell = told_of_evaluation(full, sender=bureau.organisation)
    assert to_tell.lines == ()
    with pytest.raises(Unsuitable):
        rectifications.send_feedback(
            by=bureau.first,
            told=to_tell,
            words=WORDS,
            demands=[Demand(key=f"{full.pk}:grounds", demand=ASKED)],
        )
    assert not Feedback.objects.exists()


def test_what_the_auditors_published_is_asked_for_by_the_bureau_alone(disclosed, bureau):
    def told_by(member, **more):
        document = more.pop("document", "审计公告 2026 年第 3 号")
        to_tell = told_of_audit(
            disclosed.project, year=2026, sender=bureau.organisation, document_number=document
        )
        demand = Demand(demand=ASKED, found="超范围支出 3 万元", grave=True)
        return rectifications.order_rectification(
            by=member, told=to_tell, words=WORDS, demands=more.pop("demands", [demand])
        )

    with pytest.raises(Refused):
        told_by(disclosed.officer)
    for bad in ({"document": " "}, {"demands": []}, {"demands": [Demand(demand=ASKED)]}):
        with pytest.raises(Unsuitable):
            told_by(bureau.first, **bad)
    letter = told_by(bureau.first)
    assert letter.rectifications.get().grave
    assert letter.source == "audit"


def test_it_is_planned_reported_with_evidence_and_passed_by_another(row, disclosed, bureau):
    planned(row, disclosed)
    assert row.stage == "planned"
    reported(row, disclosed)
    assert row.stage == "reported"
    assert days_to(row.check_due_on) == load_monitoring(row.feedback.pack).clocks.check
    rectifications.pass_rectification(by=bureau.second, rectification=row, reason="属实")
    assert row.stage == "passed"
    assert row.due_on is None
    (told,) = row.measures()
    assert (told.what, told.done, told.evidence) == ("补签合同", "已补签", "合同扫描件")
    verbs = list(RectificationStep.objects.values_list("verb", flat=True))
    assert verbs == ["plan_rectification", "report_rectification", "pass_rectification"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cycle_scoresheet SET number = number + 1",
        "DELETE FROM cycle_scoresheet",
        "UPDATE cycle_evaluationstep SET reason = '另一个理由'",
        "UPDATE cycle_feedback SET words = '一切都好', score = 100",
        "DELETE FROM cycle_feedback",
        "UPDATE cycle_rectificationstep SET reason = '另一个理由'",
        "DELETE FROM cycle_rectificationstep",
    ],
)
def test_the_database_itself_keeps_what_was_judged_and_told(row, disclosed, statement: str):
    planned(row, disclosed)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_who_may_read_a_letter_can_change_what_it_says_not(row):
    Feedback.objects.update(label="internal")
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        Feedback.objects.update(label="public", grade="优")


def test_a_report_without_evidence_is_kept_out(row, disclosed):
    planned(row, disclosed)
    with pytest.raises(Unsuitable) as unsuitable:
        rectifications.report_rectification(
            by=disclosed.officer, rectification=row, measures=[measure(done="已补签")], reason="好"
        )
    assert set(unsuitable.value.faults) == {"evidence-0"}
    row.refresh_from_db()
    assert row.stage == "planned"
    attached(row, disclosed)
    rectifications.report_rectification(
        by=disclosed.officer, rectification=row, measures=[measure(done="已补签")], reason="好"
    )
    assert row.stage == "reported"


def test_a_report_changes_nothing_of_the_plan(row, disclosed):
    planned(row, disclosed)
    rectifications.report_rectification(
        by=disclosed.officer,
        rectification=row,
        measures=[measure(what="另一件事", done="已办", evidence="照片")],
        reason="好",
    )
    assert row.measures()[0].what == "补签合同"


def test_another_deadline_needs_its_reason_and_lies_later(row, disclosed):
    before = row.report_due_on
    for until, reason in ((None, "等验收"), (before, "等验收"), (before + timedelta(days=9), " ")):
        with pytest.raises(Unsuitable):
            rectifications.extend_rectification(
                by=disclosed.officer, rectification=row, until=until, reason=reason
            )
    until = before + timedelta(days=9)
    rectifications.extend_rectification(
        by=disclosed.officer, rectification=row, until=until, reason="等验收"
    )
    row.refresh_from_db()
    assert (row.stage, row.report_due_on) == ("open", until)
    planned(row, disclosed)
    assert due_of(row).due_on == until


def test_what_is_returned_begins_its_clock_anew(row, disclosed, bureau, settings):
    settings.DEMO = True  # so that days go by
    planned(row, disclosed)
    go_to(business_date() + timedelta(days=30))
    rectifications.return_rectification(by=bureau.first, rectification=row, reason="没有责任人")
    clocks = load_monitoring(row.feedback.pack).clocks
    assert row.stage == "open"
    assert days_to(row.plan_due_on) == clocks.plan
    assert days_to(row.report_due_on) == clocks.report
    reported(planned(row, disclosed), disclosed)
    rectifications.return_rectification(by=bureau.first, rectification=row, reason="照片看不清")
    assert (row.stage, row.check_due_on) == ("planned", None)


def test_whoever_reported_does_not_check_even_in_another_office(row, disclosed):
    reported(planned(row, disclosed), disclosed)
    with pytest.raises(Refused):
        rectifications.pass_rectification(by=disclosed.officer, rectification=row, reason="属实")


def test_it_waits_for_the_unit_then_for_the_bureau_and_late_for_who_oversees(
    row, disclosed, bureau
):
    today = business_date()

    def waiting(member):
        return [each.verb for each in waiting_for(member, today=today)]

    assert waiting(disclosed.officer) == ["plan_rectification"]
    assert waiting(bureau.first) == []
    planned(row, disclosed)
    assert waiting(disclosed.officer) == ["report_rectification"]
    assert list(waiting_within(bureau.first, today=row.report_due_on)) == []
    (late,) = waiting_within(bureau.first, today=row.report_due_on + timedelta(days=1))
    assert (late.clause, late.organisation) == ("4.16", str(disclosed.organisation.pk))
    reported(row, disclosed)
    assert waiting(disclosed.officer) == []
    (check,) = waiting_for(bureau.first, today=today)
    assert (check.verb, check.organisation) == ("pass_rectification", str(bureau.organisation.pk))


def test_open_ones_are_counted_by_project(row, disclosed, bureau):
    project = disclosed.project.pk
    assert Rectification.objects.open_for([project]) == {project: 1}
    reported(planned(row, disclosed), disclosed)
    assert Rectification.objects.open_for([project]) == {project: 1}
    rectifications.pass_rectification(by=bureau.second, rectification=row, reason="属实")
    assert Rectification.objects.open_for([project]) == {}


def test_only_what_is_late_counts_against_next_years_money(row, disclosed):
    project, year = disclosed.project.pk, row.feedback.fiscal_year

    def open_on(day: date) -> list[str]:
        found = open_matters([project], year=year, today=day).get(project)
        return [each.thing for each in found.rectifications] if found else []

    planned(row, disclosed)
    assert open_on(row.report_due_on) == []
    assert open_on(row.report_due_on + timedelta(days=1)) == [f"rectification:{row.pk}"]
    reported(row, disclosed)
    assert open_on(row.check_due_on + timedelta(days=1)) == []


def test_letters_of_public_evaluations_are_public_others_are_not(row):
    letter = row.feedback
    assert Rectification.objects.visible_to(VISITOR).filter(pk=row.pk).exists()
    letter.label = "internal"
    letter.save()
    for rows in (Feedback, Rectification, RectificationStep):
        assert not rows.objects.visible_to(VISITOR).exists()


def test_a_score_that_does_not_count_yet_is_not_told(disclosed, bureau, firm, region):
    other = evaluator("F3", kind="evaluator", within=region)
    first = concluded(disclosed, bureau, firm, share="0.2")
    concluded(disclosed, bureau, other, share="1")
    panel = panel_for(bureau.first, disclosed.project, year=first.fiscal_year)
    assert panel.unanswered
    to_tell = told_of_panel(
        panel, project=disclosed.project, year=first.fiscal_year, sender=bureau.organisation
    )
    assert (to_tell.letter.score, to_tell.letter.grade) == (None, "")
