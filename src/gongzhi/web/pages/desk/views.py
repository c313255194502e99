"""What I look at again and again: lists with their filters, kept under names of my own."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.terms import Said
from gongzhi.desk.actions import views as actions
from gongzhi.desk.models import SavedView
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.filters import kept
from gongzhi.web.here import NEW, about
from gongzhi.web.saved_views import LISTS, views_of

NAME_MAX, QUERY_MAX = 60, 500


class NameForm(KeyForm):
    """A view's name."""

    name = forms.CharField(max_length=NAME_MAX)


class SaveForm(NameForm):
    """What is kept: which list, what it is asked for, and whether colleagues see it too."""

    page = forms.ChoiceField(choices=[(page, page) for page in LISTS])
    query = forms.CharField(max_length=QUERY_MAX, required=False)
    shared = forms.BooleanField(required=False)

    def clean_query(self) -> str:
        """The filters as the list writes them, without where in it one was."""
        query, page = QueryDict(self.cleaned_data["query"]), self.cleaned_data.get("page")
        return kept(query, of=page) if page else ""


@require_safe
@login_required
def saved_views(request: MemberRequest) -> HttpResponse:
    """My own, and those that colleagues share."""
    return _page(request)


def _page(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    views = views_of(request.member)
    wished = Thing(kind="saved_view", id=NEW, holder=request.member.person)
    own = [each.view for each in views if each.own]
    about(request, wished, *own[:1])
    context: dict[str, Any] = {
        "own": [each for each in views if each.own],
        "shared": [each for each in views if not each.own],
        "lists": [(reverse(page), name) for page, name in LISTS.items()],
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    return render(request, "pages/desk/views.html", context, status=422 if faults else 200)


@require_POST
@login_required
def save_view(request: MemberRequest) -> HttpResponse:
    """Keep what a list is asked for, and go on looking at it."""
    filled = SaveForm(request.POST)
    page = filled.cleaned_data["page"] if filled.is_valid() else "saved-views"
    query = filled.cleaned_data["query"] if filled.is_valid() else ""
    return take(
        request,
        filled,
        lambda given: actions.save_view(by=request.member, **given),
        done=_("已保存；在工作台的“常看的”里也找得到。"),
        page=_page,
        then=f"{reverse(page)}?{query}" if query else reverse(page),
    )


@require_POST
@login_required
def rename_view(request: MemberRequest, view: UUID) -> HttpResponse:
    """Call it otherwise."""
    row = _readable(request, view)
    return take(
        request,
        NameForm(request.POST),
        lambda given: actions.rename_view(by=request.member, view=row, **given),
        done=_("已改名。"),
        page=_page,
        then=reverse("saved-views"),
    )


@require_POST
@login_required
def delete_view(request: MemberRequest, view: UUID) -> HttpResponse:
    """Keep it no more."""
    row = _readable(request, view)
    return take(
        request,
        KeyForm(request.POST),
        lambda given: actions.delete_view(by=request.member, view=row, **given),
        done=_("已删除。"),
        page=_page,
        then=reverse("saved-views"),
    )


def _readable(request: MemberRequest, identifier: UUID) -> SavedView:
    found: SavedView | None = (
        SavedView.objects.visible_to(request.member).filter(pk=identifier).first()
    )
    if found is None:
        raise Http404
    return found
