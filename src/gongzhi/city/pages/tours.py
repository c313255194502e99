"""Guided tours: begun from a seat, kept in the session, a step at a time, over before or after."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongzhi.city.cast import ten_seats
from gongzhi.city.pages.offices import seat_of, sit_down
from gongzhi.city.pages.whereabouts import address_of
from gongzhi.city.touring import Step, Tour, load_tours
from gongzhi.core.terms import Text
from gongzhi.parties.sign_in import may_switch

UNDER_WAY = "tour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What stands below the bar while somebody is shown round."""

    name: Text
    step: Step
    number: int
    whole: int
    address: str
    here: bool
    early: bool


@require_POST
def begin_tour(request: HttpRequest, seat: str) -> HttpResponse:
    """Take a seat and be shown round from it."""
    tour = load_tours().get(seat)
    if tour is None:
        raise Http404
    sit_down(request, seat_of(request, seat))
    return _at(request, tour, 0)


@require_POST
def tour_step(request: HttpRequest) -> HttpResponse:
    """Go to a step of the tour under way, or end it."""
    if not may_switch(request):
        raise Http404
    tour, _ = _under_way(request) or (None, 0)
    wanted = request.POST.get("step", "")
    if tour is None or not wanted.isdecimal() or int(wanted) >= len(tour.steps):
        request.session.pop(UNDER_WAY, None)
        return redirect("demo-offices")
    return _at(request, tour, int(wanted))


def strip(request: HttpRequest, *, today: date) -> Strip | None:
    """The step at which the reader is; None where nobody shows them round."""
    found = _under_way(request)
    if found is None:
        return None
    tour, number = found
    step = tour.steps[number]
    address = address_of(step)
    return Strip(
        name=next(seat.title for seat in ten_seats() if seat.username == tour.seat),
        step=step,
        number=number + 1,
        whole=len(tour.steps),
        address=address,
        here=request.path == address.partition("?")[0].partition("#")[0],
        early=today < step.since,
    )


def _at(request: HttpRequest, tour: Tour, number: int) -> HttpResponse:
    request.session[UNDER_WAY] = {"seat": tour.seat, "step": number}
    return redirect(address_of(tour.steps[number]) or reverse("demo-stories"))


def _under_way(request: HttpRequest) -> tuple[Tour, int] | None:
    """The tour and step that the session holds, unless they are no more."""
    kept = request.session.get(UNDER_WAY) or {}
    tour, number = load_tours().get(kept.get("seat", "")), kept.get("step", 0)
    return (tour, number) if tour and number < len(tour.steps) else None
