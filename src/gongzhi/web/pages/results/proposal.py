"""One proposal: base and steps make the result, what stands behind each, what was decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting, clock_of
from gongzhi.cycle.actions import results as actions
from gongzhi.cycle.models import Evaluation, ResultDecision, ResultProposal, UseAccount
from gongzhi.cycle.result_record import evaluations_to_account_for
from gongzhi.parties.business_date import business_date
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed
from gongzhi.rules.calendar import load_calendar
from gongzhi.trust.seals import Seal, seals_of
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import about
from gongzhi.web.pages.results.seen import decision_of, goals_drafted_for, seen_proposal
from gongzhi.web.readable import readable_thing

DIGITS, PLACES, NUMBER_MAX, REASON_MAX = 18, 2, 100, 2000


class DecisionForm(KeyForm):
    """How much is decided, why, by which document."""

    amount = forms.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    reason = forms.CharField(max_length=REASON_MAX, required=False)
    document_number = forms.CharField(max_length=NUMBER_MAX, required=False)


class AccountForm(KeyForm):
    """What became of an evaluation."""

    evaluation = forms.UUIDField()
    outcome = forms.ChoiceField(choices=UseAccount.Outcome.choices)
    adopted = forms.CharField(max_length=REASON_MAX, required=False)
    changed = forms.CharField(max_length=REASON_MAX, required=False)
    reason = forms.CharField(max_length=REASON_MAX, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDecision:
    """A decision with its seal, and whether it still stands."""

    row: ResultDecision
    seal: Seal | None
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An evaluation of which an account is owed, with the accounts that were given."""

    evaluation: Evaluation
    accounts: tuple[UseAccount, ...]


@require_safe
def result_proposal(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """A proposal with its sum, and what may be done with it."""
    return _page(request, _row(request, proposal))


def _row(request: MemberRequest, identifier: UUID) -> ResultProposal:
    row = readable_thing(request, "result_proposal", identifier)
    found = ResultProposal.objects.visible_to(request.member).with_facts()
    whole: ResultProposal = found.get(pk=row.pk)
    return whole


def _page(
    request: MemberRequest, row: ResultProposal, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    aside = beside(request.member, row)
    here = about(request, row, *aside.made_here)
    decision = decision_of(row)
    owed = list(_owed(request.member, row)) if decision else []
    context: dict[str, Any] = {
        "proposal": row,
        "project": row.project,
        "seen": seen_proposal(request.member, row),
        "made": _made_by(request.member, row),
        "clock": _clock(row),
        "decision": decision,
        "decisions": list(_decisions(request.member, row)),
        "goals": goals_drafted_for(request.member, row),
        "decide": here["decide_result"],
        "owed": owed,
        "owed_until": _owed_until(row) if owed else None,
        "tell": here["account_for_use"] if owed else None,
        "outcomes": UseAccount.Outcome.choices,
        "clause": clause_shown("4.17"),
        "told_by": clause_shown("5.10"),
        "standing_by": clause_shown("5.4"),
        "beside": aside,
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    return render(request, "pages/results/proposal.html", context, status=422 if faults else 200)


def _made_by(member: Member, row: ResultProposal) -> Seal | None:
    """The seal of the deed that proposed it."""
    deed = Deed.objects.visible_to(member).filter(pk=row.record["deed"]).first()
    return seals_of([deed.leaf]).get(deed.leaf) if deed else None


def _clock(row: ResultProposal) -> Any:
    """The clock of the decision, while it is owed."""
    if row.stage != ResultProposal.Stage.PROPOSED:
        return None
    waiting = Waiting(
        verb="decide_result",
        thing=row.thing(),
        said=Said("决定"),
        opened_on=row.made_on,
        due_on=row.due_on,
        clause="4.17",
    )
    return clock_of(waiting, today=business_date(), calendar=load_calendar())


def _decisions(member: Member, row: ResultProposal) -> Iterator[ShownDecision]:
    rows = list(row.decisions.all())
    deeds = Deed.objects.visible_to(member).filter(pk__in=[each.deed for each in rows])
    leaves = dict(deeds.values_list("pk", "leaf"))
    seals = seals_of(set(leaves.values()))
    for each in reversed(rows):
        leaf = leaves.get(each.deed)
        yield ShownDecision(
            row=each, seal=seals.get(leaf) if leaf else None, stands=each == rows[-1]
        )


def _owed(member: Member, row: ResultProposal) -> Iterator[Owed]:
    """The evaluations by social organisations and citizens that the reader may see."""
    named = evaluations_to_account_for(row.record)
    readable = Evaluation.objects.visible_to(member).filter(pk__in=named)
    accounts = list(row.accounts.select_related("office__organisation").order_by("id"))
    for each in readable.select_related("evaluator").order_by("id"):
        mine = tuple(account for account in accounts if account.evaluation_id == each.pk)
        yield Owed(evaluation=each, accounts=mine)


def _owed_until(row: ResultProposal) -> Any:
    first = next(iter(row.decisions.all()))
    return due_by_clause("account_for_use", opened_on=first.decided_on)


# ── the deeds, each an address ──


@require_POST
def decide_result(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """Decide how much it will be."""
    row = _row(request, proposal)

    def deed(given: Mapping[str, Any]) -> object:
        decided = actions.Decided(
            amount=given["amount"],
            reason=given["reason"],
            document_number=given["document_number"],
        )
        return actions.decide_result(
            by=request.member, proposal=row, decided=decided, key=given["key"]
        )

    return _done(request, row, DecisionForm(request.POST), deed, done=_("已决定，并写入存证。"))


@require_POST
def account_for_use(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """Say what became of an evaluation."""
    row = _row(request, proposal)

    def deed(given: Mapping[str, Any]) -> object:
        readable = Evaluation.objects.visible_to(request.member)
        evaluation = readable.filter(pk=given["evaluation"]).first()
        if evaluation is None:
            raise Http404
        told = actions.Told(
            outcome=given["outcome"],
            adopted=given["adopted"],
            changed=given["changed"],
            reason=given["reason"],
        )
        return actions.account_for_use(
            by=request.member, proposal=row, evaluation=evaluation, told=told, key=given["key"]
        )

    return _done(request, row, AccountForm(request.POST), deed, done=_("已公布，并写入存证。"))


def _done(
    request: MemberRequest, row: ResultProposal, filled: forms.Form, deed: Any, *, done: str
) -> HttpResponse:
    return take(
        request,
        filled,
        deed,
        done=done,
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=reverse("result-proposal", args=[row.pk]),
    )
