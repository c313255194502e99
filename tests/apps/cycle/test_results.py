"""Next year's money: proposed by rule, decided by somebody else, with its reason; accounted for."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

import city_hall
from apps.cycle import monitored
from apps.cycle.evaluated import assignment, bureau_of, evaluator, handed_in, sent
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.core.fen import FEN
from gongzhi.cycle.actions import evaluations, hearing
from gongzhi.cycle.actions.citizens import evaluate_service
from gongzhi.cycle.actions.results import (
    Decided,
    Told,
    account_for_use,
    decide_result,
    decide_results,
    propose_results,
)
from gongzhi.cycle.citizens import citizens_frame
from gongzhi.cycle.models import (
    Feedback,
    Profile,
    Rectification,
    ResultDecision,
    ResultProposal,
)
from gongzhi.cycle.panels import panel_for
from gongzhi.cycle.result_auditing import result_faults, unequal
from gongzhi.cycle.result_record import proposal_from_record
from gongzhi.cycle.results_waiting import waiting_for
from gongzhi.parties.actions.setting_up import move_business_date, register_person
from gongzhi.parties.deeds import Refused
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable

pytestmark = pytest.mark.django_db
YEAR = city_hall.YEAR
NEXT = YEAR + 1
BUDGET = Decimal("1000000.00")
TODAY = date(NEXT, 3, 2)


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
def today(settings):
    settings.DEMO = True
    return TODAY


@pytest.fixture
def judged(unit):
    """A disclosed project with a budget, most of which was spent, and its own form."""
    city_hall.published(unit)
    monitored.fund(unit, BUDGET, year=YEAR)
    monitored.pay(unit, date(YEAR, 11, 3), BUDGET * Decimal("0.7"))
    unit.project.refresh_from_db()
    return unit


def proposed(unit, bureau, region):
    (found,) = propose_results(
        by=bureau.first, region=region, fiscal_year=NEXT, projects=[unit.project]
    )
    return found


def concluded(unit, bureau, by, *, kind="third_party", share="0.5"):
    """An evaluation of a kind, heard and concluded."""
    if kind == "social":
        evaluation = evaluations.start_evaluation(
            by=by.first,
            assignment=assignment(unit, by.organisation, kind=kind),
            independence="没有利害关系",
            declared={},
        )
        commissioner = by.second
    else:
        evaluation = evaluations.choose_evaluation(
            by=bureau.first,
            assignment=assignment(unit, by.organisation, kind=kind),
            commissioner=bureau.organisation,
        )
        commissioner = bureau.second
    handed_in(evaluation, by, share=share)
    sent(evaluation, commissioner)
    hearing.acknowledge_evaluation(by=unit.officer, evaluation=evaluation, reason="三月底前补齐")
    return hearing.conclude_evaluation(
        by=commissioner, evaluation=evaluation, conclusion="按期完成，数据不齐"
    )


def test_every_yuan_of_a_proposal_belongs_to_a_step(judged, bureau, region):
    found = proposed(judged, bureau, region)
    kept = proposal_from_record(found.record["proposal"])
    assert [step.code for step in kept.steps] == ["execution"]
    assert kept.steps[0].clause == "4.17"
    assert found.base + sum(step.amount for step in kept.steps) == found.result
    assert found.result == Decimal("950000.00")
    assert found.record["facts"]["execution"] == "0.7"
    assert found.record["base_of"] == "budget"


def test_the_grade_of_concluded_evaluations_takes_its_share(judged, bureau, firm, region):
    concluded(judged, bureau, firm, share="0.7")
    found = proposed(judged, bureau, region)
    assert found.record["facts"]["grade"] == "中"
    assert found.use == "reduce"
    assert found.result == Decimal("850000.00")


def test_what_is_not_concluded_does_not_count(judged, bureau, firm, region):
    evaluation = evaluations.choose_evaluation(
        by=bureau.first,
        assignment=assignment(judged, firm.organisation, kind="third_party"),
        commissioner=bureau.organisation,
    )
    handed_in(evaluation, firm, share="0.1")
    found = proposed(judged, bureau, region)
    assert found.record["score"]["unfinished"] == 1
    assert [each["kind"] for each in found.record["score"]["parties"]] == []
    assert found.record["facts"]["grade"] is None


def test_a_social_evaluation_takes_no_money_away_but_is_seen(judged, bureau, firm, society, region):
    concluded(judged, bureau, firm, share="0.81")
    alone = proposed(judged, bureau, region)
    concluded(judged, bureau, society, kind="social", share="0.72")
    found = proposed(judged, bureau, region)
    assert (found.record["facts"]["grade"], found.record["score"]["score"]) == ("良", "78")
    assert found.result == alone.result
    assert found.record["without"]["social"]["result"] == str(alone.result)
    alone.refresh_from_db()
    assert alone.stage == "replaced"


def test_a_gap_that_nobody_explained_keeps_the_score_from_counting(
    judged, bureau, firm, society, region
):
    concluded(judged, bureau, firm, share="0.81")
    concluded(judged, bureau, society, kind="social", share="0.2")
    found = proposed(judged, bureau, region)
    assert found.record["score"]["unexplained"] > 0
    assert found.record["facts"]["grade"] is None


def test_a_social_evaluation_may_spare_money(judged, bureau, firm, society, region):
    concluded(judged, bureau, firm, share="0.78")
    concluded(judged, bureau, society, kind="social", share="0.87")
    found = proposed(judged, bureau, region)
    assert found.record["facts"]["grade"] == "良"
    assert found.record["without"]["social"]["grade"] == "中"
    assert Decimal(found.record["without"]["social"]["result"]) < found.result


def said_by(citizen, unit, *, level=4):
    """A citizen says how well a project serves, alike in every line."""
    frame = citizens_frame()
    return evaluate_service(
        by=member_of(citizen, second_factor=True, fresh=True),
        project=unit.project,
        fiscal_year=YEAR,
        levels={line.code: level for line in frame.lines},
        matter=frame.lines[0].code,
        text="很方便",
    )


def citizens(count):
    return [register_person(by=SYSTEM, username=f"c{at}", name="某人") for at in range(count)]


def test_citizens_count_from_thirty_on_in_the_money_as_in_the_panel(judged, bureau, firm, region):
    concluded(judged, bureau, firm, share="0.93")
    *some, one_more = citizens(30)
    for each in some:
        said_by(each, judged)
    alone = proposed(judged, bureau, region)
    assert [each["kind"] for each in alone.record["score"]["parties"]] == ["third_party"]
    said_by(one_more, judged)
    found = proposed(judged, bureau, region)
    parties = found.record["score"]["parties"]
    assert [(each["kind"], each["citizens"]) for each in parties] == [
        ("third_party", None), ("citizen", 30),
    ]  # fmt: skip
    panel = panel_for(VISITOR, judged.project, year=YEAR).score
    assert found.record["score"]["score"] == str(panel.score)
    assert found.record["facts"]["score"] == str(panel.for_money)
    assert panel.score > Decimal(alone.record["score"]["score"])
    assert found.record["without"]["citizen"]["score"] == alone.record["facts"]["score"]


def test_unsatisfied_citizens_take_no_money_away_and_what_they_gave_is_kept(
    judged, bureau, firm, region
):
    concluded(judged, bureau, firm, share="0.81")
    alone = proposed(judged, bureau, region)
    people = citizens(30)
    for each in people:
        said_by(each, judged, level=3)
    found = proposed(judged, bureau, region)
    assert Decimal(found.record["score"]["score"]) < Decimal(alone.record["score"]["score"])
    assert found.result == alone.result
    said_by(people[0], judged)  # revises
    assert list(result_faults()) == []


def test_citizens_far_from_the_evaluators_are_a_gap_to_explain(judged, bureau, firm, region):
    concluded(judged, bureau, firm, share="0.81")
    for each in citizens(30):
        said_by(each, judged, level=0)
    assert not panel_for(VISITOR, judged.project, year=YEAR).counts
    assert proposed(judged, bureau, region).record["score"]["unexplained"] > 0


def test_who_asked_for_a_proposal_does_not_decide_it(judged, bureau, region):
    found = proposed(judged, bureau, region)
    with pytest.raises(Refused) as refused:
        decide_result(by=bureau.first, proposal=found, decided=Decided(amount=found.result))
    assert "3.3" in refused.value.clauses


def test_who_decides_otherwise_says_why(judged, bureau, region):
    found = proposed(judged, bureau, region)
    with pytest.raises(Unsuitable) as unsuitable:
        decide_result(by=bureau.second, proposal=found, decided=Decided(amount=BUDGET))
    assert set(unsuitable.value.faults) == {"reason"}
    decision = decide_result(
        by=bureau.second, proposal=found, decided=Decided(amount=BUDGET, reason="合同已签")
    )
    found.refresh_from_db()
    assert (found.stage, decision.amount) == ("decided", BUDGET)


def test_a_decision_is_corrected_by_another_never_rewritten(judged, bureau, region):
    found = proposed(judged, bureau, region)
    first = decide_result(by=bureau.second, proposal=found, decided=Decided(amount=found.result))
    more = found.result + 1
    with pytest.raises(Unsuitable):
        decide_result(by=bureau.second, proposal=found, decided=Decided(amount=found.result))
    second = decide_result(
        by=bureau.second, proposal=found, decided=Decided(amount=more, reason="复核")
    )
    assert second.corrects == first
    assert [row.amount for row in ResultDecision.objects.standing()] == [more]
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultDecision.objects.filter(pk=first.pk).update(amount=more)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultProposal.objects.filter(pk=found.pk).update(result=more)


def test_what_was_decided_is_not_proposed_again(judged, bureau, region):
    found = proposed(judged, bureau, region)
    decide_result(by=bureau.second, proposal=found, decided=Decided(amount=found.result))
    with pytest.raises(Unsuitable):
        proposed(judged, bureau, region)


def test_a_project_without_a_budget_is_left_out(judged, other, bureau, region):
    made = propose_results(
        by=bureau.first, region=region, fiscal_year=NEXT, projects=[judged.project, other.project]
    )
    assert [each.project_id for each in made] == [judged.project.pk]


def test_many_are_decided_as_they_were_proposed(judged, bureau, region):
    found = proposed(judged, bureau, region)
    with pytest.raises(Refused):
        decide_results(by=bureau.first, region=region, proposals=[found])
    (decision,) = decide_results(
        by=bureau.second, region=region, proposals=[found], document_number="云财绩〔2026〕1号"
    )
    assert decision.amount == found.result
    assert Deed.objects.get(verb="decide_results").public["count"] == 1


def test_from_the_decision_on_everybody_sees_it(judged, bureau, region):
    found = proposed(judged, bureau, region)
    seen = ResultProposal.objects.visible_to
    assert not seen(VISITOR).exists()
    assert seen(judged.officer).exists()
    assert seen(bureau.first).exists()
    decide_result(by=bureau.second, proposal=found, decided=Decided(amount=found.result))
    assert seen(VISITOR).exists()
    judged.project.stage = "registered"
    judged.project.save()
    assert not seen(VISITOR).exists()
    assert seen(judged.officer).exists()


def test_what_became_of_a_social_evaluation_is_owed_until_told(
    judged, bureau, firm, society, region, today
):
    concluded(judged, bureau, firm, share="0.85")
    evaluation = concluded(judged, bureau, society, kind="social", share="0.9")
    move_business_date(to=today)
    found = proposed(judged, bureau, region)
    assert [each.verb for each in waiting_for(bureau.second, today=today)] == ["decide_results"]
    assert list(waiting_for(bureau.first, today=today)) == []
    decide_result(by=bureau.second, proposal=found, decided=Decided(amount=found.result))
    (waits,) = waiting_for(bureau.first, today=today)
    assert (waits.verb, waits.clause) == ("account_for_use", "5.10")
    assert waits.due_on == date(NEXT, 3, 30)
    with pytest.raises(Unsuitable) as unsuitable:
        account_for_use(
            by=bureau.first, proposal=found, evaluation=evaluation, told=Told(outcome="not")
        )
    assert set(unsuitable.value.faults) == {"reason"}
    account_for_use(
        by=bureau.first,
        proposal=found,
        evaluation=evaluation,
        told=Told(outcome="adopted", adopted="候诊时间的意见", changed="候诊时间指标改为20分钟"),
    )
    assert list(waiting_for(bureau.first, today=today)) == []


def test_concluded_evaluations_wait_to_be_used(judged, bureau, firm, region, today):
    move_business_date(to=today)
    concluded(judged, bureau, firm)
    (waits,) = waiting_for(bureau.first, today=today)
    assert (waits.verb, waits.clause) == ("propose_results", "4.17")
    found = proposed(judged, bureau, region)
    assert found.due_on == waits.due_on == date(NEXT, 3, 30)


def test_what_a_unit_asks_for_next_year_is_the_base(judged, bureau, region):
    monitored.promise(judged)
    found = proposed(judged, bureau, region)
    assert (found.record["base_of"], found.base) == ("asked", monitored.BUDGET.quantize(FEN))


def test_every_proposal_comes_out_again_under_the_pack_of_its_day(
    judged, bureau, firm, society, region
):
    concluded(judged, bureau, firm, share="0.78")
    concluded(judged, bureau, society, kind="social", share="0.87")
    found = proposed(judged, bureau, region)
    decide_results(by=bureau.second, region=region, proposals=[found])
    assert list(result_faults()) == []


def test_what_was_altered_is_found(judged, bureau, firm, region):
    concluded(judged, bureau, firm, share="0.7")
    found = proposed(judged, bureau, region)
    decision = decide_result(by=bureau.second, proposal=found, decided=Decided(amount=found.result))
    record = {**found.record, "facts": {**found.record["facts"], "grade": "优", "score": "95"}}
    for table in ("cycle_resultproposal", "cycle_resultdecision"):
        untriggered(table)
    ResultProposal.objects.filter(pk=found.pk).update(record=record)
    ResultDecision.objects.filter(pk=decision.pk).update(amount=BUDGET)
    said = {each.text.partition("（")[0]: each for each in result_faults()}
    assert set(said) == {"结果应用建议", "结果应用的决定"}
    found.refresh_from_db()
    assert unequal(found) == ("score", "proposal")


def untriggered(table: str) -> None:
    """Let a table be written as whoever owns it could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_what_was_not_put_right_in_time_takes_its_share(judged, bureau, region, today):
    move_business_date(to=today)
    letter = Feedback.objects.create(
        source="panel", project=judged.project, unit=judged.organisation,
        sender=bureau.organisation, fiscal_year=YEAR, words="请整改", pack=city_hall.PACK,
        sent_on=date(NEXT, 1, 5),
    )  # fmt: skip
    for due in (date(NEXT, 3, 1), date(NEXT, 3, 30)):
        Rectification.objects.create(
            feedback=letter, found="三笔没有合同", demand="补签合同", stage="planned",
            plan_due_on=date(NEXT, 1, 26), report_due_on=due,
        )  # fmt: skip
    found = proposed(judged, bureau, region)
    (matter,) = found.record["rectifications"]
    assert matter["clause"] == "4.16"
    assert found.record["facts"]["rectifications_open"] == 1
    steps = {each["code"]: each["amount"] for each in found.record["proposal"]["steps"]}
    assert steps["rectification"] == "-30000.00"


