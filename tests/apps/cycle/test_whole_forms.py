"""What a unit states of its whole spending: begun from its projects, published by another, kept."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

import city_hall
from apps.cycle import monitored
from gongzhi.core.charter import VISITOR
from gongzhi.core.self_evaluating import (
    EvaluatedIndicator,
    SelfEvaluation,
    WholeStatement,
    scored,
)
from gongzhi.core.terms import FormType
from gongzhi.cycle.actions.whole_forms import draft_whole_form, publish_whole_form
from gongzhi.cycle.auditing import KINDS, version_faults
from gongzhi.cycle.models import WholeForm
from gongzhi.cycle.panels import panel_of_whole
from gongzhi.cycle.waiting import waiting_for
from gongzhi.cycle.whole_forms import whole_as_record, whole_facts, whole_from_record
from gongzhi.parties.deeds import Refused
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs import load_packs

pytestmark = pytest.mark.django_db
YEAR = monitored.YEAR
GOALS, EVALUATION = FormType.GOAL_DEPARTMENT, FormType.SELF_EVALUATION_DEPARTMENT
LINE = EvaluatedIndicator(
    level1="产出指标", level2="数量指标", name="管网", target="≥100公里", weight=Decimal(90)
)


@pytest.fixture
def spending(region) -> city_hall.Unit:
    """A unit whose only project was given 1.2 million and spent 1.08 million."""
    made = city_hall.unit("1", within=region)
    monitored.fund(made)
    monitored.pay(made, date(YEAR, 6, 1), 1_080_000)
    return made


def known(unit, form_type=EVALUATION):
    return whole_facts(
        unit.organisation,
        year=YEAR,
        form_type=form_type,
        on=date(YEAR, 12, 31),
        reader=unit.officer,
    )


def stated(unit, form_type=EVALUATION) -> WholeStatement:
    """What the facts say, with a goal and an indicator of one's own."""
    facts = known(unit, form_type).facts
    lines = facts.sheet.indicators or (LINE,)
    if form_type is EVALUATION:
        lines = tuple(replace(line, done="96公里") for line in lines)
    sheet = replace(facts.sheet, goal="路网更密", goal_done="建成", indicators=lines)
    if form_type is EVALUATION:
        sheet = scored(sheet, pack=load_packs()[city_hall.PACK])
    return replace(facts, sheet=sheet)


def draft(unit, whole=None, form_type=EVALUATION, **more) -> WholeForm:
    return draft_whole_form(
        by=unit.officer,
        organisation=unit.organisation,
        form_type=form_type,
        fiscal_year=YEAR,
        whole=whole or stated(unit, form_type),
        **more,
    )


def test_the_statement_begins_with_the_money_and_the_projects_of_the_unit(spending):
    facts = known(spending).facts
    total = facts.sheet.money.total
    assert (total.initial, total.paid) == (Decimal(1_200_000), Decimal(1_080_000))
    assert [(task.name, task.paid) for task in facts.tasks] == [
        (spending.project.name, Decimal(1_080_000))
    ]
    promised = known(spending, GOALS).facts
    assert promised.sheet.money.total.paid is None
    assert [task.paid for task in promised.tasks] == [None]


def test_a_record_is_the_statement_it_was_made_of(spending):
    whole = stated(spending)
    assert whole_from_record(whole_as_record(whole)) == whole


def test_a_self_evaluation_is_held_against_published_goals(spending):
    goals = publish_whole_form(
        by=spending.reviewer, form=draft(spending, form_type=GOALS), review="可以公开"
    )
    assert (goals.number, goals.stage) == (1, "published")
    assert [line.name for line in known(spending).facts.sheet.indicators] == ["管网"]
    other = stated(spending)
    lines = (replace(other.sheet.indicators[0], target="≥90公里"),)
    other = replace(other, sheet=replace(other.sheet, indicators=lines))
    with pytest.raises(Unsuitable):
        draft(spending, other)
    kept = draft(spending, other, unfinished=True)
    with pytest.raises(Unsuitable):
        publish_whole_form(by=spending.reviewer, form=kept, review="可以公开")


def test_money_that_differs_from_the_facts_needs_a_reason(spending):
    whole = stated(spending)
    money = replace(whole.sheet.money, total=replace(whole.sheet.money.total, paid=Decimal(1)))
    other = replace(whole, sheet=replace(whole.sheet, money=money, execution_score=None))
    with pytest.raises(Unsuitable) as refused:
        draft(spending, other)
    assert set(refused.value.faults) == {"why-paid-total"}
    form = draft(spending, other, reasons={"paid-total": "年末退回"})
    assert [each["reason"] for each in form.explained] == ["年末退回"]


def test_only_the_unit_drafts_and_another_of_its_people_publishes(spending, region):
    other = city_hall.unit("2", within=region)
    with pytest.raises(Refused):
        draft_whole_form(
            by=other.officer,
            organisation=spending.organisation,
            form_type=GOALS,
            fiscal_year=YEAR,
            whole=stated(spending, GOALS),
        )
    form = draft(spending)
    with pytest.raises(Refused):
        publish_whole_form(by=spending.officer, form=form, review="可以公开")
    assert not WholeForm.objects.visible_to(VISITOR).exists()
    waits = [each.verb for each in waiting_for(spending.reviewer, today=date(YEAR, 12, 31))]
    assert "publish_whole_form" in waits
    publish_whole_form(by=spending.reviewer, form=form, review="可以公开")
    assert list(WholeForm.objects.visible_to(VISITOR)) == [form]


def test_a_new_draft_takes_the_place_of_the_one_before(spending):
    first, second = draft(spending), draft(spending)
    first.refresh_from_db()
    assert (first.stage, second.stage) == ("withdrawn", "draft")


def test_nothing_is_stated_by_an_empty_form(spending):
    with pytest.raises(Unsuitable):
        draft(spending, WholeStatement(sheet=SelfEvaluation()))


def test_what_is_published_counts_in_the_panel_and_never_changes(spending):
    form = publish_whole_form(by=spending.reviewer, form=draft(spending), review="可以公开")
    panel = panel_of_whole(VISITOR, spending.organisation, year=YEAR)
    assert panel.self_judged is not None
    assert panel.self_judged.kind == "department_wide_self"
    assert panel.self_judged.total == stated(spending).sheet.total
    with pytest.raises(IntegrityError), transaction.atomic():
        WholeForm.objects.filter(pk=form.pk).update(record={})
    with pytest.raises(IntegrityError), transaction.atomic():
        form.delete()


def test_r13_a_form_that_was_altered_in_the_database_is_found(spending):
    form = publish_whole_form(by=spending.reviewer, form=draft(spending), review="可以公开")
    kind = next(each for each in KINDS if "publish_whole_form" in each.verbs)
    assert list(version_faults(kind)) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cycle_wholeform DISABLE TRIGGER never_rewritten")
        cursor.execute(
            "UPDATE cycle_wholeform SET record = jsonb_set(record, '{duties}', '\"x\"')"
            " WHERE id = %s",
            [form.pk],
        )
        cursor.execute("ALTER TABLE cycle_wholeform ENABLE TRIGGER never_rewritten")
    assert [each.values["field"] for each in version_faults(kind)] == ["form"]
