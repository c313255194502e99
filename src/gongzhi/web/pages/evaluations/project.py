"""A project's evaluations of a year side by side: points, spread, gaps, one score and its sum."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.evaluating.rules import Scope
from gongzhi.core.terms import Said
from gongzhi.cycle.actions import draws
from gongzhi.cycle.actions import evaluations as actions
from gongzhi.cycle.candidates import choice_to_be
from gongzhi.cycle.declared import DECLARED
from gongzhi.cycle.models import Draw, Evaluation, Project
from gongzhi.cycle.panels import pack_for, panel_for
from gongzhi.cycle.years import years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.evaluations.choosing import choosable
from gongzhi.web.pages.evaluations.draws import AnnouncingForm, draw_to_be
from gongzhi.web.pages.evaluations.evaluation import ACCEPTING, DECLARED_MAX, HANDING_IN
from gongzhi.web.pages.evaluations.sides import shown_panel
from gongzhi.web.pages.rectifications.telling import (
    telling_about,
    to_be,
    to_order,
    to_tell_of_panel,
)
from gongzhi.web.readable import readable_project

YEARS = (2000, 2099)
REASON_MAX = 2000


class ChoosingForm(KeyForm):
    """What is evaluated, as which kind, by whom, and why."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    kind = forms.CharField(max_length=40)
    evaluator = forms.UUIDField()
    because = forms.CharField(max_length=REASON_MAX)
    aim = forms.UUIDField(required=False)


