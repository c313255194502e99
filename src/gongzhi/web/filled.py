"""What somebody filled in, what is wrong with it, and the deed that it asks for."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from gongzhi.core.terms import Said
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.unsuitable import Unsuitable

KEY_MAX = 100
REASON_MAX, WORDS_MAX = 500, 2000
EMPTY_OR_WRONG = Said("没有填，或者填得不对")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What kept a form from being taken: what, and in which field."""

    what: Said
    field: str
    hint: Said | None = None


class KeyForm(forms.Form):
    """A deed that wants nothing more: the key that makes it one deed, sent twice."""

    key = forms.CharField(max_length=KEY_MAX)


class ReasonForm(KeyForm):
    """A deed that wants a reason."""

    reason = forms.CharField(max_length=REASON_MAX)


class ExplainedForm(KeyForm):
    """A deed that wants a reason at length."""

    reason = forms.CharField(max_length=WORDS_MAX, label=lazily("理由"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One of several forms on a page: what stands in its fields, and what is wrong with them."""

    given: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Said] = field(default_factory=dict)

    def problems(self, form: str) -> list[Fault]:
        """The faults for the summary above the forms; a field's id begins with that of its form.

        What no field of this form has, such as a rule about several, leads to none.
        """
        return [
            Fault(what=said, field=f"{form}-{name}" if name in self.given else "")
            for name, said in self.faults.items()
        ]


def new_key() -> str:
    """A key for the forms of one page."""
    return secrets.token_urlsafe(16)


def faults_of(filled: forms.Form) -> Mapping[str, Said]:
    """The fields that were empty or wrong; a field that knows what is wrong says so (`said`)."""
    return {
        str(field): (errors[0].params or {}).get("said", EMPTY_OR_WRONG)
        for field, errors in filled.errors.as_data().items()
    }


def shown(faults: Mapping[str, Said]) -> list[Fault]:
    """Faults as the summary above a form shows them."""
    return [Fault(what=said, field=field) for field, said in faults.items()]


def do_once(request: HttpRequest, deed: Callable[[], object], *, done: str) -> None:
    """Do a deed and say so; sent a second time, say that it stands."""
    try:
        deed()
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    else:
        messages.success(request, done, extra_tags="kept")


def take(
    request: HttpRequest,
    filled: forms.Form,
    deed: Callable[[Mapping[str, Any]], object],
    *,
    done: str,
    page: Callable[..., HttpResponse],
    then: str,
) -> HttpResponse:
    """Do the deed that a form asks for with what it carries, and go on to the page `then`.

    What doesn't suit leads back to the form: `page` shows it again with its faults by field.
    """
    if not filled.is_valid():
        return page(request, faults=faults_of(filled))
    try:
        do_once(request, lambda: deed(filled.cleaned_data), done=done)
    except Unsuitable as unsuitable:
        return page(request, faults=unsuitable.faults)
    return redirect(then)
