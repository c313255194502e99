"""A panel: what is sought, who volunteered in numbers, the draw, who came, what became of it."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.participating.sortition.written_quotas import as_written
from gongzhi.core.participating.standards import lines_of
from gongzhi.core.terms import Said
from gongzhi.forum.actions import panel_seats
from gongzhi.forum.actions import panels as actions
from gongzhi.forum.models import Panel, PanelOpinion
from gongzhi.forum.panel_draws import file_of, seed_of_panel
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.participation.panels import load_panel_rules
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.panels.announcing import NumbersForm, numbers_of
from gongzhi.web.pages.participation.panels.seen import (
    attendance_of,
    called_off,
    chances_of,
    counts_of,
    mine_of,
    redone_of,
    seats_of,
    shown_opinions,
    shown_quotas,
    solving_of,
    stations,
    volunteering_of,
)
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

REASON_MAX, REFRESH_S = 1000, 5


class ChangingForm(NumbersForm):
    """Other numbers, and why."""

    reason = forms.CharField(max_length=REASON_MAX)


class CallingOffForm(KeyForm):
    """Why there will be no panel."""

    reason = forms.CharField(max_length=REASON_MAX)


class AttendanceForm(KeyForm):
    """On which day; who came stands in boxes of their own."""

    held_on = forms.DateField()


@require_safe
def panel(request: MemberRequest, panel: UUID) -> HttpResponse:
    """A panel, with the draw computed anew with every reading."""
    return panel_page(request, readable_thing(request, "panel", panel))


def panel_page(
    request: MemberRequest, row: Panel, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    """The page, with what is wrong with a form of it."""
    side = beside(request.member, row)
    mine = mine_of(row, member=request.member)
    opinions = PanelOpinion.objects.visible_to(request.member).with_facts().filter(panel=row)
    seats = seats_of(row, member=request.member)
    things = [*([mine.thing] if mine else []), *(each.row for each in seats), *opinions]
    here = about(request, row, *things, *side.made_here)
    context: dict[str, Any] = {
        **_told(row),
        "mine": mine,
        "seats": seats,
        "opinions": shown_opinions(opinions, reader=request.member, here=here),
        "outcomes": PanelOpinion.Outcome.choices,
        "deeds": here,
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
    }
    status = 422 if faults else 200
    answer = render(request, "pages/participation/panels/panel.html", context, status=status)
    if context["solving"] and request.method == "GET":
        answer["Refresh"] = str(REFRESH_S)
    return answer


def _told(row: Panel) -> dict[str, Any]:
    """What everybody is told of a panel."""
    lottery = getattr(row, "lottery", None)
    rules = load_panel_rules()
    counts = counts_of(row)
    return {
        "panel": row,
        "stations": stations(row),
        "volunteering": volunteering_of(row),
        "quotas": shown_quotas(row),
        "written": as_written(row.sought().quotas),
        "changes": row.changes.select_related("office__organisation"),
        "called_off": called_off(row),
        "solving": solving_of(row),
        "lottery": lottery,
        "promised": seed_of_panel(row) if lottery else None,
        "chances": chances_of(lottery) if lottery else (),
        "redone": redone_of(lottery) if lottery else None,
        "attendance": attendance_of(row),
        "standards": [(each, lines_of(counts, standard=each)) for each in rules.standards.values()],
        "least": rules.least,
        "solve_seconds": rules.solve_seconds,
        "clauses": clauses_shown({"5.19"}),
    }


@require_safe
def draw_file(request: MemberRequest, panel: UUID) -> HttpResponse:
    """The published file; there is none before the pool closed."""
    row: Panel = readable_thing(request, "panel", panel)
    lottery = getattr(row, "lottery", None)
    if lottery is None:
        raise Http404
    content = json.dumps(file_of(lottery), ensure_ascii=False, indent=1)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="panel-draw.json"'
    return answer


# ── the deeds, each an address ──


@require_POST
def change_panel(request: MemberRequest, panel: UUID) -> HttpResponse:
    """Change numbers and dates."""

    def step(row: Panel, given: Mapping[str, Any]) -> object:
        plan = numbers_of(given, title=row.title, text=row.text)
        return actions.change_panel(
            by=request.member, panel=row, plan=plan, reason=given["reason"], key=given["key"]
        )

    return step_on(request, "panel", panel, ChangingForm(request.POST), step, page=panel_page)


@require_POST
def close_volunteering(request: MemberRequest, panel: UUID) -> HttpResponse:
    """Close the pool."""

    def step(row: Panel, given: Mapping[str, Any]) -> object:
        return actions.close_volunteering(by=request.member, panel=row, key=given["key"])

    return step_on(request, "panel", panel, KeyForm(request.POST), step, page=panel_page)


@require_POST
def call_off_panel(request: MemberRequest, panel: UUID) -> HttpResponse:
    """Call it off."""

    def step(row: Panel, given: Mapping[str, Any]) -> object:
        return actions.call_off_panel(by=request.member, panel=row, **given)

    return step_on(request, "panel", panel, CallingOffForm(request.POST), step, page=panel_page)


@require_POST
def hold_panel_draw(request: MemberRequest, panel: UUID) -> HttpResponse:
    """Draw."""

    def step(row: Panel, given: Mapping[str, Any]) -> object:
        return actions.hold_panel_draw(by=request.member, panel=row, key=given["key"])

    return step_on(request, "panel", panel, KeyForm(request.POST), step, page=panel_page)


@require_POST
def record_panel_attendance(request: MemberRequest, panel: UUID) -> HttpResponse:
    """Write down who came."""
    present = request.POST.getlist("present")

    def step(row: Panel, given: Mapping[str, Any]) -> object:
        return panel_seats.record_panel_attendance(
            by=request.member, panel=row, present=present, **given
        )

    return step_on(request, "panel", panel, AttendanceForm(request.POST), step, page=panel_page)
