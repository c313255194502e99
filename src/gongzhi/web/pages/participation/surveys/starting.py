"""Preparing a survey: of whom, from when to when, with questions of the bank and of one's own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.surveying import Option, Question, QuestionKind
from gongzhi.core.participating.surveying.questions import CHOOSING
from gongzhi.core.terms import Said, Text
from gongzhi.cycle.models import GoalIndicator, Project
from gongzhi.forum.actions import surveys as actions
from gongzhi.forum.models import Process, Survey
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import insist
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.surveys import load_question_bank
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import EMPTY_OR_WRONG, KeyForm, do_once, new_key, shown
from gongzhi.web.here import NEW, about

TITLE_MAX, METHOD_MAX, OWN_TEXT_MAX, OWN_OPTIONS_MAX = 200, 1000, 300, 2000
PEOPLE_MAX, PROJECTS_MAX, INDICATORS_MAX = 100_000_000, 200, 200
OWN = range(1, 4)  # as many questions of one's own as the form has room for
SHARE = re.compile(r"^(?P<text>.+?)\s*[=＝]\s*(?P<share>\d{1,3}(?:\.\d+)?)\s*[%％]?$")
HUNDRED = Decimal(100)
KINDS = {
    QuestionKind.SCALE: Said("满意度五档"),
    QuestionKind.SINGLE: Said("单选"),
    QuestionKind.MULTIPLE: Said("多选"),
    QuestionKind.NUMBER: Said("数字"),
    QuestionKind.TEXT: Said("文字"),
}


class StartingForm(KeyForm):
    """A survey; its questions stand in fields of their own."""

    title = forms.CharField(max_length=TITLE_MAX)
    project = forms.UUIDField(required=False)
    process = forms.UUIDField(required=False)
    indicator = forms.CharField(max_length=40, required=False)
    sampled = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    asked = forms.IntegerField(min_value=1, max_value=PEOPLE_MAX, required=False)
    population = forms.IntegerField(min_value=1, max_value=PEOPLE_MAX, required=False)
    method = forms.CharField(max_length=METHOD_MAX)
    opens_on = forms.DateField()
    closes_on = forms.DateField()


@require_safe
@login_required
def starting(request: MemberRequest) -> HttpResponse:
    """The form, about the project that the address names."""
    return _page(request, given=request.GET)


def _page(
    request: MemberRequest, *, given: Any, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    own = own_organisation(request.member)
    here = about(request, *([to_be(own)] if own else []))
    process = _process(request, given.get("process", ""))
    project = _project(request, given.get("project", "")) or (process and process.project)
    context: dict[str, Any] = {
        "start": here["start_survey"] if own else None,
        "projects": _projects(request, own),
        "project": project,
        "process": process,
        "indicators": _indicators(request.member, project) if project else [],
        "bank": load_question_bank(),
        "chosen": given.getlist("bank") or ["overall"],
        "kinds": KINDS.items(),
        "own": [_own_given(given, number) for number in OWN],
        "today": business_date(),
        "clauses": clauses_shown({"5.18"}),
        "faults": shown(faults or {}),
        "given": given,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/surveys/starting.html", context, status=status)


def to_be(own: Organisation) -> Thing:
    """A survey that the own organisation could hold."""
    return Thing(
        kind="survey",
        id=NEW,
        owner=str(own.pk),
        stage="draft",
        label="public",
        regions=own.region.line(),
    )


def _nobodys() -> Thing:
    return Thing(kind="survey", id=NEW, owner=NOBODY, stage="draft", label="public")


def _projects(request: MemberRequest, own: Organisation | None) -> list[Project]:
    visible = Project.objects.visible_to(request.member).filter(unit=own)
    return list(visible.order_by("code")[:PROJECTS_MAX]) if own else []


def _project(request: MemberRequest, identifier: str) -> Project | None:
    """The project that is surveyed, if the reader may read it."""
    visible = Project.objects.visible_to(request.member).select_related("unit__region")
    found: Project | None = visible.filter(pk=identifier_in(identifier)).first()
    return found


def _process(request: MemberRequest, identifier: str) -> Process | None:
    """The process that the survey belongs to, if the reader may read it."""
    visible = Process.objects.visible_to(request.member)
    found: Process | None = visible.filter(pk=identifier_in(identifier)).first()
    return found


def _indicators(member: Member, project: Project) -> list[GoalIndicator]:
    """The lines of its goals in force, those about satisfaction first."""
    visible = GoalIndicator.objects.visible_to(member).filter(version__project=project)
    lines = visible.in_force()
    rows = list(lines.order_by("-version__fiscal_year", "position")[:INDICATORS_MAX])
    return sorted(rows, key=lambda each: "满意" not in each.name)


def _own_given(given: Any, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "kind": given.get(f"own_kind_{number}", ""),
        "text": given.get(f"own_text_{number}", ""),
        "options": given.get(f"own_options_{number}", ""),
    }


@require_POST
@login_required
def start_survey(request: MemberRequest) -> HttpResponse:
    """Prepare the survey."""
    own = own_organisation(request.member)
    insist(request.member, "start_survey", to_be(own) if own else _nobodys())
    assert own is not None, "nobody starts one without an organisation"
    filled = StartingForm(request.POST)
    if not filled.is_valid():
        faults = {str(field): EMPTY_OR_WRONG for field in filled.errors}
        return _page(request, given=request.POST, faults=faults)
    made: list[Survey] = []
    planned = _planned(request, filled.cleaned_data)
    key = filled.cleaned_data["key"]

    def deed() -> None:
        row = actions.start_survey(by=request.member, organisation=own, planned=planned, key=key)
        made.append(row)

    try:
        do_once(request, deed, done=_("已办理，并写入存证。"))
    except Unsuitable as unsuitable:
        return _page(request, given=request.POST, faults=unsuitable.faults)
    return redirect("survey", made[0].pk) if made else redirect("surveys")


def _planned(request: MemberRequest, given: Mapping[str, Any]) -> actions.Planned:
    project = _project(request, str(given["project"])) if given["project"] else None
    if given["project"] and project is None:
        raise Http404
    process = _process(request, str(given["process"])) if given["process"] else None
    if given["process"] and process is None:
        raise Http404
    return actions.Planned(
        title=given["title"],
        method=given["method"],
        opens_on=given["opens_on"],
        closes_on=given["closes_on"],
        sampled=given["sampled"] == "yes",
        questions=tuple(_questions(request)),
        project=project,
        process=process,
        indicator=given["indicator"],
        asked=given["asked"],
        population=given["population"],
    )


def _questions(request: MemberRequest) -> Iterator[tuple[str, Question]]:
    """Those of the bank in its order, then one's own; the first scale gives the satisfaction."""
    bank, number = load_question_bank().questions, 0
    for code in bank:
        if code in request.POST.getlist("bank"):
            number += 1
            shares = request.POST.getlist(f"share_{code}")
            yield code, _weighted(bank[code].numbered(number), shares)
    for place in OWN:
        own = _own_given(request.POST, place)
        if own["text"].strip() and own["kind"] in set(QuestionKind):
            number += 1
            yield "", _own(own, number)


