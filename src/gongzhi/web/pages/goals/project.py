"""A project's goals: what it is about, who has a part, its appraisals, every year's versions."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.cycle.actions import appraisals
from gongzhi.cycle.actions import projects as actions
from gongzhi.cycle.actions.appraisals import AppraisalAspect, Found
from gongzhi.cycle.actions.projects import DOES_MAX, Description
from gongzhi.cycle.models import Aim, Appraisal, GoalVersion, Partner, Profile, Project
from gongzhi.cycle.years import year_shown
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.rules.indicators import load_classes
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.pages.budget.chain import chain_of
from gongzhi.web.pages.goals import editing
from gongzhi.web.pages.participation.votes.becoming import won_in
from gongzhi.web.readable import readable_project
from gongzhi.web.seals import seals_on

TEXT_MAX = 2000
GOAL_DEEDS = (
    "submit_goals", "forward_goals", "ask_about_goals", "return_goals", "approve_goals",
    "withdraw_goals",
)  # fmt: skip
ASPECTS: Mapping[AppraisalAspect, Said] = {
    AppraisalAspect.NECESSITY: Said("立项必要性"),
    AppraisalAspect.ECONOMY: Said("投入经济性"),
    AppraisalAspect.SOUNDNESS: Said("绩效目标合理性"),
    AppraisalAspect.FEASIBILITY: Said("实施方案可行性"),
    AppraisalAspect.FUNDING: Said("筹资合规性"),
}
YEARS = (2000, 2099)
YEAR_LINE = re.compile(r"(?P<year>20[0-9]{2})\s+(?P<amount>[0-9,]{1,18}(?:\.[0-9]{1,2})?)")


class DescriptionForm(KeyForm):
    """What a project is about."""

    category = forms.CharField(max_length=60, required=False)
    functional = forms.CharField(max_length=7, required=False)
    basis = forms.CharField(max_length=TEXT_MAX, required=False)
    starts_on = forms.DateField(required=False)
    ends_on = forms.DateField(required=False)
    total = forms.DecimalField(max_digits=18, decimal_places=2, required=False)
    by_year = forms.CharField(max_length=500, required=False)
    aim = forms.UUIDField(required=False)

    def clean_by_year(self) -> dict[int, Decimal]:
        """A line for each year: the year and the amount in yuan."""
        found: dict[int, Decimal] = {}
        for line in self.cleaned_data["by_year"].splitlines():
            if line.strip():
                told = YEAR_LINE.fullmatch(unicodedata.normalize("NFKC", line).strip())
                if told is None:
                    raise forms.ValidationError("")
                found[int(told["year"])] = Decimal(told["amount"].replace(",", ""))
        return found


class PartnerForm(KeyForm):
    """Who has a part, and which."""

    organisation = forms.UUIDField()
    does = forms.CharField(max_length=DOES_MAX)


class EndForm(KeyForm):
    """Whose part has ended."""

    organisation = forms.UUIDField()


class AppraisalForm(KeyForm):
    """The conclusion; what was found about each aspect stands in fields of its own."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    conclusion = forms.ChoiceField(choices=Appraisal.Conclusion.choices)
    heard = forms.CharField(max_length=TEXT_MAX, required=False)
    conditions = forms.CharField(max_length=TEXT_MAX, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAspect:
    """What was found about an aspect."""

    name: Said
    holds: bool
    said: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAppraisal:
    """An appraisal with its aspects in their order."""

    row: Appraisal
    aspects: tuple[ShownAspect, ...]


@require_safe
def project_goals(request: MemberRequest, project: UUID) -> HttpResponse:
    """The project's goals, and what is to be known besides."""
    return _page(request, readable_project(request, project))


def _page(
    request: MemberRequest, thing: Project, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here, today = about(request, thing), business_date()
    versions = GoalVersion.objects.visible_to(request.member).filter(project=thing)
    rows = list(versions.order_by("-fiscal_year", "-id"))
    profile = Profile.objects.visible_to(request.member).filter(project=thing).last()
    partners = Partner.objects.visible_to(request.member).filter(project=thing, until_on=None)
    appraisals = Appraisal.objects.visible_to(request.member).filter(project=thing)
    context: dict[str, Any] = {
        "project": thing,
        "won": won_in(request.member, thing),
        "versions": rows,
        "seals": seals_on(rows, verbs=GOAL_DEEDS),
        "in_force": {row.pk for row in versions.in_force()},
        "profile": profile,
        "aims": _line_of(profile.aim) if profile and profile.aim else (),
        "functional": _class_name(profile.functional) if profile else "",
        "partners": list(partners.select_related("organisation")),
        "appraisals": [_shown(row) for row in appraisals.select_related("office__organisation")],
        "chain": chain_of(request.member, thing, year=year_shown(today), today=today),
        "this_year": year_shown(today),
        "deeds": here,
        "year": editing.next_year(today),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        **_choices(request, here_deeds=bool(here["describe_project"] or here["add_partner"])),
    }
    return render(request, "pages/goals/project.html", context, status=422 if faults else 200)


def _choices(request: MemberRequest, *, here_deeds: bool) -> Mapping[str, Any]:
    """What the forms offer; nobody else is asked to wait for it."""
    chosen = {"aspects": ASPECTS, "conclusions": Appraisal.Conclusion.choices}
    if not here_deeds:
        return chosen
    organisations = Organisation.objects.visible_to(request.member)
    aims = Aim.objects.visible_to(request.member)
    return {**chosen, "organisations": list(organisations), "all_aims": list(aims)}


def _line_of(aim: Aim) -> tuple[Aim, ...]:
    """The aims that an aim stands under, the widest first, and itself."""
    line: list[Aim] = []
    step: Aim | None = aim
    while step is not None and step not in line:
        line.insert(0, step)
        step = step.within
    return tuple(line)


def _class_name(functional: str) -> str:
    found = load_classes().get(functional[:3])
    if found is None:
        return ""
    return found.name.en if reader_language() == "en" else found.name.zh


def _shown(row: Appraisal) -> ShownAppraisal:
    return ShownAppraisal(
        row=row,
        aspects=tuple(
            ShownAspect(
                name=name,
                holds=row.aspects[aspect]["holds"],
                said=row.aspects[aspect]["said"],
                evidence=row.aspects[aspect]["evidence"],
            )
            for aspect, name in ASPECTS.items()
            if aspect in row.aspects
        ),
    )


# ── the deeds, each an address ──


@require_POST
def describe_project(request: MemberRequest, project: UUID) -> HttpResponse:
    """Say anew what the project is about."""
    thing = readable_project(request, project)

    def deed(given: Mapping[str, Any]) -> object:
        aim = Aim.objects.visible_to(request.member).filter(pk=given["aim"]).first()
        told = {name: held for name, held in given.items() if name != "key"} | {"aim": aim}
        return actions.describe_project(
            by=request.member, project=thing, about=Description(**told), key=given["key"]
        )

    return _done(request, thing, DescriptionForm(request.POST), deed)


@require_POST
def add_partner(request: MemberRequest, project: UUID) -> HttpResponse:
    """Say who else has a part."""
    thing = readable_project(request, project)

    def deed(given: Mapping[str, Any]) -> object:
        organisations = Organisation.objects.visible_to(request.member)
        organisation = organisations.filter(pk=given["organisation"]).first()
        if organisation is None:
            raise Http404
        return actions.add_partner(
            by=request.member,
            project=thing,
            organisation=organisation,
            does=given["does"],
            key=given["key"],
        )

    return _done(request, thing, PartnerForm(request.POST), deed)


@require_POST
def end_partner(request: MemberRequest, project: UUID) -> HttpResponse:
    """Say that somebody has no part any more."""
    thing = readable_project(request, project)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.end_partner(by=request.member, project=thing, **given)

    return _done(request, thing, EndForm(request.POST), deed)


@require_POST
def appraise_project(request: MemberRequest, project: UUID) -> HttpResponse:
    """Conclude on the five aspects."""
    thing = readable_project(request, project)

    def deed(given: Mapping[str, Any]) -> object:
        return appraisals.appraise_project(
            by=request.member, project=thing, aspects=_found(request.POST), **given
        )

    return _done(request, thing, AppraisalForm(request.POST), deed)


def _found(given: Mapping[str, str]) -> Mapping[AppraisalAspect, Found]:
    return {
        aspect: Found(
            holds=given.get(f"{aspect}-holds") == "yes",
            said=given.get(f"{aspect}-said", ""),
            evidence=given.get(f"{aspect}-evidence", "")[:TEXT_MAX],
        )
        for aspect in AppraisalAspect
    }


def _done(request: MemberRequest, thing: Project, filled: forms.Form, deed: Any) -> HttpResponse:
    return take(
        request,
        filled,
        deed,
        done=_("已记下，并写入存证。"),
        page=lambda request, *, faults: _page(request, thing, faults=faults),
        then=reverse("project-goals", args=[thing.pk]),
    )
