"""Publishing how a vote is held: all of it beforehand, and for good."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.participating.voting import BallotKind, BallotRules
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import votes as actions
from gongzhi.forum.models import Process, Vote
from gongzhi.parties.deeds import insist
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.votes import load_votes
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import do_once, faults_of, new_key
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.participation.deed_forms import deed_form, faults_sent
from gongzhi.web.pages.participation.votes.forms import StartForm

VERB = "start_vote"
CHOSEN_MAX = 200


@require_safe
@login_required
def starting(request: MemberRequest) -> HttpResponse:
    """The form."""
    return _page(request)


def _page(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    own = own_organisation(request.member)
    here = about(request, *([to_be(own)] if own else []))
    rules = load_votes()
    context: dict[str, Any] = {
        "form": deed_form(
            request,
            here[VERB] if own else None,
            StartForm,
            address=reverse(VERB),
            choices={"project": _projects(request, own), "process": _processes(request, own)},
            values={"least": rules.ballots_least, "projects_most": 5, **request.GET.dict()},
        ),
        "rules": rules,
        "clauses": clauses_shown({"5.11"}),
        "faults": faults_sent(request, faults),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/votes/starting.html", context, status=status)


def to_be(own: Organisation) -> Thing:
    """A vote that the own organisation could hold."""
    return Thing(
        kind="vote",
        id=NEW,
        owner=str(own.pk),
        stage="announced",
        label="public",
        regions=own.region.line(),
    )


def _nobodys() -> Thing:
    return Thing(kind="vote", id=NEW, owner=NOBODY, stage="announced", label="public")


def _projects(request: MemberRequest, own: Organisation | None) -> list[tuple[object, str]]:
    rows = Project.objects.visible_to(request.member).filter(unit=own).order_by("code")
    found = rows[:CHOSEN_MAX] if own else []
    return [("", _("不属于一个项目")), *((each.pk, str(each)) for each in found)]


def _processes(request: MemberRequest, own: Organisation | None) -> list[tuple[object, str]]:
    rows = Process.objects.visible_to(request.member).filter(organisation=own, stage="open")
    found = rows.order_by("-pk")[:CHOSEN_MAX] if own else []
    return [("", _("不属于一个参与过程")), *((each.pk, str(each)) for each in found)]


@require_POST
@login_required
def start_vote(request: MemberRequest) -> HttpResponse:
    """Publish it."""
    own = own_organisation(request.member)
    insist(request.member, VERB, to_be(own) if own else _nobodys())
    assert own is not None, "nobody holds one without an organisation"
    filled = StartForm(request.POST)
    if not filled.is_valid():
        return _page(request, faults=faults_of(filled))
    given = filled.cleaned_data
    planned, made = _planned(request, given), list[Vote]()

    def deed() -> None:
        row = actions.start_vote(
            by=request.member, organisation=own, planned=planned, key=given["key"]
        )
        made.append(row)

    try:
        do_once(request, deed, done=_("办法已公布，并写入存证。"))
    except Unsuitable as unsuitable:
        return _page(request, faults=unsuitable.faults)
    return redirect("vote", made[0].pk) if made else redirect("votes")


def _planned(request: MemberRequest, given: Mapping[str, Any]) -> actions.PlannedVote:
    kind = BallotKind(given["ballot"])
    parameters = {name: given[name] for name in ("completion", "stop") if given[name]}
    same = {name: given[name] for name in SAME}
    return actions.PlannedVote(
        **same,
        ballot=BallotRules(
            kind=kind,
            most=given["projects_most"],
            points=(given["points"] or 0) if kind is BallotKind.POINTS else 0,
            budget=given["budget_yuan"] if given["within_budget"] else None,
        ),
        parameters=parameters,
        project=_readable(request, Project, given["project"]),
        process=_readable(request, Process, given["process"]),
    )


# Fields of the form that are the plan's as they are.
SAME = (
    *("title", "scope", "use", "pool", "budget_yuan", "electorate", "least", "rule"),
    *("proposals_until", "opens_on", "closes_on"),
)


def _readable(request: MemberRequest, model: Any, identifier: UUID | None) -> Any:
    if identifier is None:
        return None
    found = model.objects.visible_to(request.member).filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found
