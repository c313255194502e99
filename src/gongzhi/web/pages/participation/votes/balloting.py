"""Voting: the ballot with the budget beside it, by account or by link, as often as one likes.

The page works without scripts; with them it adds up while somebody chooses. The receipt is shown
in the answer to the ballot itself and is kept nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.participating.voting import BallotKind, BallotRules
from gongzhi.core.terms import Said
from gongzhi.forum.actions import ballots as actions
from gongzhi.forum.actions.ballots import PURPOSE, Voter
from gongzhi.forum.actions.survey_invitations import reached_at
from gongzhi.forum.models import Vote, VoteProposal
from gongzhi.intake.limits import LIMITS
from gongzhi.parties.answer_links import open_answer_link
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.sign_in import signed_in
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import EMPTY_OR_WRONG, Fault
from gongzhi.web.here import about
from gongzhi.web.limits import within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.participation.votes.forms import AddressForm, CastingForm
from gongzhi.web.readable import readable_thing

LINK_AGAIN_S = 300  # so long a contact gets no second link, whoever asks for it
VALUE_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A project on the ballot: what somebody chose of it, and what is wrong with that."""

    proposal: VoteProposal
    given: str
    fault: Said | None


@require_safe
def voting(request: MemberRequest, vote: UUID) -> HttpResponse:
    """The ballot, for whoever is signed in or has a link."""
    row = readable_thing(request, "vote", vote)
    return _page(request, row, link=request.GET.get("link", ""))


def _page(
    request: MemberRequest,
    row: Vote,
    *,
    link: str = "",
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    here = about(request, row)
    faults, rules = faults or {}, row.ballot_rules()
    lines = lines_of(row, given=request.POST, faults=faults)
    link = link[: CastingForm.base_fields["link"].max_length]  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "vote": row,
        "rules": rules,
        "lines": lines,
        "ranks": range(1, min(rules.most, len(lines)) + 1),
        "chosen": _chosen(lines, rules),
        "takes": row.stage == Vote.Stage.OPEN and row.closes_on >= business_date(),
        "link": link,
        "is_over": bool(link) and not _is_good(row, link),
        "may": bool(link) or request.user.is_authenticated,
        "ask": here["ask_for_ballot"],
        "address": request.POST.get("address", ""),
        "faults": [Fault(what=said, field=field) for field, said in faults.items()],
        "clauses": clauses_shown({"5.11"}),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/votes/voting.html", context, status=status)


def _is_good(row: Vote, link: str) -> bool:
    found = open_answer_link(purpose=PURPOSE, token=link)
    return found is not None and found.about == row.thing().name


def lines_of(
    row: Vote, *, given: Mapping[str, str], faults: Mapping[str, Said] | None = None
) -> list[Line]:
    """The projects on the ballot, with what a form carries for each."""
    listed = row.on_ballot()
    return [
        Line(
            proposal=each,
            given=given.get(f"p{each.number}", "")[:VALUE_MAX],
            fault=(faults or {}).get(f"p{each.number}"),
        )
        for each in listed
    ]


def given_in(data: Mapping[str, str], row: Vote) -> dict[int, str]:
    """What a form carries for each project on the ballot, and for none else."""
    fields = {each.number: f"p{each.number}" for each in row.listed()}
    return {number: data.get(field, "")[:VALUE_MAX] for number, field in fields.items()}


def _chosen(lines: Sequence[Line], rules: BallotRules) -> dict[str, Any]:
    """What was chosen adds up to, for whoever has no script."""
    marked = [each for each in lines if each.given not in ("", "0")]
    points = [int(each.given) for each in marked if each.given.isdecimal()]
    return {
        "count": len(marked),
        "cost": sum((each.proposal.cost_yuan for each in marked), Decimal()),
        "points": sum(points) if rules.kind is BallotKind.POINTS else 0,
    }


@require_POST
def cast_ballot(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Vote; what was cast before is replaced, and the receipt is the same."""
    row: Vote = readable_thing(request, "vote", vote)
    filled = CastingForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, faults={"link": EMPTY_OR_WRONG})
    if "add" in request.POST:  # without scripts: add up what is chosen, and show the ballot again
        return _page(request, row, link=filled.cleaned_data["link"])
    link = filled.cleaned_data["link"]
    person = signed_in(request) if request.user.is_authenticated and not link else None
    try:
        receipt = actions.cast_ballot(
            by=request.member,
            vote=row,
            given=given_in(request.POST, row),
            voter=Voter(token=link, person=person),
        )
    except Unsuitable as unsuitable:
        return _page(request, row, link=link, faults=unsuitable.faults)
    about(request, row)
    context = {"vote": row, "receipt": receipt, "link": link}
    return render(request, "pages/participation/votes/cast.html", context)


@require_POST
def ask_for_ballot(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Have a link sent to one's telephone or mailbox."""
    row: Vote = readable_thing(request, "vote", vote)
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="ballot-link", times_a_minute=times):
        return refusals.too_often(request)
    filled = AddressForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, faults={"address": EMPTY_OR_WRONG})
    address = filled.cleaned_data["address"]
    try:
        if _is_first(row, address):
            actions.ask_for_ballot(
                by=request.member, vote=row, address=address, link=_link_to(request, row)
            )
    except Unsuitable as unsuitable:
        return _page(request, row, faults=unsuitable.faults)
    about(request, row)
    return render(request, "pages/participation/votes/link_sent.html", {"vote": row})


def _link_to(request: HttpRequest, row: Vote) -> Any:
    address = request.build_absolute_uri(reverse("voting", args=[row.pk]))
    return lambda token: f"{address}?{urlencode({'link': token})}"


def _is_first(row: Vote, address: str) -> bool:
    """Whether this contact was sent no link a moment ago; kept as a keyed digest, for minutes."""
    reached = reached_at(address)
    if reached is None:
        return True  # the deed says what is wrong with it
    seed = f"{settings.SECRET_KEY}\nballot-link\n{row.pk}\n{reached.address}"
    return bool(cache.add(sha256(seed.encode()).hexdigest()[:32], 1, LINK_AGAIN_S))
