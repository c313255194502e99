"""Reports: begun by who evaluated or commissioned, written by chapter, signed, and then fixed."""

from datetime import date

import pytest

import city_hall
from apps.cycle.evaluated import YEAR, assignment, evaluator, handed_in, sent
from gongzhi.core.charter import Refused
from gongzhi.core.reporting import Chapter
from gongzhi.cycle.actions import evaluations, hearing
from gongzhi.cycle.actions.reports import (
    draft_report,
    report_to_be,
    sign_report,
    write_report,
)
from gongzhi.cycle.models import Evaluation, Report, ReportVersion
from gongzhi.cycle.reporting import Subject, own_words, report_for
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


@pytest.fixture
def bureau(region):
    return city_hall.budget_office(within=region)


@pytest.fixture
def signer(bureau):
    return verified(city_hall.office(bureau.organisation, "审签", "reviewer"))


@pytest.fixture
def firm(region):
    return evaluator("F1", kind="evaluator", within=region)


@pytest.fixture
def evaluation(unit, bureau, firm) -> Evaluation:
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return evaluations.choose_evaluation(
        by=verified(bureau),
        assignment=assignment(unit, firm.organisation, kind="third_party"),
        commissioner=bureau.organisation,
    )


@pytest.fixture
def concluded(unit, evaluation, bureau, firm) -> Evaluation:
    sent(handed_in(evaluation, firm), verified(bureau))
    evaluation.refresh_from_db()
    hearing.acknowledge_evaluation(by=unit.officer, evaluation=evaluation, reason="认可")
    evaluation.refresh_from_db()
    return hearing.conclude_evaluation(
        by=verified(bureau), evaluation=evaluation, conclusion="总体一般"
    )


def of_year(unit) -> Subject:
    return Subject(project=unit.project, year=YEAR)


def begun(unit, bureau) -> Report:
    report = report_to_be(of_year(unit), writer=bureau.organisation)
    draft_report(by=verified(bureau), report=report)
    return report


def test_a_report_is_begun_from_the_data_by_who_commissioned(unit, evaluation, bureau):
    report = begun(unit, bureau)
    version = report.versions.get()
    assert (version.number, version.texts, report.stage) == (1, {}, "drafting")
    with pytest.raises(Unsuitable):
        begun(unit, bureau)


def test_who_neither_evaluated_nor_commissioned_begins_none(unit, evaluation, bureau, firm):
    report = report_to_be(of_year(unit), writer=firm.organisation)
    with pytest.raises(Refused):
        draft_report(by=firm.first, report=report)
    one = Subject(project=unit.project, year=YEAR, evaluation=evaluation)
    with pytest.raises(Refused):
        draft_report(by=unit.officer, report=report_to_be(one, writer=firm.organisation))
    assert draft_report(by=firm.first, report=report_to_be(one, writer=firm.organisation))


def test_words_are_kept_as_versions_and_figures_stay_true(unit, evaluation, bureau, firm):
    report = begun(unit, bureau)
    words = "{年度} 年验收偏晚。"
    write_report(by=verified(bureau), report=report, chapter="advice", text=words, seen=1)
    newest = report.versions.order_by("number").last()
    assert own_words(newest) == {Chapter.ADVICE: words}
    assert newest.chapter == "advice"
    assert report.versions.count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"chapter": "advice", "text": "{没有的数}"}, "text-advice"),
        ({"chapter": "nowhere", "text": "x"}, "chapter"),
        ({"chapter": "advice", "text": "长" * 20_001}, "text-advice"),
        ({"chapter": "advice", "text": "x", "seen": 7}, "seen"),
    ],
)
def test_what_cannot_stand_in_a_report_is_refused(unit, evaluation, bureau, given, field):
    report = begun(unit, bureau)
    with pytest.raises(Unsuitable) as unsuitable:
        write_report(by=verified(bureau), report=report, **{"seen": 1, **given})
    assert field in unsuitable.value.faults
    assert ReportVersion.objects.count() == 1


def test_it_is_signed_by_somebody_else_once_all_is_concluded(unit, concluded, bureau, signer):
    report = begun(unit, bureau)
    report.refresh_from_db()
    with pytest.raises(Refused):
        sign_report(by=verified(bureau), report=report, seen=1)
    sign_report(by=signer, report=report, seen=1)
    report.refresh_from_db()
    assert report.stage == "signed"
    assert report.record["figures"]["综合得分"]
    with pytest.raises(Refused):
        write_report(by=verified(bureau), report=report, chapter="advice", text="x", seen=1)


def test_it_is_not_signed_before_the_hearing_is_over(unit, evaluation, bureau, firm, signer):
    report = begun(unit, bureau)
    handed_in(evaluation, firm)
    with pytest.raises(Unsuitable):
        sign_report(by=signer, report=report, seen=1)


def test_what_was_signed_stays_as_it_was(unit, concluded, bureau, signer):
    report = begun(unit, bureau)
    sign_report(by=signer, report=report, seen=1)
    before = report_for(signer, report, today=TODAY)
    unit.project.name = "改了名"
    unit.project.save()
    report = Report.objects.get()
    assert report_for(signer, report, today=TODAY) == before


def test_readers_see_it_by_stage_and_label(unit, concluded, bureau, signer, firm):
    report = begun(unit, bureau)
    seen_by = Report.objects.visible_to
    assert not seen_by(unit.officer).exists()
    assert seen_by(verified(bureau)).exists()
    sign_report(by=signer, report=report, seen=1)
    assert seen_by(unit.officer).exists()
    assert seen_by(firm.first).exists() == (report.label == "public")


def test_a_report_before_anything_is_open_says_so(unit, evaluation, bureau):
    drafted = report_for(verified(bureau), begun(unit, bureau), today=TODAY)
    said = [
        each.text
        for block in drafted.section(Chapter.CONCLUSION).blocks
        for each in getattr(block, "said", ())
    ]
    assert "综合得分" not in drafted.figures or said
