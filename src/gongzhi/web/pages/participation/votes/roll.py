"""The roll of a vote: how many stand on it, each change with both its people, what stands out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.forum.actions import voting_rolls as actions
from gongzhi.forum.actions.voting_rolls import entries_of, names_of_person
from gongzhi.forum.models import RollChange, RollEntry, Vote
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.sign_in import signed_in
from gongzhi.rules.participation.votes import load_votes
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import new_key, take
from gongzhi.web.here import about
from gongzhi.web.pages.participation.deed_forms import deed_form, faults_sent, sent_form
from gongzhi.web.pages.participation.votes.forms import DecidingForm, RollForm
from gongzhi.web.readable import readable_thing

FORMS: Mapping[str, type[forms.Form]] = {
    "change_roll": RollForm,
    "decide_roll_change": DecidingForm,
}
LARGE = Said("一次变动占名册的 {share}%")
LATE = Said("投票期间的变动")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """A change of the roll, and what about it everybody should look at."""

    row: RollChange
    marks: Sequence[Said]


@require_safe
def roll(request: MemberRequest, vote: UUID) -> HttpResponse:
    """How many stand on the roll, and how they came there."""
    return _page(request, readable_thing(request, "vote", vote))


def _page(
    request: MemberRequest, row: Vote, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here = about(request, row)
    shown = shown_changes(row)
    waiting = next((each for each in shown if each.row.stage == "proposed"), None)
    context: dict[str, Any] = {
        "vote": row,
        "count": RollEntry.objects.standing().filter(vote=row).count(),
        "changes": shown,
        "mine": _stands(request, row),
        "own": request.member.organisation == str(row.organisation_id),
        "forms": {
            name: deed_form(request, here[name], form, address=reverse(name, args=[row.pk]))
            for name, form in FORMS.items()
            if (name == "decide_roll_change") == (waiting is not None)
        },
        "rules": load_votes(),
        "clauses": clauses_shown({"5.11"}),
        "faults": faults_sent(request, faults),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/votes/roll.html", context, status=status)


def _stands(request: MemberRequest, row: Vote) -> bool | None:
    """Whether the reader stands on the roll; unknown of whoever isn't signed in."""
    if not request.user.is_authenticated:
        return None
    return bool(entries_of(row, names_of_person(signed_in(request))).exists())


def shown_changes(row: Vote) -> list[ShownChange]:
    """The changes, each marked where it is large or comes while people vote."""
    share, found, count = load_votes().roll_change_share, [], 0
    changes = row.roll_changes.select_related("proposed_by", "decided_by").order_by("number")
    for each in changes:
        marks, moved = [], each.added + each.removed
        if count and Decimal(moved) / count >= share:
            marks.append(Said(LARGE.text, {"share": round(100 * moved / count)}))
        if each.proposed_on >= row.opens_on:
            marks.append(LATE)
        found.append(ShownChange(row=each, marks=marks))
        if each.stage == RollChange.Stage.CONFIRMED:
            count += each.added - each.removed
    return found


@require_POST
def change_roll(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Propose a change."""

    def deed(row: Vote, given: Mapping[str, Any]) -> object:
        return actions.change_roll(
            by=request.member,
            vote=row,
            reason=given["reason"],
            added=lines_in(given["added"]),
            removed=lines_in(given["removed"]),
            papers=given["papers"] or 0,
            key=given["key"],
        )

    return _take(request, vote, deed)


@require_POST
def decide_roll_change(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Confirm a change that another proposed, or turn it down."""

    def deed(row: Vote, given: Mapping[str, Any]) -> object:
        confirmed = given["confirmed"] == "yes"
        return actions.decide_roll_change(
            by=request.member, vote=row, confirmed=confirmed, key=given["key"]
        )

    return _take(request, vote, deed)


def _take(request: MemberRequest, identifier: UUID, deed: Any) -> HttpResponse:
    verb = sent_form(request)
    row: Vote = readable_thing(request, "vote", identifier)
    insist(request.member, verb, row)
    return take(
        request,
        FORMS[verb](request.POST),
        lambda given: deed(row, given),
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=reverse("voting-roll", args=[row.pk]),
    )


def lines_in(text: str) -> list[str]:
    """The lines that say something."""
    return [line for each in text.splitlines() if (line := each.strip())]
