"""Topics: the list with the form to open one, and the deeds that are done from it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.desk.things import readable
from gongzhi.forum.actions import topics as actions
from gongzhi.forum.models import Process, Topic
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.places import places

QUESTION_MAX, ABOUT_MAX, ROWS = 200, 100, 50


class OpeningForm(KeyForm):
    """What is asked, about what, from when until when."""

    question = forms.CharField(max_length=QUESTION_MAX)
    opens_on = forms.DateField(required=False)
    closes_on = forms.DateField()
    about = forms.CharField(max_length=ABOUT_MAX, required=False)


@require_safe
def topics(request: MemberRequest) -> HttpResponse:
    """The topics, those that are open first; and the form to open one."""
    return _page(request, name=request.GET.get("about", ""))


def _page(
    request: MemberRequest, *, name: str, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    own = own_organisation(request.member)
    here = about(request, *([_to_be(own)] if own else []))
    visible = Topic.objects.visible_to(request.member).with_facts()
    row = _about(request, name)
    context: dict[str, Any] = {
        "today": business_date(),
        "page": Paginator(visible.order_by("-stage", "closes_on", "-id"), ROWS).get_page(
            request.GET.get("page")
        ),
        "open": here["open_topic"] if own else None,
        "about": name if row else "",
        "place": places(request.member, [name]).get(name) if row else None,
        "clauses": clauses_shown({"5.22", "5.17"}),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/topics.html", context, status=status)


def _to_be(own: Organisation) -> Thing:
    return Thing(
        kind="topic",
        id=NEW,
        owner=str(own.pk),
        stage="open",
        label="public",
        regions=own.region.line(),
    )


def _about(request: MemberRequest, name: str) -> Any:
    """What the topic is to be about, if its reader may read it."""
    return readable(request.member, [name]).get(name) if name else None


@require_POST
@login_required
def open_topic(request: MemberRequest) -> HttpResponse:
    """Ask a question."""
    name = request.POST.get("about", "")

    def deed(given: Mapping[str, Any]) -> Topic:
        row = _about(request, name)
        if name and row is None:
            raise Http404
        owner = own_organisation(request.member) or Organisation.objects.visible_to(
            request.member
        ).select_related("region").earliest("code")
        opening = actions.Opening(
            question=given["question"],
            opens_on=given["opens_on"],
            closes_on=given["closes_on"],
            about=name,
            project=row if isinstance(row, Project) else getattr(row, "project", None),
            process=row if isinstance(row, Process) else None,
        )
        return actions.open_topic(by=request.member, owner=owner, opening=opening, key=given["key"])

    return take(
        request,
        OpeningForm(request.POST),
        deed,
        done=_("议题已经设立，并写入存证。"),
        page=lambda request, *, faults: _page(request, name=name, faults=faults),
        then=reverse("topics"),
    )
