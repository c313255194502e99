"""Goals as a list, filtered as a sentence; what is done with many of a unit's goals at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Member
from gongzhi.core.goals.review import GoalStage
from gongzhi.core.terms import Said
from gongzhi.cycle.actions import goals as actions
from gongzhi.cycle.models import GoalVersion
from gongzhi.cycle.next_goals import decided_for
from gongzhi.cycle.units_having import units_having
from gongzhi.cycle.years import YearByYear, years_of
from gongzhi.forum.winners import won_among
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.filled import KeyForm, ReasonForm, new_key, shown, take
from gongzhi.web.filters import chosen_in, filter_of, identifiers_asked, paged
from gongzhi.web.here import Here, Permitted, about
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages.goals.editing import next_year
from gongzhi.web.pages.goals.version import NUMBER_MAX, WordsForm
from gongzhi.web.readable import readable_thing

ROWS = 50
UNITS_MAX = 500


class ChosenForm(KeyForm):
    """Which goals."""


class ApprovedForm(ChosenForm):
    """Which goals are approved, under which document number."""

    document_number = forms.CharField(max_length=NUMBER_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """A deed with many goals at once: with which organisation, and which goals wait for it."""

    deed: Permitted
    unit: Organisation
    rows: Sequence[GoalVersion]
    checked: bool


@require_safe
def goals(request: MemberRequest) -> HttpResponse:
    """The goals that the reader may see; of one unit, with what can be done with all of them."""
    return _page(request, unit=_unit_asked(request))


def _unit_asked(request: MemberRequest) -> Organisation | None:
    asked = request.GET.get("unit") or ""
    if not asked:
        return None
    try:
        found = Organisation.objects.visible_to(request.member).filter(pk=UUID(asked)).first()
    except ValueError as error:
        raise BadRequest("unit") from error
    return found


def _page(
    request: MemberRequest,
    *,
    unit: Organisation | None,
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    own = own_organisation(request.member)
    things = {each.pk: each for each in (unit, own) if each is not None}
    here = about(request, *things.values())
    visible = GoalVersion.objects.visible_to(request.member)
    filters = _filters(request, visible, unit=unit)
    chosen = chosen_in(filters)
    chosen_rows = _chosen(visible, chosen, unit=unit).select_related("project__unit")
    rows: Any = YearByYear(chosen_rows.defer("record"))
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    draft = here.on(unit, "draft_budget") if unit else None
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "query": paged(request.GET, of="goals"),
        "won": won_among(request.member, [row.project_id for row in page]),
        "unit": unit,
        "endings": ENDINGS.values(),
        "paper_year": chosen["year"],
        "draft": draft,
        "decided": _decided(request.member, unit) if unit and draft else (),
        "bulk": [*_bulk(here, visible, unit=unit), *_as_department(here, visible, own=own)],
        "year": next_year(business_date()),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    return render(request, "pages/goals/list.html", context, status=422 if faults else 200)


def _decided(member: Member, unit: Organisation) -> Sequence[tuple[int, int]]:
    """The years that are decided on by results, each with how many projects lack goals of it."""
    years = Counter(each.proposal.fiscal_year for each in decided_for(member, unit))
    return sorted(years.items())


def _filters(request: MemberRequest, visible: Any, *, unit: Organisation | None) -> Any:
    years = sorted({*years_of(visible), business_date().year + 1}, reverse=True)
    units = units_having(visible, unit="project__unit", at_most=UNITS_MAX, order="code")
    named = {str(key): name for key, name in units.items()}
    if unit is not None:
        named.setdefault(str(unit.pk), unit.name)
    asked = {**request.GET.dict(), "unit": str(unit.pk) if unit else ""}
    stages = {str(code): str(name) for code, name in GoalVersion.Stage.choices}
    return (
        filter_of(
            _("年度"),
            name="year",
            values={"": _("各年度"), **{str(year): str(year) for year in years}},
            asked=asked,
        ),
        filter_of(_("单位"), name="unit", values={"": _("各单位"), **named}, asked=asked),
        filter_of(_("状态"), name="stage", values={"": _("各种状态"), **stages}, asked=asked),
    )


def _chosen(visible: Any, chosen: Mapping[str, str], *, unit: Organisation | None) -> Any:
    rows = visible.order_by("-fiscal_year", "project__code", "-id")
    if chosen["year"]:
        rows = rows.filter(fiscal_year=int(chosen["year"]))
    if unit is not None:
        rows = rows.filter(project__unit=unit)
    if chosen["stage"]:
        return rows.filter(stage=chosen["stage"])
    return rows.exclude(stage=GoalStage.WITHDRAWN)


def _bulk(here: Here, visible: Any, *, unit: Organisation | None) -> Iterator[Bulk]:
    """The deeds with many of a unit's goals at once, each with those that wait for it."""
    if unit is None:
        return
    own = visible.filter(project__unit=unit)
    examined = own.filter(stage__in=[GoalStage.FORWARDED, GoalStage.ASKED])
    yield from _waiting(here, unit, "submit_budget", own.filter(stage=GoalStage.DRAFT))
    yield from _waiting(here, unit, "approve_budget", examined)
    if here.on(unit, "approve_budget"):
        yield from _waiting(here, unit, "return_budget", examined)


