"""Draws: announced with everybody who takes part, held by what the log shows afterwards."""

import hashlib

import pytest

import city_hall
from apps.cycle.evaluated import WHY, YEAR, Evaluator, assignment, evaluator, handed_in
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.actions import draws, evaluations, rechecks
from gongzhi.cycle.draw_seeds import seed_of
from gongzhi.cycle.models import Draw, Evaluation, Project
from gongzhi.cycle.panels import whole_panel
from gongzhi.parties.actions.offices import declare_conflict
from gongzhi.parties.actions.setting_up import register_organisation
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.sequencing import sequence
from verified import verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(region):
    bureau = city_hall.unit("9", within=region)
    first = verified(city_hall.office(bureau.organisation, "预算", "budget"))
    return Evaluator(organisation=bureau.organisation, first=first, second=first)


@pytest.fixture
def firms(region):
    return [evaluator(f"F{n}", kind="evaluator", within=region) for n in range(5)]


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


def announced(unit, bureau, *, count=1, kind="third_party") -> Draw:
    return draws.announce_draw(
        by=bureau.first,
        announcement=draws.Announcement(
            project=unit.project,
            fiscal_year=YEAR,
            kind=kind,
            count=count,
            pack=city_hall.PACK,
            because=WHY,
        ),
        commissioner=bureau.organisation,
    )


def held(draw, bureau) -> Draw:
    sequence()
    return draws.hold_draw(by=bureau.first, draw=draw)


def test_who_is_drawn_follows_from_the_log_and_is_asked_to_evaluate(disclosed, bureau, firms):
    draw = announced(disclosed, bureau, count=2)
    with pytest.raises(Unsuitable):
        draws.hold_draw(by=bureau.first, draw=draw)
    held(draw, bureau)
    seed = seed_of(draw)
    lots = {
        firm.organisation.code: hashlib.sha256(
            f"{seed.root}\n{disclosed.project.code}\n{firm.organisation.code}\n".encode()
        ).hexdigest()
        for firm in firms
    }
    lowest = sorted(lots, key=lots.get)[:2]
    assert list(draw.drawn()) == lowest
    rows = Evaluation.objects.all()
    assert {row.evaluator.code for row in rows} == set(lowest)
    assert {row.stage for row in rows} == {"assigned"}
    drawing = Deed.objects.get(verb="hold_draw")
    assert drawing.public["seed"] == seed.root
    assert {d.because for d in Deed.objects.filter(verb="choose_evaluation")} == {drawing.pk}


def test_a_draw_done_again_gives_the_same(disclosed, bureau, firms):
    draw = held(announced(disclosed, bureau), bureau)
    assert draws.lots_by(draw) == draw.lots
    draw.seed = "another"
    assert draws.lots_by(draw) != draw.lots


def test_who_is_not_independent_takes_no_part_and_it_is_told_why(disclosed, bureau, firms):
    declare_conflict(
        by=firms[0].first,
        about=disclosed.organisation.thing(),
        reason="参股",
        since_on=business_date(),
    )
    draw = announced(disclosed, bureau)
    assert draw.pool[0] == {"code": "F0", "out": ["conflict"]}
    held(draw, bureau)
    assert "F0" not in {each["code"] for each in draw.lots}


def test_who_comes_after_the_announcement_takes_no_part(disclosed, bureau, firms, region):
    draw = announced(disclosed, bureau)
    evaluator("F9", kind="evaluator", within=region)
    held(draw, bureau)
    assert len(draw.lots) == len(firms)


def test_a_draw_without_anybody_is_not_announced(disclosed, bureau):
    with pytest.raises(Unsuitable):
        announced(disclosed, bureau)
    with pytest.raises(Unsuitable):
        announced(disclosed, bureau, kind="finance")
    assert not Draw.objects.exists()


