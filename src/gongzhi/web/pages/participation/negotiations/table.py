"""The table: law's steps, the sides, the plans, the rounds with what the computation says."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.core.terms import Said
from gongzhi.forum.actions.negotiations import seat_of
from gongzhi.forum.actions.settlements import gates_lacking
from gongzhi.forum.models import Negotiation
from gongzhi.forum.negotiation_computing import computed, newest_positions
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.activity import timeline
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import new_key
from gongzhi.web.here import about
from gongzhi.web.pages.participation.deed_forms import faults_sent
from gongzhi.web.pages.participation.negotiations.plan_figures import (
    figure_choices,
    shown_plans,
)
from gongzhi.web.pages.participation.negotiations.settling import (
    payments_shown,
    settlement_form,
)
from gongzhi.web.pages.participation.negotiations.sheet import position_sheet
from gongzhi.web.pages.participation.negotiations.shown import (
    ANSWERING,
    DECIDING,
    shown_parties,
    shown_rounds,
    shown_settlements,
    support_tables,
    table_forms,
)
from gongzhi.web.pages.participation.negotiations.supposing import asked_what_if
from gongzhi.web.readable import readable_thing


@require_safe
def negotiation(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """All of it on one page."""
    return table(request, readable_thing(request, "negotiation", negotiation))


def table(
    request: MemberRequest, row: Negotiation, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    """The page, with the faults of what was sent."""
    today = business_date()
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    seen = newest_positions(row, reader=request.member)
    stands = computed(row, reader=request.member, today=today)
    own = seat_of(row, request.member)
    plans = shown_plans(row, reader=request.member)
    choices = figure_choices(request, row, plans, here=here)
    forms = table_forms(request, row, here=here, faults=faults, figures=choices)
    settling = settlement_form(request, row, here=here, faults=faults)
    context: dict[str, Any] = {
        "row": row,
        "plans": plans,
        "choices": choices,
        "parties": shown_parties(request, row, seen=seen, here=here),
        "computed": stands,
        "asked": asked_what_if(request, stands),
        "rounds": shown_rounds(request, row, seen=seen),
        "settlements": shown_settlements(request, row),
        "forms": forms,
        "settling": settling,
        "payments": payments_shown(request, row, settling, year=today.year, faults=faults),
        "support": support_tables(request, row, forms[ANSWERING], faults=faults),
        "sheet": position_sheet(request, row, here=here, own=own, seen=seen, faults=faults),
        "timeline": timeline(request.member, row.thing()),
        "clauses": clauses_shown({"7.1", "7.2", "7.3", "7.4", "7.5", "7.8"}),
        "faults": faults_sent(request, faults, beside={DECIDING: "party"}),
        "key": new_key(),
        "beside": side,
        "here": reverse("negotiation", args=[row.pk]),
    } | _as_it_is(request, row, today=today)
    status = 422 if faults else 200
    return render(request, "pages/participation/negotiations/table.html", context, status=status)


def _as_it_is(request: MemberRequest, row: Negotiation, *, today: date) -> dict[str, Any]:
    """What is shown of the negotiation without any computing."""
    return {
        "criteria": row.criteria.all(),
        "gates": row.gates.select_related("office__organisation"),
        "lacking": gates_lacking(row, today=today),
        "leads": request.member.organisation == str(row.mediator_id),
        "seated": len(row.seated()),
    }
