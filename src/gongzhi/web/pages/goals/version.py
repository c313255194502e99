"""A version of goals: what it promises, how far it got, and the deeds open to its reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Member
from gongzhi.core.goals.review import GoalStage, steps_open_to
from gongzhi.core.terms import Money, Said
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.cycle.actions import goals as actions
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.goal_waiting import due_of
from gongzhi.cycle.models import GoalVersion, Project, ResultDecision
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import REASON_MAX, KeyForm, ReasonForm, new_key, shown
from gongzhi.web.here import Here, Permitted, about
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages.goals.looking import looked_at
from gongzhi.web.pages.goals.seen import (
    changes_between,
    funds_of,
    months_table,
    plan_of,
    shares_table,
    shown_lines,
    shown_steps,
    stations,
)
from gongzhi.web.pages.participation.market.beside import ranges_under
from gongzhi.web.pages.participation.opinion_grounds import common_ground_under
from gongzhi.web.pages.participation.voices.beside import changed_lines, voices_on
from gongzhi.web.pages.participation.votes.becoming import won_in
from gongzhi.web.pages.results.chain import is_told
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

NUMBER_MAX = 100
# What each step asks for: nothing, words that may be left out, a reason, a document number.
NOTHING, WORDS, REASON, NUMBER = "nothing", "words", "reason", "number"
ASKED: Mapping[str, tuple[str, Said]] = {
    "submit_goals": (NOTHING, Said("")),
    "withdraw_goals": (NOTHING, Said("")),
    "forward_goals": (WORDS, Said("审核意见（可以不填）")),
    "ask_about_goals": (WORDS, Said("想听什么意见（可以不填）")),
    "return_goals": (REASON, Said("退回理由：哪里要改，怎么改")),
    "approve_goals": (NUMBER, Said("批复文号")),
}


class WordsForm(KeyForm):
    """A step that may be taken without words."""

    reason = forms.CharField(max_length=REASON_MAX, required=False)


class ApprovalForm(KeyForm):
    """An approval: under which document number."""

    document_number = forms.CharField(max_length=NUMBER_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A step that the reader may take, and what it asks for."""

    deed: Permitted
    asks: str
    label: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What results of the year before led to: the decision that stands on the year's money.

    is_followed: the goals were drafted for it; differs is by how much their budget is more or less.
    """

    decision: ResultDecision
    is_followed: bool
    differs: Money | None


@require_safe
def goal_version(request: MemberRequest, version: UUID) -> HttpResponse:
    """The version, with the deeds that the reader may do."""
    return _page(request, readable_thing(request, "goal_version", version))


def _page(
    request: MemberRequest, row: GoalVersion, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    plan, steps = plan_of(row), list(row.steps.select_related("office__organisation"))
    before = _before(request, row)
    context: dict[str, Any] = {
        "version": row,
        "project": row.project,
        "project_readable": _reads_project(request, row),
        "plan": plan,
        "funds": funds_of(plan.goal),
        **_said(request.member, row, plan),
        "months": months_table(plan, version=row.pk),
        "shares": shares_table(plan),
        "stations": stations(row, steps=steps),
        "steps": list(shown_steps(request.member, row, steps=steps)),
        "decided_by": is_told(request.member, row.project, year=row.fiscal_year),
        "decided": _decided(request.member, row),
        "won": won_in(request.member, row.project, row),
        "clock": _clock(row),
        "endings": ENDINGS.values(),
        "clause": clause_shown("4.9"),
        "looked": looked_at(plan.goal, pack=row.pack),
        "is_open": row.stage not in (GoalStage.APPROVED, GoalStage.WITHDRAWN),
        "open": list(_open(row, here)),
        "may_adjust": here["adjust_goals"],
        "before": before,
        "replaced_by": row.adjustments.visible_to(request.member).approved().first(),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
    }
    if before is not None:
        said, changes = changes_between(plan_of(before), plan)
        context |= {"changed": said, "changes": changes}
    return render(request, "pages/goals/version.html", context, status=422 if faults else 200)


def _said(member: Member, row: GoalVersion, plan: GoalPlan) -> Mapping[str, Any]:
    """The lines with the voices that changed them, and what was said of the goals."""
    moved, voices = changed_lines(member, [row]), voices_on(member, row)
    return {
        "lines": shown_lines(plan, changed=moved),
        "amount_changed": moved.get("", []),
        "voices": voices,
        "may_speak": voices is not None,
        "uses": ranges_under(member, row),
        "grounds": common_ground_under(member, row),
    }


def _before(request: MemberRequest, row: GoalVersion) -> GoalVersion | None:
    """The version that this one replaces, or would."""
    versions = GoalVersion.objects.visible_to(request.member)
    found: GoalVersion | None = versions.filter(pk=row.replaces_id).first()
    return found


def _decided(member: Member, row: GoalVersion) -> Decided | None:
    """What is decided on the year's money, if the reader may see it."""
    readable = ResultDecision.objects.visible_to(member).standing()
    mine = readable.filter(proposal__project=row.project_id, proposal__fiscal_year=row.fiscal_year)
    stands = mine.first()
    if stands is None:
        return None
    budget = plan_of(row).goal.budget
    return Decided(
        decision=stands,
        is_followed=row.decision_id == stands.pk,
        differs=None if budget is None else budget - stands.amount,
    )