def _weighted(question: Question, shares: list[str]) -> Question:
    """The question with the shares of the population that were stated for its options."""
    known = [_share(each) for each in shares]
    if not any(share is not None for share in known) or len(known) != len(question.options):
        return question
    options = zip(question.options, known, strict=True)
    return replace(question, options=tuple(replace(each, share=share) for each, share in options))


def _own(own: Mapping[str, str], number: int) -> Question:
    kind = QuestionKind(own["kind"])
    text = own["text"].strip()[:OWN_TEXT_MAX]
    lines = own["options"][:OWN_OPTIONS_MAX].splitlines() if kind in CHOOSING else []
    options = tuple(_option(line.strip()) for line in lines if line.strip())
    stratifies = any(each.share is not None for each in options)
    return Question(
        number=number,
        kind=kind,
        text=Text(zh=text, en=text),
        options=options,
        required=stratifies or kind is not QuestionKind.TEXT,
    )


def _option(line: str) -> Option:
    """An option as a line; a share of the population may follow it: 城区=45%."""
    found = SHARE.match(line)
    text = found["text"] if found else line
    share = Decimal(found["share"]) / HUNDRED if found else None
    return Option(text=Text(zh=text, en=text), share=share)


def _share(text: str) -> Decimal | None:
    plain = text.strip().rstrip("%％").strip()
    if not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", plain):
        return None
    return Decimal(plain) / HUNDRED
