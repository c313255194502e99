"""A unit's disclosure of a year: what belongs in, by when, what is out, and gathering the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.disclosure.clock import TIMELINESS, KindRule
from gongzhi.core.terms import FiscalYear, Said, Text
from gongzhi.cycle.actions import disclosures as actions
from gongzhi.cycle.disclosure_due import Duty, duties, pack_to_be
from gongzhi.cycle.disclosure_pieces import Found, missing_from, pieces_for
from gongzhi.cycle.models import DisclosurePack
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.rules.disclosure import load_disclosure
from gongzhi.web.clauses import ShownClause, clause_shown
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import Permitted, about
from gongzhi.web.pages.disclosure.lists import STATES, newest_known, years_known
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on

YEARS = (2000, 2099)
BECAUSE_MAX = 2000


class GatheringForm(KeyForm):
    """Which year, on which occasion; for a later version what it corrects or adds."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    occasion = forms.CharField(max_length=20)
    because = forms.CharField(max_length=BECAUSE_MAX, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of piece: what there is of it, its clause, the fields that stay closed."""

    rule: KindRule
    found: tuple[Found, ...]
    clause: ShownClause
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a unit owes on an occasion, how that stands, its packs, and what may be done."""

    code: str
    name: Text
    duty: Duty | None
    state: str
    said: Said | None
    kinds: tuple[Kind, ...]
    packs: tuple[DisclosurePack, ...]
    gather: Permitted | None
    again: bool

    @property
    def missing(self) -> int:
        """How many pieces aren't in what is out."""
        return sum(each.missing for each in self.kinds)


@require_safe
def unit_disclosure(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """The unit's page."""
    return _page(request, readable_thing(request, "organisation", organisation))


def _page(
    request: MemberRequest, unit: Organisation, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    year = _year(request)
    here = about(request, unit, pack_to_be(unit))
    gather = here["draft_pack"]
    packs = DisclosurePack.objects.visible_to(request.member).filter(
        organisation=unit, fiscal_year=year
    )
    listed = list(packs.with_facts().order_by("-id"))
    context: dict[str, Any] = {
        "unit": unit,
        "year": year,
        "years": years_known(),
        "occasions": [_occasion(unit, code, year=year, packs=listed, gather=gather)
                      for code in load_disclosure().occasions],
        "seals": seals_on(listed),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }  # fmt: skip
    status = 422 if faults else 200
    return render(request, "pages/disclosure/unit.html", context, status=status)


def _occasion(
    unit: Organisation,
    code: str,
    *,
    year: FiscalYear,
    packs: list[DisclosurePack],
    gather: Permitted | None,
) -> Occasion:
    rules, today = load_disclosure(), business_date()
    mine = tuple(each for each in packs if each.occasion == code)
    out = next((each for each in mine if each.stage == "published"), None)
    found = pieces_for(unit, year=year, occasion=code)
    missing = {(each.rule.code, each.of) for each in _missing(out, found)}
    duty = next(iter(duties(year=year, occasion=code, today=today, units=[unit.pk])), None)
    unfinished = any(each.stage in ("draft", "reviewed") for each in mine)
    return Occasion(
        code=code,
        name=rules.occasions[code],
        duty=duty,
        state=STATES[duty.state] if duty else "unknown",
        said=TIMELINESS[duty.state] if duty else None,
        kinds=tuple(_kind(rule, found, missing) for rule in rules.of(code)),
        packs=mine,
        gather=gather if found and not unfinished else None,
        again=out is not None,
    )


def _missing(out: DisclosurePack | None, found: list[Found]) -> list[Found]:
    return missing_from(list(out.pieces.all()), found) if out else []


def _kind(rule: KindRule, found: list[Found], missing: set[tuple[str, str]]) -> Kind:
    mine = tuple(each for each in found if each.rule.code == rule.code)
    return Kind(
        rule=rule,
        found=mine,
        clause=clause_shown(rule.clause),
        missing=sum((each.rule.code, each.of) in missing for each in mine),
    )


def _year(request: MemberRequest) -> FiscalYear:
    asked = request.GET.get("year") or request.POST.get("fiscal_year") or ""
    if not asked:
        return newest_known()
    if not asked.isdecimal() or not YEARS[0] <= int(asked) <= YEARS[1]:
        raise BadRequest("year")
    return int(asked)


@require_POST
def draft_pack(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Gather the next pack."""
    unit = readable_thing(request, "organisation", organisation)
    year = request.POST.get("fiscal_year", "")
    return take(
        request,
        GatheringForm(request.POST),
        lambda given: actions.draft_pack(by=request.member, organisation=unit, **given),
        done=_("公开包已编好，等待公开审查。"),
        page=lambda request, *, faults: _page(request, unit, faults=faults),
        then=f"{reverse('unit-disclosure', args=[unit.pk])}?year={year}",
    )
