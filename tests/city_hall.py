"""A small city hall for tests: two units with their people, one project each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.terms import Form, FormType, Indicator
from gongzhi.cycle import actions as cycle
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.parties.actions import offices
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.models import Office, Organisation, Region
from verified import verified

PACK = "mof-2020-10"
YEAR = 2025


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit, the offices in it, and its project."""

    organisation: Organisation
    officer_office: Office
    reviewer_office: Office
    project: Project

    @property
    def officer(self) -> Member:
        return verified(self.officer_office)

    @property
    def reviewer(self) -> Member:
        return verified(self.reviewer_office)


def region(code: str = "990100") -> Region:
    return parties.register_region(by=SYSTEM, code=code, name="某市")


def office(organisation: Organisation, name: str, *roles: str) -> Office:
    person = parties.register_person(by=SYSTEM, username=f"{organisation.code}-{name}", name=name)
    return offices.assign_office(
        by=SYSTEM,
        person=person,
        organisation=organisation,
        title=name,
        roles=roles,
        since_on=date(2020, 1, 1),
    )


def unit(code: str, *, within: Region, kind: str = "government") -> Unit:
    organisation = parties.register_organisation(
        by=SYSTEM, region=within, code=code, name=f"某局{code}", kind=kind
    )
    return Unit(
        organisation=organisation,
        officer_office=office(organisation, "officer", "officer"),
        reviewer_office=office(organisation, "reviewer", "reviewer"),
        project=cycle.register_project(
            by=SYSTEM, unit=organisation, code=f"P{code}", name=f"某项目{code}"
        ),
    )


def budget_office(*, within: Region) -> Office:
    """The budget office of the finance bureau, which is a unit of its own."""
    return office(unit("9", within=within).organisation, "预算", "budget")


def form(*, score: str = "50") -> Form:
    """A self-evaluation with one fault: a score above its weight, unless told otherwise."""
    return Form(
        form_type=FormType.SELF_EVALUATION,
        layout="std2020",
        project="某项目",
        fiscal_year=YEAR,
        money_unit="万元",
        budget_initial=Decimal("100.00"),
        budget_adjusted=Decimal("100.00"),
        executed=Decimal("100.00"),
        execution_weight=Decimal(10),
        execution_score=Decimal(10),
        indicators=(
            Indicator(
                level1="产出",
                level2="数量",
                level3="培训人次",
                target_text="≥100人次",
                actual_text="100人次",
                weight=Decimal(40),
                score=Decimal(score),
            ),
        ),
    )


def draft(unit: Unit, *, score: str = "50", fiscal_year: int = YEAR) -> FormVersion:
    return cycle.draft_form(
        by=unit.officer,
        project=unit.project,
        form=form(score=score),
        fiscal_year=fiscal_year,
        pack=PACK,
    )


def published(unit: Unit, *, score: str = "50", fiscal_year: int = YEAR) -> FormVersion:
    version = draft(unit, score=score, fiscal_year=fiscal_year)
    return cycle.publish_form(by=unit.reviewer, version=version, review="经审查可以公开")
