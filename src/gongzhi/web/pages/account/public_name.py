"""The name that is shown when one speaks in public for oneself (clause 5.13)."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.parties.actions import citizens as actions
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Person
from gongzhi.parties.people import PUBLIC_NAME_MAX
from gongzhi.parties.sign_in import signed_in
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import KeyForm, do_once, faults_of, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.pages.signing.entering import destination, wanted_page


class PublicNameForm(KeyForm):
    """A name to be shown under."""

    name = forms.CharField(max_length=60)


@require_safe
@login_required
def public_name(request: MemberRequest) -> HttpResponse:
    """Show the name one has, and the form to choose another."""
    return _page(request)


@require_POST
@login_required
def choose_public_name(request: MemberRequest, person: UUID) -> HttpResponse:
    """Choose the name, and go on to where one wanted to go."""
    row = get_object_or_404(Person.objects.visible_to(request.member), pk=person)
    filled = PublicNameForm(request.POST)
    if not filled.is_valid():
        return _page(request, faults=faults_of(filled))
    try:
        do_once(
            request,
            lambda: actions.choose_public_name(
                by=request.member, person=row, **filled.cleaned_data
            ),
            done=_("公开名称已选定。"),
        )
    except Unsuitable as unsuitable:
        return _page(request, faults=unsuitable.faults)
    return redirect(destination(request) if wanted_page(request) else "account")


def _page(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    person = signed_in(request)
    context = {
        "person": person,
        "deeds": about(request, person),
        "faults": shown(faults or {}),
        "given": request.POST.get("name", person.public_name or ""),
        "most": PUBLIC_NAME_MAX,
        "next": wanted_page(request),
        "key": new_key(),
    }
    return render(request, "pages/account/public_name.html", context, status=422 if faults else 200)