def test_a_hospitals_money_hangs_on_quality_and_satisfaction(judged, bureau, region):
    monitored.fund(judged, BUDGET, year=monitored.YEAR)
    version = monitored.promise(judged)
    headings = {"km": "质量指标", "sat": "服务对象满意度指标"}
    for key, heading in headings.items():
        lines = version.indicators.filter(key=key)
        untriggered("cycle_goalindicator")
        lines.update(heading=heading, measure="%" if key == "sat" else "公里")
    Profile.objects.create(
        project=judged.project, functional="2100201", described_on=date(monitored.YEAR, 1, 1)
    )
    monitored.read(judged, "km", date(monitored.YEAR, 10, 31), 95)
    monitored.read(judged, "sat", date(monitored.YEAR, 10, 31), 82)
    (found,) = propose_results(
        by=bureau.first, region=region, fiscal_year=monitored.YEAR + 1, projects=[judged.project]
    )
    assert found.record["formula"] == "hospital"
    reached = {name: Decimal(share) for name, share in found.record["reached"].items()}
    assert reached == {"quality": Decimal("0.95"), "satisfaction": Decimal("0.82")}
    steps = {each["code"]: each["amount"] for each in found.record["proposal"]["steps"]}
    # 1,000,000 × 10 % × 40 % × (95 % − 82 %) ÷ (95 % − 70 %)
    assert steps["satisfaction"] == "-20800.00"
    assert "grade" not in steps
    assert unequal(found) == ()
