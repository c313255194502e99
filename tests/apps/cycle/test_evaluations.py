"""Evaluation by many: independent, hidden until all are in, heard, answered by another."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

import city_hall
from apps.cycle.evaluated import (
    INDEPENDENT,
    WHY,
    YEAR,
    assignment,
    bureau_of,
    evaluator,
    handed_in,
    marks,
    sent,
)
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.core.scoring.sheet import Mark, score_sheet
from gongzhi.core.terms import FormType
from gongzhi.cycle import actions as cycle
from gongzhi.cycle.actions import evaluations, hearing
from gongzhi.cycle.declared import missing_of
from gongzhi.cycle.evaluated_facts import facts_of, newest_sheet, sheet_of
from gongzhi.cycle.evaluation_waiting import due_of
from gongzhi.cycle.models import (
    Evaluation,
    EvaluationStep,
    Objection,
    ScoreSheet,
    WorkingPaper,
)
from gongzhi.cycle.panels import panel_for
from gongzhi.parties.actions.offices import declare_conflict
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused, may
from gongzhi.parties.models import Deed, SealedValue
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs import load_packs

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(region):
    return bureau_of(region)


@pytest.fixture
def firm(region):
    return evaluator("F1", kind="evaluator", within=region)


@pytest.fixture
def society(region):
    return evaluator("S1", kind="social", within=region)


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


def commissioned(unit, bureau, by, *, kind="third_party") -> Evaluation:
    return evaluations.choose_evaluation(
        by=bureau.first,
        assignment=assignment(unit, by.organisation, kind=kind),
        commissioner=bureau.organisation,
    )


def started(unit, society, **more) -> Evaluation:
    return evaluations.start_evaluation(
        by=society.first,
        assignment=assignment(unit, society.organisation, kind="social"),
        independence=INDEPENDENT,
        declared=more,
    )


def test_several_parties_evaluate_and_all_open_together(disclosed, bureau, firm, society):
    first = commissioned(disclosed, bureau, firm)
    second = started(disclosed, society)
    handed_in(first, firm)
    assert first.stage == "handed_in"
    assert not ScoreSheet.objects.visible_to(society.first).filter(evaluation=first).exists()
    handed_in(second, society, share="0.9")
    for each in (first, second):
        each.refresh_from_db()
        assert each.stage == "opened"
    assert ScoreSheet.objects.visible_to(society.first).filter(evaluation=first).exists()
    assert ScoreSheet.objects.visible_to(firm.first).filter(evaluation=second).exists()
    assert Deed.objects.filter(verb="open_evaluations").count() == 2


def test_the_last_that_falls_away_opens_the_others(disclosed, bureau, firm, society):
    first = handed_in(commissioned(disclosed, bureau, firm), firm)
    other = evaluator("F2", kind="evaluator", within=firm.organisation.region)
    second = commissioned(disclosed, bureau, other)
    assert first.stage == "opened"  # it was alone when it came in
    evaluations.withdraw_evaluation(by=bureau.first, evaluation=second, reason="委托取消")
    third = handed_in(started(disclosed, society), society)
    assert third.stage == "opened"


def test_what_was_withdrawn_leaves_neither_its_rules_nor_its_frame(disclosed, bureau, firm):
    own = assignment(disclosed, firm.organisation, kind="third_party")
    elsewhere = replace(own, pack="hubei-20-80")
    row = evaluations.choose_evaluation(
        by=bureau.first, assignment=elsewhere, commissioner=bureau.organisation
    )
    assert panel_for(VISITOR, disclosed.project, year=YEAR).pack == "hubei-20-80"
    evaluations.withdraw_evaluation(by=bureau.first, evaluation=row, reason="委托取消")
    panel = panel_for(VISITOR, disclosed.project, year=YEAR)
    assert (panel.pack, panel.frame, panel.score) == (city_hall.PACK, None, None)


def test_nobody_evaluates_itself(disclosed, bureau, society):
    with pytest.raises(Refused) as refused:
        evaluations.choose_evaluation(
            by=bureau.first,
            assignment=assignment(disclosed, disclosed.organisation, kind="finance"),
            commissioner=bureau.organisation,
        )
    assert "3.3" in refused.value.clauses


def test_whoever_has_a_conflict_of_interest_takes_no_evaluation_on(disclosed, bureau, firm):
    evaluation = commissioned(disclosed, bureau, firm)
    declare_conflict(
        by=firm.first,
        about=disclosed.organisation.thing(),
        reason="曾经任职",
        since_on=date(2020, 1, 1),
    )
    with pytest.raises(Refused) as refused:
        evaluations.accept_assignment(
            by=firm.first, evaluation=evaluation, independence=INDEPENDENT, declared={}
        )
    assert "3.6" in refused.value.clauses
    evaluations.decline_assignment(by=firm.first, evaluation=evaluation, reason="曾经任职")
    assert evaluation.stage == "declined"


def test_independence_is_declared_before_anything_is_scored(disclosed, bureau, firm):
    evaluation = commissioned(disclosed, bureau, firm)
    with pytest.raises(Refused):
        evaluations.draft_sheet(
            by=firm.first, evaluation=evaluation, marks=marks(evaluation), seen=0
        )
    with pytest.raises(Unsuitable) as unsuitable:
        evaluations.accept_assignment(
            by=firm.first, evaluation=evaluation, independence=" ", declared={}
        )
    assert "independence" in unsuitable.value.faults


def test_a_kind_is_done_by_its_parties_with_a_reason_and_once(disclosed, bureau, firm, society):
    for kind, by, because in (
        ("social", firm, WHY),
        ("third_party", society, WHY),
        ("nothing", firm, WHY),
        ("third_party", firm, " "),
    ):
        with pytest.raises(Unsuitable):
            evaluations.choose_evaluation(
                by=bureau.first,
                assignment=assignment(disclosed, by.organisation, kind=kind, because=because),
                commissioner=bureau.organisation,
            )
    commissioned(disclosed, bureau, firm)
    with pytest.raises(Unsuitable):
        commissioned(disclosed, bureau, firm)


def test_a_social_organisation_evaluates_only_what_is_disclosed(unit, society):
    with pytest.raises(Refused):
        started(unit, society)


def test_what_a_social_organisation_does_not_state_is_told(disclosed, society):
    evaluation = started(disclosed, society, funding="自有资金", method="走访")
    assert missing_of(evaluation) == (
        "sample", "sources", "period", "responsible", "ties",
    )  # fmt: skip


def test_a_sheet_with_gaps_is_not_handed_in(disclosed, bureau, firm):
    evaluation = commissioned(disclosed, bureau, firm)
    evaluations.accept_assignment(
        by=firm.first, evaluation=evaluation, independence=INDEPENDENT, declared={}
    )
    with pytest.raises(Unsuitable) as unsuitable:
        evaluations.hand_in_evaluation(by=firm.first, evaluation=evaluation, declared={})
    assert unsuitable.value.faults.keys() == {"sheet"}
    half = marks(evaluation)[:3]
    evaluations.draft_sheet(by=firm.first, evaluation=evaluation, marks=half, seen=0)
    with pytest.raises(Unsuitable) as unsuitable:
        evaluations.hand_in_evaluation(by=firm.first, evaluation=evaluation, declared={})
    assert any(name.startswith("mark-") for name in unsuitable.value.faults)


def test_r08_whoever_writes_over_a_later_sheet_is_told(disclosed, society):
    evaluation = started(disclosed, society)
    given = marks(evaluation)
    evaluations.draft_sheet(by=society.first, evaluation=evaluation, marks=given, seen=0)
    with pytest.raises(Unsuitable) as unsuitable:
        evaluations.draft_sheet(by=society.second, evaluation=evaluation, marks=given, seen=0)
    assert unsuitable.value.faults["seen"].values == {"number": 1}
    evaluations.draft_sheet(by=society.second, evaluation=evaluation, marks=given, seen=1)
    assert [row.number for row in evaluation.sheets.all()] == [1, 2]


def test_s06_no_step_is_skipped(disclosed, bureau, firm):
    evaluation = handed_in(commissioned(disclosed, bureau, firm), firm)
    unit = disclosed.officer
    with pytest.raises(Refused):
        hearing.object_to_evaluation(by=unit, evaluation=evaluation, line="", reason="不对")
    with pytest.raises(Refused):
        hearing.conclude_evaluation(by=bureau.second, evaluation=evaluation, conclusion="良")
    with pytest.raises(Refused):
        evaluations.open_evaluations(by=SYSTEM, evaluation=evaluation)
    with pytest.raises(Refused):
        evaluations.draft_sheet(by=firm.first, evaluation=evaluation, marks=(), seen=1)


def test_s07_another_reviewer_than_the_author_answers(disclosed, bureau, firm):
    evaluation = sent(handed_in(commissioned(disclosed, bureau, firm), firm), bureau.first)
    line = marks(evaluation)[0].line
    objection = hearing.object_to_evaluation(
        by=disclosed.officer, evaluation=evaluation, line=line, reason="漏看了批复", evidence="批复"
    )
    answer = {
        "evaluation": evaluation,
        "objection": objection.pk,
        "outcome": "upheld",
        "reason": "已补看批复",
        "points": Decimal(1),
    }
    with pytest.raises(Refused) as refused:
        hearing.answer_objection(by=firm.first, **answer)
    assert "3.3" in refused.value.clauses
    twice = replace(firm.second, person=firm.first.person)
    with pytest.raises(Refused):
        hearing.answer_objection(by=twice, **answer)
    hearing.answer_objection(by=firm.second, **answer)
    assert evaluation.stage == "answered"
    changed = newest_sheet(evaluation)
    assert (changed.number, changed.because) == (2, "已补看批复")
    assert Mark(line=line, points=Decimal(1), reason="已补看批复") in sheet_of(changed).marks


def test_who_upheld_one_objection_answers_the_next(disclosed, bureau, firm):
    evaluation = sent(handed_in(commissioned(disclosed, bureau, firm), firm), bureau.first)
    first, second = (
        hearing.object_to_evaluation(
            by=disclosed.officer, evaluation=evaluation, line=each.line, reason="漏看了批复"
        )
        for each in marks(evaluation)[:2]
    )
    for objection, outcome, points in (
        (first, "upheld", Decimal(1)),
        (second, "dismissed", None),
    ):
        hearing.answer_objection(
            by=firm.second,
            evaluation=evaluation,
            objection=objection.pk,
            outcome=outcome,
            reason="已经核对",
            points=points,
        )
    assert evaluation.stage == "answered"


def test_what_is_rejected_changes_no_points(disclosed, bureau, firm):
    evaluation = sent(handed_in(commissioned(disclosed, bureau, firm), firm), bureau.first)
    objection = hearing.object_to_evaluation(
        by=disclosed.officer, evaluation=evaluation, line="", reason="总体偏低"
    )
    for outcome, reason, points in (
        ("dismissed", "没有新证据", Decimal(1)),
        ("upheld", "有理", Decimal(1)),  # no line whose points could change
        ("dismissed", " ", None),
        ("perhaps", "再议", None),
    ):
        with pytest.raises(Unsuitable):
            hearing.answer_objection(
                by=firm.second,
                evaluation=evaluation,
                objection=objection.pk,
                outcome=outcome,
                reason=reason,
                points=points,
            )
    hearing.answer_objection(
        by=firm.second,
        evaluation=evaluation,
        objection=objection.pk,
        outcome="dismissed",
        reason="没有新证据",
    )
    assert (evaluation.stage, evaluation.sheets.count()) == ("answered", 1)


def test_the_evaluated_has_its_days_before_anything_is_concluded(disclosed, bureau, firm, settings):
    settings.DEMO = True  # so that days go by
    evaluation = sent(handed_in(commissioned(disclosed, bureau, firm), firm), bureau.first)
    with pytest.raises(Unsuitable):
        hearing.conclude_evaluation(by=bureau.second, evaluation=evaluation, conclusion="良")
    last = hearing.heard_until(evaluation).on
    move_business_date(to=last + timedelta(days=1))
    with pytest.raises(Unsuitable):
        hearing.object_to_evaluation(
            by=disclosed.officer, evaluation=evaluation, line="", reason="太迟"
        )
    hearing.conclude_evaluation(by=bureau.second, evaluation=evaluation, conclusion="总体良好")
    assert evaluation.stage == "concluded"


def test_once_the_days_of_the_evaluated_are_over_a_conclusion_is_awaited(disclosed, bureau, firm):
    evaluation = sent(handed_in(commissioned(disclosed, bureau, firm), firm), bureau.first)
    last = hearing.heard_until(evaluation).on
    heard, silent = (due_of(evaluation, today=last + timedelta(days=n)) for n in (0, 1))
    assert (heard.verb, heard.due_on) == ("object_to_evaluation", last)
    assert heard.organisation == str(disclosed.organisation.pk)
    assert (silent.verb, silent.opened_on) == ("conclude_evaluation", last)
    assert silent.organisation == str(bureau.organisation.pk)
    assert silent.due_on > last


def test_what_is_acknowledged_can_be_concluded_at_once(disclosed, bureau, firm):
    evaluation = sent(handed_in(commissioned(disclosed, bureau, firm), firm), bureau.first)
    hearing.acknowledge_evaluation(
        by=disclosed.officer, evaluation=evaluation, reason="六月前补齐制度"
    )
    hearing.conclude_evaluation(by=bureau.second, evaluation=evaluation, conclusion="总体良好")
    deed = Deed.objects.get(verb="conclude_evaluation")
    assert deed.public["score"] == "50.00"


def test_a_sheet_adds_up_to_the_same_under_the_rules_of_its_day(disclosed, bureau, firm):
    evaluation = handed_in(commissioned(disclosed, bureau, firm), firm)
    row = newest_sheet(evaluation)
    again = score_sheet(sheet_of(row), pack=load_packs()[evaluation.pack])
    assert (again.total, again.grade) == (row.total, row.grade)


def test_the_log_says_nothing_of_what_is_hidden(disclosed, bureau, firm):
    evaluation = commissioned(disclosed, bureau, firm)
    handed_in(evaluation, firm)
    deeds = Deed.objects.filter(verb__in=["draft_sheet", "hand_in_evaluation"])
    assert deeds.count() == 2
    for deed in deeds:
        assert deed.public.keys() <= {"deed", "number", "stage"}
        assert SealedValue.objects.filter(deed=deed.pk, field="record").exists()


def test_who_reads_a_sheet_before_and_after(disclosed, other, bureau, firm, society):
    """Stage by stage: its evaluator, the rest of the panel, who commissioned, the evaluated."""
    evaluation = commissioned(disclosed, bureau, firm)
    beside = started(disclosed, society)
    readers = {
        "evaluator": firm.first,
        "panel": society.first,
        "bureau": bureau.first,
        "evaluated": disclosed.officer,
        "another": other.officer,
        "visitor": VISITOR,
    }

    def reading() -> set[str]:
        found = {
            name
            for name, member in readers.items()
            if ScoreSheet.objects.visible_to(member).filter(evaluation=evaluation).exists()
        }
        papers = {
            name
            for name, member in readers.items()
            if WorkingPaper.objects.visible_to(member).filter(evaluation=evaluation).exists()
        }
        assert papers == found
        return found

    evaluations.accept_assignment(
        by=firm.first, evaluation=evaluation, independence=INDEPENDENT, declared={}
    )
    evaluations.file_working_paper(
        by=firm.first, evaluation=evaluation, line="", text="查看了立项批复"
    )
    evaluations.draft_sheet(by=firm.first, evaluation=evaluation, marks=marks(evaluation), seen=0)
    assert reading() == {"evaluator"}
    evaluations.hand_in_evaluation(by=firm.first, evaluation=evaluation, declared={})
    assert reading() == {"evaluator"}
    handed_in(beside, society)
    assert reading() == {"evaluator", "panel", "bureau"}
    sent(evaluation, bureau.first)
    assert reading() == {"evaluator", "panel", "bureau", "evaluated"}
    hearing.acknowledge_evaluation(by=disclosed.officer, evaluation=evaluation, reason="认可")
    hearing.conclude_evaluation(by=bureau.second, evaluation=evaluation, conclusion="良好")
    assert reading() == readers.keys()


def test_objections_are_read_by_those_who_read_the_sheet(disclosed, other, bureau, firm):
    evaluation = sent(handed_in(commissioned(disclosed, bureau, firm), firm), bureau.first)
    hearing.object_to_evaluation(
        by=disclosed.officer, evaluation=evaluation, line="", reason="总体偏低"
    )
    assert Objection.objects.visible_to(firm.first).exists()
    assert not Objection.objects.visible_to(other.officer).exists()
    assert not Objection.objects.visible_to(VISITOR).exists()


def test_what_is_said_in_the_hearing_is_read_by_those_who_read_the_sheet(
    disclosed, other, bureau, firm
):
    evaluation = sent(handed_in(commissioned(disclosed, bureau, firm), firm), bureau.first)
    hearing.object_to_evaluation(
        by=disclosed.officer, evaluation=evaluation, line="", reason="总体偏低"
    )

    def words(member):
        return [step.words for step in EvaluationStep.objects.visible_to(member) if step.words]

    for member in (firm.first, bureau.first, disclosed.officer):
        assert words(member) == [WHY, "总体偏低"]
    for member in (other.officer, VISITOR):
        assert words(member) == [WHY]
        assert EvaluationStep.objects.visible_to(member).count() == evaluation.steps.count()
    evaluation.stage = "concluded"
    evaluation.save()
    assert words(VISITOR) == [WHY, "总体偏低"]


def test_s07_whoever_scored_does_not_conclude(disclosed, society):
    evaluation = handed_in(started(disclosed, society), society)
    hearing.send_evaluation(by=society.first, evaluation=evaluation)
    hearing.acknowledge_evaluation(by=disclosed.officer, evaluation=evaluation, reason="认可")
    with pytest.raises(Refused) as refused:
        hearing.conclude_evaluation(by=society.first, evaluation=evaluation, conclusion="好")
    assert "3.3" in refused.value.clauses
    hearing.conclude_evaluation(by=society.second, evaluation=evaluation, conclusion="好")


def test_the_years_are_kept_apart(disclosed, bureau, firm):
    evaluation = commissioned(disclosed, bureau, firm)
    assert (evaluation.fiscal_year, evaluation.due_on > evaluation.chosen_on) == (YEAR, True)


def test_a_monitoring_form_is_no_self_evaluation(disclosed):
    """Though it was published later, and corrected."""
    form = replace(city_hall.form(), form_type=FormType.MONITORING)

    def drafted():
        return cycle.draft_form(
            by=disclosed.officer,
            project=disclosed.project,
            form=form,
            fiscal_year=YEAR,
            pack=city_hall.PACK,
        )

    cycle.publish_form(by=disclosed.reviewer, version=drafted(), review="可以公开")
    cycle.correct_form(
        by=disclosed.reviewer, version=drafted(), review="可以公开", reason="数字有误"
    )
    panel = panel_for(VISITOR, disclosed.project, year=YEAR)
    assert panel.self_evaluation.form_type == FormType.SELF_EVALUATION
    facts = facts_of(disclosed.project, year=YEAR, today=business_date())
    assert facts.form.form_type == FormType.SELF_EVALUATION


def test_of_each_sheet_the_panel_counts_the_newest(disclosed, bureau, firm, society):
    first = handed_in(commissioned(disclosed, bureau, firm), firm)
    handed_in(started(disclosed, society), society)
    sent(first, bureau.first)
    line = marks(first)[0].line
    objection = hearing.object_to_evaluation(
        by=disclosed.officer, evaluation=first, line=line, reason="漏看了批复"
    )
    hearing.answer_objection(
        by=firm.second,
        evaluation=first,
        objection=objection.pk,
        outcome="upheld",
        reason="已补看",
        points=Decimal(1),
    )
    sheets = panel_for(firm.first, disclosed.project, year=YEAR).sheets
    assert [each.row.number for each in sheets] == [2, 1]
    assert sheets[0].judged.points[line] == 1


def test_whoever_is_asked_later_sees_no_other_sheet_before_its_own_is_in(
    disclosed, bureau, firm, society
):
    first = handed_in(commissioned(disclosed, bureau, firm), firm)
    assert ScoreSheet.objects.visible_to(bureau.first).filter(evaluation=first).exists()
    own = commissioned(disclosed, bureau, bureau, kind="finance")
    for sheet in first.sheets.all():
        assert not may(bureau.first, "view_score_sheet", sheet)
    assert not ScoreSheet.objects.visible_to(bureau.first).filter(evaluation=first).exists()
    handed_in(own, bureau)
    assert ScoreSheet.objects.visible_to(bureau.first).filter(evaluation=first).exists()
