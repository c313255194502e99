"""Whom one can be in a demo: the ten seats of the cast, then every other office."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongzhi.city.cast import Sitting, sittings
from gongzhi.city.own_files import TRIAL, is_trial
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.sign_in import become, may_switch, switch_office
from gongzhi.web.pages.display import own_address
from gongzhi.web.switched import back_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """An organisation with the offices that one can step into."""

    organisation: Organisation
    offices: Sequence[Office]


@require_safe
def demo_offices(request: HttpRequest) -> HttpResponse:
    """The ten seats as cards, then every other office by organisation."""
    if not may_switch(request):
        raise Http404
    today = business_date()
    cast = sittings(on=today)
    seated = {each.office.pk for each in cast if each.office}
    held = Office.objects.held(on=today).with_facts().order_by("organisation__code", "title")
    in_order = sorted(held, key=lambda each: not each.organisation.code.startswith(TRIAL))
    others = list(_by_organisation(each for each in in_order if each.pk not in seated))
    context = {
        "cast": cast,
        "others": others,
        "own_files": is_trial(),
        "count": sum(len(each.offices) for each in others),
    }
    return render(request, "pages/demo/offices.html", context)


@require_POST
def take_seat(request: HttpRequest) -> HttpResponse:
    """Become whoever sits in a seat of the cast."""
    sitting = seat_of(request, request.POST.get("seat", ""))
    sit_down(request, sitting)
    return back_to(own_address(request))


def seat_of(request: HttpRequest, username: str) -> Sitting:
    """The seat that is asked for; a page that isn't there where it isn't, or for strangers."""
    if not may_switch(request):
        raise Http404
    for sitting in sittings(on=business_date()):
        if sitting.seat.username == username:
            return sitting
    raise Http404


def sit_down(request: HttpRequest, sitting: Sitting) -> None:
    """Sign in as whoever sits there."""
    if sitting.office is None:
        become(request, sitting.person)
    else:
        switch_office(request, sitting.office)


def _by_organisation(offices: Iterable[Office]) -> Iterator[Staffed]:
    for _, mine in groupby(offices, key=lambda each: each.organisation_id):
        found = list(mine)
        yield Staffed(organisation=found[0].organisation, offices=found)
