"""A unit and its forms: first checked, then published by another, corrected, never rewritten."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

import city_hall
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.core.sealed import canonical, digest
from gongzhi.cycle import actions
from gongzhi.cycle.actions import Accepted
from gongzhi.cycle.findings import checked, derived
from gongzhi.cycle.models import Answer, DerivedFinding, FormVersion, Project
from gongzhi.papers.record import form_from_record
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed, SealedValue

pytestmark = pytest.mark.django_db


def refused_clauses(action, **arguments) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        action(**arguments)
    return refused.value.clauses


def test_only_the_unit_sees_a_draft_and_its_faults(unit, other):
    draft = city_hall.draft(unit)

    assert draft.findings.filter(code="X4").exists()
    assert list(FormVersion.objects.visible_to(unit.officer)) == [draft]
    assert list(FormVersion.objects.visible_to(unit.reviewer)) == [draft]
    for member in (other.officer, other.reviewer, VISITOR, SYSTEM):
        assert not FormVersion.objects.visible_to(member).exists()


def test_nobody_else_knows_of_a_project_before_its_first_form(unit, other):
    assert list(Project.objects.visible_to(unit.officer)) == [unit.project]
    assert list(Project.objects.visible_to(other.officer)) == [other.project]
    assert not Project.objects.visible_to(VISITOR).exists()

    city_hall.published(unit)

    assert list(Project.objects.visible_to(VISITOR)) == [unit.project]


def test_a_published_form_is_open_to_everybody(unit, other):
    version = city_hall.published(unit)

    assert (version.number, version.stage) == (1, "published")
    for member in (unit.officer, other.officer, VISITOR):
        assert list(FormVersion.objects.visible_to(member)) == [version]


def test_s07_whoever_drafted_does_not_publish(unit):
    draft = city_hall.draft(unit)

    clauses = refused_clauses(
        actions.publish_form, by=unit.officer, version=draft, review="可以公开"
    )

    assert clauses == ("3.3",)
    assert FormVersion.objects.get().stage == "draft"


def test_nobody_speaks_for_another_unit(unit, other):
    draft = city_hall.draft(unit)
    published = city_hall.published(other)

    publish = {"version": draft, "review": "可以公开"}
    assert refused_clauses(actions.publish_form, by=other.reviewer, **publish) == ("2.11",)
    assert refused_clauses(actions.publish_form, by=VISITOR, **publish) == ("2.11",)
    explain = {"version": published, "code": "X4", "indicator": 0, "text": "理由"}
    assert refused_clauses(actions.explain_finding, by=unit.officer, **explain) == ("2.11",)


def test_a_new_draft_takes_the_place_of_the_earlier_one(unit):
    first, second = city_hall.draft(unit), city_hall.draft(unit, score="40")

    first.refresh_from_db()
    assert (first.stage, second.stage) == ("withdrawn", "draft")
    assert first.number is None


def test_drafts_of_other_years_stand_beside_each_other(unit):
    drafts = [city_hall.draft(unit, fiscal_year=year) for year in (2024, 2025)]

    assert {FormVersion.objects.get(pk=draft.pk).stage for draft in drafts} == {"draft"}


def test_a_draft_that_was_given_up_stays_with_its_unit(unit):
    draft = city_hall.draft(unit)

    actions.withdraw_draft(by=unit.officer, version=draft)

    assert FormVersion.objects.visible_to(unit.officer).get().stage == "withdrawn"
    assert not FormVersion.objects.visible_to(VISITOR).exists()


def test_a_correction_replaces_what_was_published_and_both_stay(unit):
    first = city_hall.published(unit)
    second = city_hall.draft(unit, score="40")
    assert (second.stage, second.replaces) == ("correction", first)

    actions.correct_form(by=unit.reviewer, version=second, review="可以公开", reason="得分填错")

    assert (second.number, second.stage) == (2, "published")
    assert list(FormVersion.objects.current()) == [second]
    assert set(FormVersion.objects.visible_to(VISITOR)) == {first, second}


def test_s06_a_correction_is_not_published_as_if_it_were_the_first(unit):
    city_hall.published(unit)
    draft = city_hall.draft(unit)

    clauses = refused_clauses(
        actions.publish_form, by=unit.reviewer, version=draft, review="可以公开"
    )

    assert clauses == ("4.3",)


def test_what_is_published_is_not_withdrawn_nor_published_again(unit):
    version = city_hall.published(unit)

    assert refused_clauses(actions.withdraw_draft, by=unit.officer, version=version) == ("4.4",)
    publish = {"by": unit.reviewer, "version": version, "review": "可以公开"}
    assert refused_clauses(actions.publish_form, **publish) == ("4.4",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cycle_formversion SET record = '{}'",
        "UPDATE cycle_formversion SET stage = 'draft', number = NULL, published_on = NULL",
        "UPDATE cycle_formversion SET pack = 'other'",
        "DELETE FROM cycle_formversion",
    ],
)
def test_the_database_itself_keeps_what_is_published(unit, statement: str):
    city_hall.published(unit)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_itself_keeps_the_content_of_a_draft(unit):
    city_hall.draft(unit)

    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        FormVersion.objects.update(record={})


def test_the_database_itself_permits_one_draft_at_a_time(unit):
    draft = city_hall.draft(unit)
    draft.pk = None
    draft._state.adding = True

    with pytest.raises(IntegrityError, match="one_draft_at_a_time"), transaction.atomic():
        draft.save(force_insert=True)


def test_a_draft_comes_back_as_it_was_handed_in(unit):
    draft = city_hall.draft(unit)

    assert form_from_record(FormVersion.objects.get(pk=draft.pk).record) == city_hall.form()


def test_the_log_holds_the_digest_of_what_was_published_and_nothing_of_drafts(unit):
    version = city_hall.published(unit)

    published = Deed.objects.get(verb="publish_form").public
    drafted = Deed.objects.get(verb="draft_form").public

    assert published["form"] == digest(canonical(version.record))
    assert drafted.keys() == {"deed", "version"}


def test_the_examination_before_disclosure_is_kept_and_only_promised_in_the_log(unit):
    city_hall.published(unit)

    version = FormVersion.objects.get()
    deed = Deed.objects.about(version.thing()).get(verb="publish_form")
    assert deed.kept("review") == "经审查可以公开"
    SealedValue.objects.all().delete()
    assert deed.kept("review") is None
    assert "经审查可以公开" not in str(deed.public)


def test_stored_findings_are_those_of_a_new_computation(unit):
    for score in ("30", "40", "50"):
        city_hall.draft(unit, score=score)

    versions = FormVersion.objects.all()
    assert len(versions) == 3
    for version in versions:
        stored = version.findings.values_list("position", "code", "certain", "indicator")
        anew = [(f.position, f.code, f.certain, f.indicator) for f in derived(version)]
        assert list(stored) == anew


def test_forms_are_found_by_finding(unit, other):
    faulty, sound = city_hall.published(unit), city_hall.published(other, score="40")

    with_fault = FormVersion.objects.visible_to(VISITOR).with_finding("X4")

    assert list(with_fault) == [faulty]
    assert sound not in with_fault


def test_a_form_is_checked_under_the_rules_of_its_day(unit):
    version = city_hall.published(unit)

    assert checked(version).pack.name == version.pack == city_hall.PACK


class TestAnswers:
    def test_an_explanation_stands_beside_its_finding(self, unit):
        version = city_hall.published(unit)

        answer = actions.explain_finding(
            by=unit.officer, version=version, code="X4", indicator=0, text="系统四舍五入所致"
        )

        assert Answer.objects.visible_to(VISITOR).get() == answer
        assert (answer.kind, answer.office) == ("explain", unit.officer_office)

    def test_the_log_knows_that_it_was_answered_never_the_words(self, unit):
        version = city_hall.published(unit)
        actions.explain_finding(
            by=unit.officer, version=version, code="X4", indicator=0, text="系统四舍五入所致"
        )

        deed = Deed.objects.get(verb="explain_finding")

        assert (deed.public["code"], deed.public["indicator"]) == ("X4", 0)
        assert "四舍五入" not in str(deed.public)
        assert deed.on == f"form_version:{version.pk}"

    def test_an_explanation_needs_words(self, unit):
        version = city_hall.published(unit)
        empty = {"version": version, "code": "X4", "indicator": 0, "text": ""}

        with pytest.raises(IntegrityError), transaction.atomic():
            actions.explain_finding(by=unit.officer, **empty)

        assert not Deed.objects.filter(verb="explain_finding").exists()

    def test_there_is_nothing_to_say_to_a_finding_that_is_not_there(self, unit):
        version = city_hall.published(unit)

        for code, indicator in (("X4", 7), ("T1", None)):
            with pytest.raises(DerivedFinding.DoesNotExist):
                actions.accept_finding(
                    by=unit.officer, version=version, code=code, indicator=indicator
                )

    def test_a_finding_is_answered_once_in_each_way(self, unit):
        version = city_hall.published(unit)
        finding = {"version": version, "code": "X4", "indicator": 0}
        actions.explain_finding(by=unit.officer, text="理由", **finding)
        actions.accept_finding(by=unit.officer, **finding)

        with pytest.raises(IntegrityError), transaction.atomic():
            actions.explain_finding(by=unit.officer, text="另一个理由", **finding)

    def test_findings_in_drafts_are_corrected_not_answered(self, unit):
        draft = city_hall.draft(unit)

        explain = {"version": draft, "code": "X4", "indicator": 0, "text": "理由"}
        assert refused_clauses(actions.explain_finding, by=unit.officer, **explain) == ("4.6",)

    def test_accepting_with_the_correction_points_to_it(self, unit):
        first = city_hall.published(unit)
        second = city_hall.draft(unit, score="40")

        actions.correct_form(
            by=unit.reviewer,
            version=second,
            review="可以公开",
            reason="得分填错",
            accepts=[Accepted(code="X4", indicator=0, text="确实填错")],
        )

        answer = Answer.objects.get()
        assert (answer.version, answer.new_version) == (first, second)
        accepted, corrected = (
            Deed.objects.get(verb=verb) for verb in ("accept_finding", "correct_form")
        )
        assert accepted.because == corrected.pk

    def test_a_correction_is_whole_or_not_at_all(self, unit):
        city_hall.published(unit)
        second = city_hall.draft(unit, score="40")

        with pytest.raises(DerivedFinding.DoesNotExist):
            actions.correct_form(
                by=unit.reviewer,
                version=second,
                review="可以公开",
                reason="得分填错",
                accepts=[Accepted(code="T1")],
            )

        assert FormVersion.objects.get(pk=second.pk).stage == "correction"
        assert not Deed.objects.filter(verb="correct_form").exists()