def _as_department(here: Here, visible: Any, *, own: Organisation | None) -> Iterator[Bulk]:
    """What waits for the reader's organisation as the department above units."""
    if own is None:
        return
    waiting = visible.filter(project__unit__parent=own, stage=GoalStage.SUBMITTED)
    yield from _waiting(here, own, "forward_budget", waiting)
    yield from _waiting(here, own, "hand_back_budget", waiting)


def _waiting(here: Here, unit: Organisation, verb: str, rows: Any) -> Iterator[Bulk]:
    deed = here.on(unit, verb)
    found = list(rows.select_related("project__unit").order_by("project__code")) if deed else []
    if deed and found:
        checked = verb not in ("return_budget", "hand_back_budget")
        yield Bulk(deed=deed, unit=unit, rows=found, checked=checked)


# ── the deeds, each an address ──


@require_POST
def submit_budget(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Hand the chosen goals of a unit in."""
    unit = readable_thing(request, "organisation", organisation)
    chosen = _versions(request)

    def deed(filled: Mapping[str, Any]) -> object:
        return actions.submit_budget(
            by=request.member, unit=unit, versions=chosen, key=filled["key"]
        )

    return _done(request, unit, ChosenForm(request.POST), deed, done=_("已报送，并写入存证。"))


@require_POST
def approve_budget(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Approve the chosen goals of a unit."""
    unit = readable_thing(request, "organisation", organisation)
    chosen = _versions(request)

    def deed(filled: Mapping[str, Any]) -> object:
        return actions.approve_budget(
            by=request.member,
            unit=unit,
            versions=chosen,
            document_number=filled["document_number"],
            key=filled["key"],
        )

    return _done(request, unit, ApprovedForm(request.POST), deed, done=_("已批复，并写入存证。"))


@require_POST
def forward_budget(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Pass the chosen goals of a department's units on."""
    department = readable_thing(request, "organisation", organisation)
    chosen = _versions(request)

    def deed(filled: Mapping[str, Any]) -> object:
        return actions.forward_budget(
            by=request.member, department=department, versions=chosen, **filled
        )

    form = WordsForm(request.POST)
    return _done(request, _shown_unit(request), form, deed, done=_("已转报，并写入存证。"))


@require_POST
def return_budget(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Send the chosen goals back, all with the same reason."""
    unit = readable_thing(request, "organisation", organisation)
    chosen = _versions(request)

    def deed(filled: Mapping[str, Any]) -> object:
        return actions.return_budget(by=request.member, unit=unit, versions=chosen, **filled)

    form = ReasonForm(request.POST)
    return _done(request, _shown_unit(request), form, deed, done=_("已退回，并写入存证。"))


@require_POST
def hand_back_budget(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Send the chosen goals of a department's units back, all with the same reason."""
    department = readable_thing(request, "organisation", organisation)
    chosen = _versions(request)

    def deed(filled: Mapping[str, Any]) -> object:
        return actions.hand_back_budget(
            by=request.member, department=department, versions=chosen, **filled
        )

    form = ReasonForm(request.POST)
    return _done(request, _shown_unit(request), form, deed, done=_("已退回，并写入存证。"))


def _shown_unit(request: MemberRequest) -> Organisation | None:
    """The unit whose list the form stood in, to go back to."""
    asked = identifier_in(request.POST.get("unit", ""))
    readable = Organisation.objects.visible_to(request.member)
    return readable.filter(pk=asked).first() if asked else None


def _versions(request: MemberRequest) -> list[GoalVersion]:
    """The versions that were chosen; what the reader may not see isn't there."""
    known = identifiers_asked(request.POST.getlist("version"))
    return list(GoalVersion.objects.visible_to(request.member).filter(pk__in=known))


def _done(
    request: MemberRequest, unit: Organisation | None, filled: forms.Form, deed: Any, *, done: str
) -> HttpResponse:
    return take(
        request,
        filled,
        deed,
        done=done,
        page=lambda request, *, faults: _page(request, unit=unit, faults=faults),
        then=f"{reverse('goals')}?unit={unit.pk}" if unit else reverse("goals"),
    )