def _reads_project(request: MemberRequest, row: GoalVersion) -> bool:
    return Project.objects.visible_to(request.member).filter(pk=row.project_id).exists()


def _clock(row: GoalVersion) -> Clock | None:
    waiting = due_of(row)
    if waiting is None:
        return None
    return clock_of(waiting, today=business_date(), calendar=load_calendar())


def _open(row: GoalVersion, here: Here) -> Iterator[OpenStep]:
    """The steps that the review of goals and the charter both allow."""
    has_department = row.project.unit.parent_id is not None
    steps = steps_open_to(GoalStage(row.stage), has_department=has_department)
    for verb in dict.fromkeys(step.verb for step in steps):
        deed = here[verb]
        if deed is not None:
            asks, label = ASKED[verb]
            yield OpenStep(deed=deed, asks=asks, label=label)


# ── the deeds, each an address ──


def _take(
    request: MemberRequest, identifier: UUID, deed: Any, *, form: type[forms.Form] = KeyForm
) -> HttpResponse:
    """Take a step with what the form carries; what doesn't suit leads back to it."""

    def step(row: GoalVersion, given: Mapping[str, Any]) -> object:
        return deed(by=request.member, version=row, **given)

    return step_on(request, "goal_version", identifier, form(request.POST), step, page=_page)


@require_POST
def submit_goals(request: MemberRequest, version: UUID) -> HttpResponse:
    """Hand goals in."""
    return _take(request, version, actions.submit_goals)


@require_POST
def withdraw_goals(request: MemberRequest, version: UUID) -> HttpResponse:
    """Take goals back."""
    return _take(request, version, actions.withdraw_goals)


@require_POST
def forward_goals(request: MemberRequest, version: UUID) -> HttpResponse:
    """Pass goals on to the finance bureau."""
    return _take(request, version, actions.forward_goals, form=WordsForm)


@require_POST
def ask_about_goals(request: MemberRequest, version: UUID) -> HttpResponse:
    """Ask everybody about goals."""
    return _take(request, version, actions.ask_about_goals, form=WordsForm)


@require_POST
def return_goals(request: MemberRequest, version: UUID) -> HttpResponse:
    """Send goals back with the reason."""
    return _take(request, version, actions.return_goals, form=ReasonForm)


@require_POST
def approve_goals(request: MemberRequest, version: UUID) -> HttpResponse:
    """Approve goals under a document number."""
    return _take(request, version, actions.approve_goals, form=ApprovalForm)