def test_a_declared_conflict_keeps_an_evaluator_from_being_chosen(disclosed, bureau, firms):
    declare_conflict(
        by=firms[0].first,
        about=disclosed.project.thing(),
        reason="参股",
        since_on=business_date(),
    )
    with pytest.raises(Unsuitable) as unsuitable:
        _chosen(disclosed, bureau, firms[0])
    assert unsuitable.value.faults["evaluator"].values["clause"] == "3.6"


def test_whoever_stands_under_the_department_is_no_third_party(disclosed, bureau, region):
    department = disclosed.organisation
    below = register_organisation(
        by=SYSTEM, region=region, code="B1", name="某中心", kind="evaluator", parent=department
    )
    first = verified(city_hall.office(below, "员", "officer"))
    with pytest.raises(Unsuitable) as unsuitable:
        _chosen(disclosed, bureau, Evaluator(organisation=below, first=first, second=first))
    assert unsuitable.value.faults["evaluator"].values["clause"] == "3.3"


def test_a_conflict_declared_after_being_chosen_keeps_from_accepting(disclosed, bureau, firms):
    row = _chosen(disclosed, bureau, firms[0])
    colleague = firms[0].second
    declare_conflict(
        by=colleague, about=disclosed.project.thing(), reason="参股", since_on=business_date()
    )
    with pytest.raises(Unsuitable):
        evaluations.accept_assignment(
            by=firms[0].first, evaluation=row, independence="无", declared={}
        )


def test_whoever_evaluated_it_lately_is_only_warned_of_but_not_drawn(disclosed, bureau, firms):
    Evaluation.objects.filter(pk=_chosen(disclosed, bureau, firms[0]).pk).update(
        fiscal_year=YEAR - 1
    )
    draw = announced(disclosed, bureau)
    assert draw.pool[0] == {"code": "F0", "out": ["again"]}
    _chosen(disclosed, bureau, firms[0])


def _chosen(unit, bureau, firm) -> Evaluation:
    return evaluations.choose_evaluation(
        by=bureau.first,
        assignment=assignment(unit, firm.organisation, kind="third_party"),
        commissioner=bureau.organisation,
    )


# ── re-checks ──


def test_a_sample_of_self_evaluations_is_checked_again(region, bureau, firms):
    units = [city_hall.unit(f"U{n}", within=region) for n in range(7)]
    for unit in units:
        city_hall.published(unit)
    draw = draws.announce_draw(
        by=bureau.first,
        announcement=rechecks.SampleAnnouncement(
            fiscal_year=YEAR, evaluator=firms[0].organisation, because="按年抽查"
        ),
        commissioner=bureau.organisation,
    )
    assert len(draw.pool) == len(units)
    assert {each["amount"] for each in draw.pool} == {"1000000.00"}
    held(draw, bureau)
    drawn = Project.objects.filter(code__in=draw.drawn())
    assert drawn.count() == 2  # a fifth of seven, rounded up
    rows = Evaluation.objects.filter(kind="recheck")
    assert {row.project for row in rows} == set(drawn)
    assert {row.evaluator for row in rows} == {firms[0].organisation}
    assert rechecks.sampled_by(draw) == draw.lots


def test_a_recheck_stands_beside_the_score_and_changes_nothing_of_it(disclosed, bureau, firms):
    row = evaluations.choose_evaluation(
        by=bureau.first,
        assignment=assignment(disclosed, firms[0].organisation, kind="recheck"),
        commissioner=bureau.organisation,
    )
    handed_in(row, firms[0], share="0.1")
    panel = whole_panel(row)
    assert [each.weighs for each in panel.sheets] == [False]
    assert panel.score is None or panel.score.gaps == ()


def test_a_year_without_self_evaluations_has_no_sample(bureau, firms):
    with pytest.raises(Unsuitable):
        draws.announce_draw(
            by=bureau.first,
            announcement=rechecks.SampleAnnouncement(
                fiscal_year=YEAR, evaluator=firms[0].organisation, because="按年抽查"
            ),
            commissioner=bureau.organisation,
        )