class StartingForm(KeyForm):
    """What a social organisation evaluates of its own accord, and what it states of that."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    because = forms.CharField(max_length=REASON_MAX)
    independence = forms.CharField(max_length=DECLARED_MAX)
    funding = forms.CharField(max_length=DECLARED_MAX, required=False)
    ties = forms.CharField(max_length=DECLARED_MAX, required=False)


@require_safe
def project_evaluation(request: MemberRequest, project: UUID) -> HttpResponse:
    """The panel of a project, with what may be chosen or begun."""
    return page_of(request, readable_project(request, project))


def page_of(
    request: MemberRequest, thing: Project, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    """The page of a project's evaluations, perhaps with what kept a form from being taken."""
    own = own_organisation(request.member)
    chosen, started = _to_be(thing, own=own)
    drawn = draw_to_be(thing, own=own)
    year = _year(request, thing)
    panel = panel_for(request.member, thing, year=year)
    told = to_tell_of_panel(request.member, panel, thing, year=year, own=own)
    ordered = to_order(thing, year=year, own=own)
    made = filter(None, (chosen, started, drawn))
    here = about(request, thing, *made, *to_be(told, ordered))
    choose = here.on(chosen, "choose_evaluation") if chosen else None
    context: dict[str, Any] = {
        "project": thing,
        "year": year,
        "years": _years(request, thing, year=year),
        **shown_panel(panel),
        "choose": choose,
        "start": here.on(started, "start_evaluation") if started else None,
        **_asking(request, thing, year=year, pack=panel.pack, chosen=bool(choose)),
        "announce": here.on(drawn, "announce_draw") if drawn else None,
        "stating": [(code, DECLARED[code]) for code in ACCEPTING],
        "later": [DECLARED[code] for code in HANDING_IN],
        "telling": telling_about(request, here, thing, year=year, told=told, ordered=ordered),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    return render(request, "pages/evaluations/project.html", context, status=422 if faults else 200)


def _asking(
    request: MemberRequest, thing: Project, *, year: int, pack: str, chosen: bool
) -> dict[str, Any]:
    """As what it can be evaluated, whom the reader may ask, and the draws there were."""
    own = own_organisation(request.member)
    kinds = [each for each in load_evaluation(pack).kinds if each.frame]
    return {
        "kinds": [each for each in kinds if each.scope is Scope.PROJECT],
        "evaluators": choosable(request, thing, own=own, year=year, pack=pack) if chosen else [],
        "draws": _draws(request, thing, year=year),
    }


def _draws(request: MemberRequest, thing: Project, *, year: int) -> Any:
    return Draw.objects.visible_to(request.member).filter(project=thing, fiscal_year=year)


def _to_be(thing: Project, *, own: Organisation | None) -> tuple[Thing | None, Thing | None]:
    """The evaluations that the reader could choose or begin, as the charter is asked about them."""
    if own is None:
        return None, None
    chosen = replace(choice_to_be(thing.unit, commissioner=own.pk, project=thing), id=NEW)
    return chosen, replace(chosen, owner=str(own.pk))


def _year(request: MemberRequest, thing: Project) -> int:
    asked = request.GET.get("year") or request.POST.get("fiscal_year") or ""
    if asked:
        if not asked.isdecimal() or not YEARS[0] <= int(asked) <= YEARS[1]:
            raise BadRequest("year")
        return int(asked)
    mine = Evaluation.objects.visible_to(request.member).filter(project=thing)
    newest = mine.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    return int(newest) if newest else business_date().year


def _years(request: MemberRequest, thing: Project, *, year: int) -> list[int]:
    mine = Evaluation.objects.visible_to(request.member).filter(project=thing)
    return sorted({*years_of(mine), year}, reverse=True)


# ── the deeds, each an address ──


@require_POST
def choose_evaluation(request: MemberRequest, project: UUID) -> HttpResponse:
    """Choose the project for an evaluation and assign it."""
    thing = readable_project(request, project)
    own = own_organisation(request.member) or thing.unit

    def deed(given: Mapping[str, Any]) -> object:
        known = Organisation.objects.visible_to(request.member)
        evaluator = known.filter(pk=given["evaluator"]).first()
        if evaluator is None:
            raise Http404
        return actions.choose_evaluation(
            by=request.member,
            assignment=actions.Assignment(
                project=thing,
                fiscal_year=given["fiscal_year"],
                kind=given["kind"],
                evaluator=evaluator,
                pack=pack_for(thing, year=given["fiscal_year"]),
                because=given["because"],
            ),
            commissioner=own,
            key=given["key"],
        )

    return _done(request, thing, ChoosingForm(request.POST), deed)


@require_POST
def start_evaluation(request: MemberRequest, project: UUID) -> HttpResponse:
    """Begin an evaluation of one's own accord."""
    thing = readable_project(request, project)
    own = own_organisation(request.member) or thing.unit

    def deed(given: Mapping[str, Any]) -> object:
        return actions.start_evaluation(
            by=request.member,
            assignment=actions.Assignment(
                project=thing,
                fiscal_year=given["fiscal_year"],
                kind="social",
                evaluator=own,
                pack=pack_for(thing, year=given["fiscal_year"]),
                because=given["because"],
            ),
            independence=given["independence"],
            declared={code: given[code] for code in ACCEPTING},
            key=given["key"],
        )

    return _done(request, thing, StartingForm(request.POST), deed)


@require_POST
def announce_draw(request: MemberRequest, project: UUID) -> HttpResponse:
    """Announce that evaluators are drawn by lot."""
    thing = readable_project(request, project)
    own = own_organisation(request.member) or thing.unit

    def deed(given: Mapping[str, Any]) -> object:
        return draws.announce_draw(
            by=request.member,
            announcement=draws.Announcement(
                project=thing,
                fiscal_year=given["fiscal_year"],
                kind=given["kind"],
                count=given["count"],
                pack=pack_for(thing, year=given["fiscal_year"]),
                because=given["because"],
            ),
            commissioner=own,
            key=given["key"],
        )

    return _done(request, thing, AnnouncingForm(request.POST), deed)


def _done(request: MemberRequest, thing: Project, filled: forms.Form, deed: Any) -> HttpResponse:
    return take(
        request,
        filled,
        deed,
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: page_of(request, thing, faults=faults),
        then=reverse("project-evaluation", args=[thing.pk]),
    )
