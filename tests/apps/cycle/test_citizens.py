"""Citizens evaluate a service: one standing word each, answered in time, looked into when many."""

from datetime import timedelta

import pytest

import city_hall
from apps.cycle.evaluated import YEAR
from apps.desk.desks import tell
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.core.terms import Said
from gongzhi.cycle.actions import citizens
from gongzhi.cycle.citizens import CITIZEN, heard_of, waiting_for
from gongzhi.cycle.models import ServiceEvaluation
from gongzhi.cycle.panels import panel_for
from gongzhi.desk.models import Notice
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs.evaluation import load_evaluation
from verified import verified

pytestmark = pytest.mark.django_db
LEVELS = {"service": 4, "change": 2, "openness": 0}


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


@pytest.fixture
def bureau(region):
    return verified(city_hall.budget_office(within=region))


def citizen(number: int):
    person = parties.register_person(by=SYSTEM, username=f"c{number}", name="某人")
    return member_of(person, second_factor=True, fresh=True)


def said(unit, by, *, text="路灯修好了", levels=LEVELS, matter="service") -> ServiceEvaluation:
    return citizens.evaluate_service(
        by=by,
        project=unit.project,
        fiscal_year=YEAR,
        levels=levels,
        matter=matter,
        text=text,
    )


def waits(member) -> list[tuple[str, Said]]:
    return [(each.verb, each.said) for each in waiting_for(member, today=business_date())]


def answered(unit, *rows, text="六月修完"):
    return citizens.answer_citizens(
        by=unit.officer, project=unit.project, evaluations=[row.pk for row in rows], text=text
    )


def test_a_citizen_has_one_standing_word_and_may_revise_it(disclosed):
    by = citizen(1)
    first = said(disclosed, by)
    assert first.total == 65
    second = said(disclosed, by, text="又坏了", levels=dict.fromkeys(LEVELS, 0))
    assert second.pk == first.pk
    assert ServiceEvaluation.objects.get().total == 0


def test_who_said_it_is_told_neither_by_the_log_nor_to_a_reader(disclosed):
    by = citizen(1)
    row = said(disclosed, by)
    deed = Deed.objects.get(verb="evaluate_service")
    assert deed.party == "citizen"
    assert by.person not in str(deed.public)
    assert not ServiceEvaluation.objects.visible_to(VISITOR).exists()
    assert not ServiceEvaluation.objects.visible_to(citizen(2)).exists()
    answered(disclosed, row)
    assert ServiceEvaluation.objects.visible_to(VISITOR).get() == row


def test_only_citizens_evaluate_and_only_what_is_disclosed(disclosed, unit, bureau):
    for by in (VISITOR, disclosed.officer, bureau):
        with pytest.raises(Refused):
            said(disclosed, by)
    other = city_hall.unit("7", within=disclosed.organisation.region)
    with pytest.raises(Refused):
        said(other, citizen(1))


def test_what_is_not_whole_is_not_taken(disclosed):
    by = citizen(1)
    for wrong in ({"levels": {"service": 4}}, {"matter": "no"}, {"text": " "}):
        with pytest.raises(Unsuitable):
            said(disclosed, by, **wrong)
    assert not ServiceEvaluation.objects.exists()


def test_the_unit_answers_several_at_once_within_ten_working_days(disclosed):
    rows = [said(disclosed, citizen(n)) for n in range(3)]
    (waiting,) = waiting_for(disclosed.officer, today=business_date())
    assert waiting.verb == "answer_citizens"
    assert waiting.said.values == {"count": 3}
    assert waiting.due_on >= business_date() + timedelta(days=14)
    answered(disclosed, *rows)
    assert waits(disclosed.officer) == []
    assert {row.answer.text for row in ServiceEvaluation.objects.all()} == {"六月修完"}


def test_each_citizen_who_is_answered_is_told_of_it_and_nobody_else(disclosed):
    rows = [said(disclosed, citizen(each)) for each in (1, 2, 3)]
    tell()
    Notice.objects.all().delete()

    answered(disclosed, *rows[:2])
    tell()

    told = {(each.person_id, each.about) for each in notices_of("answer_citizens")}
    assert {(row.person_id, row.thing().name) for row in rows[:2]} <= told
    assert rows[2].person_id not in {person for person, _ in told}


def test_whoever_spoke_of_a_matter_is_told_what_finance_found_of_it(disclosed, bureau):
    enough = load_evaluation(city_hall.PACK).citizens.same_matter
    rows = [said(disclosed, citizen(each)) for each in range(enough)]
    other = said(disclosed, citizen(enough), matter="change")
    citizens.publish_service_check(
        by=bureau, project=disclosed.project, fiscal_year=YEAR, matter="service", text="已核查"
    )
    tell()

    told = {each.person_id for each in notices_of("publish_service_check")}
    assert {row.person_id for row in rows} <= told
    assert other.person_id not in told


def notices_of(verb: str) -> list[Notice]:
    deeds = [f"deed:{each}" for each in Deed.objects.filter(verb=verb).values_list("pk", flat=True)]
    return list(Notice.objects.filter(cause__in=deeds))


def test_a_citizen_asks_once_for_a_supplement(disclosed):
    by = citizen(1)
    row = said(disclosed, by)
    answered(disclosed, row)
    row.refresh_from_db()
    with pytest.raises(Refused):
        citizens.ask_supplement(by=citizen(2), evaluation=row, reason="哪个六月")
    citizens.ask_supplement(by=by, evaluation=row, reason="哪个六月")
    (waiting,) = waiting_for(disclosed.officer, today=business_date())
    assert waiting.due_on < business_date() + timedelta(days=14)
    answered(disclosed, row, text="明年六月")
    row.refresh_from_db()
    assert (row.stage, row.answer.text, row.supplement.text) == (
        "supplemented", "六月修完", "明年六月",
    )  # fmt: skip
    with pytest.raises(Refused):
        citizens.ask_supplement(by=by, evaluation=row, reason="再问")


def test_many_of_one_matter_oblige_finance_and_enter_the_panel(disclosed, bureau):
    rules = load_evaluation(city_hall.PACK)
    for number in range(rules.citizens.same_matter - 1):
        said(disclosed, citizen(number))
    assert waits(bureau) == []
    assert not heard_of(disclosed.project, year=YEAR, rules=rules).counts
    said(disclosed, citizen(99))
    ((verb, _),) = waits(bureau)
    assert verb == "publish_service_check"
    citizens.publish_service_check(
        by=bureau, project=disclosed.project, fiscal_year=YEAR, matter="service", text="已核查"
    )
    assert waits(bureau) == []
    with pytest.raises(Unsuitable):
        citizens.publish_service_check(
            by=bureau, project=disclosed.project, fiscal_year=YEAR, matter="service", text="再查"
        )
    panel = panel_for(VISITOR, disclosed.project, year=YEAR)
    assert panel.citizens.counts
    assert panel.citizens.mean == 65
    assert CITIZEN in {kind.code for kind in rules.kinds}
