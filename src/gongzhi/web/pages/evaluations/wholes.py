"""An organisation evaluated as a whole, a policy that it leads, and what is followed up."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.evaluating.rules import EvaluationKind, Scope
from gongzhi.core.terms import Said
from gongzhi.cycle.actions import evaluations as actions
from gongzhi.cycle.aims import aims_of, served_by
from gongzhi.cycle.candidates import choice_to_be
from gongzhi.cycle.follow_ups import after_years, scheduled
from gongzhi.cycle.models import Aim, Evaluation, Project
from gongzhi.cycle.panels import panel_of_whole
from gongzhi.cycle.years import years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.folders import USUAL
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.filled import new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.evaluations.project import YEARS, ChoosingForm
from gongzhi.web.pages.evaluations.sides import shown_panel
from gongzhi.web.readable import readable_thing

EVALUATORS_MAX, ROWS = 300, 50


@require_safe
def organisation_evaluation(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """The panel of an organisation as a whole, or of a policy, with what may be chosen."""
    thing = readable_thing(request, "organisation", organisation)
    return _page(request, thing, aim=_aim(request, request.GET.get("aim", "")))


def _aim(request: MemberRequest, identifier: str) -> Aim | None:
    """The policy that is asked about; nothing where none is named."""
    if not identifier:
        return None
    asked = identifier_in(identifier)
    if asked is None:
        raise BadRequest("aim")
    aim: Aim = get_object_or_404(Aim.objects.visible_to(request.member), pk=asked)
    return aim


def _page(
    request: MemberRequest,
    thing: Organisation,
    *,
    aim: Aim | None,
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    own = own_organisation(request.member)
    to_be = _to_be(thing, own=own)
    here = about(request, thing, *([to_be] if to_be else []))
    year = _year(request)
    rows = Evaluation.objects.visible_to(request.member)
    mine = rows.filter(project=None, aim=aim, evaluated=thing)
    choose = here.on(to_be, "choose_evaluation") if to_be else None
    scope = Scope.POLICY if aim else Scope.ORGANISATION
    kinds = [k for k in load_evaluation(USUAL).kinds if k.frame and k.scope is scope]
    context: dict[str, Any] = {
        "organisation": thing,
        "aim": aim,
        **_of_policies(request, thing, aim=aim, year=year),
        "year": year,
        "years": sorted({*years_of(mine), year}, reverse=True),
        **shown_panel(panel_of_whole(request.member, thing, year=year, aim=aim)),
        "choose": choose,
        "kinds": kinds,
        "evaluators": _evaluators(request, thing, own=own, kinds=kinds) if choose else [],
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/evaluations/whole.html", context, status=status)


def _of_policies(
    request: MemberRequest, thing: Organisation, *, aim: Aim | None, year: int
) -> dict[str, Any]:
    """The projects that serve a policy, by pages; without one the policies to choose from."""
    if aim is None:
        return {"aims": aims_of(thing, reader=request.member)}
    readable = Project.objects.visible_to(request.member).filter(pk__in=served_by(aim))
    page = Paginator(readable.select_related("unit").order_by("code"), ROWS)
    return {
        "served": page.get_page(request.GET.get("page")),
        "query": f"{urlencode({'aim': aim.pk, 'year': year})}&",
    }


def _to_be(thing: Organisation, *, own: Organisation | None) -> Thing | None:
    """The evaluation that the reader could choose."""
    return None if own is None else replace(choice_to_be(thing, commissioner=own.pk), id=NEW)


def _evaluators(
    request: MemberRequest,
    thing: Organisation,
    *,
    own: Organisation | None,
    kinds: Sequence[EvaluationKind],
) -> list[Organisation]:
    """Outside parties that may do one of the kinds, after the reader's own organisation."""
    outside = {str(each) for kind in kinds for each in kind.parties} - {PartyKind.GOVERNMENT}
    known = Organisation.objects.visible_to(request.member).filter(kind__in=outside)
    first = [own] if own is not None and own.pk != thing.pk else []
    return [*first, *known.exclude(pk=thing.pk).order_by("name")[:EVALUATORS_MAX]]


def _year(request: MemberRequest) -> int:
    asked = request.GET.get("year") or request.POST.get("fiscal_year") or ""
    if not asked:
        return business_date().year
    if not asked.isdecimal() or not YEARS[0] <= int(asked) <= YEARS[1]:
        raise BadRequest("year")
    return int(asked)


@require_POST
def choose_whole(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Choose an organisation to be evaluated as a whole, or a policy that it leads."""
    thing = readable_thing(request, "organisation", organisation)
    aim = _aim(request, request.POST.get("aim", ""))
    own = own_organisation(request.member) or thing

    def deed(given: Mapping[str, Any]) -> object:
        known = Organisation.objects.visible_to(request.member)
        evaluator = known.filter(pk=given["evaluator"]).first()
        if evaluator is None:
            raise Http404
        return actions.choose_evaluation(
            by=request.member,
            assignment=actions.Assignment(
                project=None,
                whole=thing,
                aim=aim,
                fiscal_year=given["fiscal_year"],
                kind=given["kind"],
                evaluator=evaluator,
                pack=USUAL,
                because=given["because"],
            ),
            commissioner=own,
            key=given["key"],
        )

    asked = {"year": request.POST.get("fiscal_year", "")[:4], **({"aim": aim.pk} if aim else {})}
    return take(
        request,
        ChoosingForm(request.POST),
        deed,
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: _page(request, thing, aim=aim, faults=faults),
        then=f"{reverse('organisation-evaluation', args=[thing.pk])}?{urlencode(asked)}",
    )


@require_safe
def follow_ups(request: MemberRequest) -> HttpResponse:
    """What is evaluated again years after completion, when, and for which promises."""
    about(request)
    found = scheduled(
        Project.objects.visible_to(request.member),
        Evaluation.objects.visible_to(request.member),
    )
    today = business_date()
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(each, each.is_due(today)) for each in page],
        "years": after_years(),
        "cited": next(
            (k.cited for k in load_evaluation(USUAL).kinds if k.code == "follow_up"), None
        ),
        "query": "",
    }
    return render(request, "pages/evaluations/follow_ups.html", context)
